using System.Buffers;
using Lamina.Format.Codec;
using Lamina.Format.Layout;
using Lamina.Format.Reading;
using Lamina.Format.Schema;

namespace Lamina.Format.Verification;

/// <summary>Checks every byte of a region file, also what reading would check only when it needs it.</summary>
internal static class RegionVerifier
{
    /// <summary>Checks the contents and descriptions of an opened region.</summary>
    /// <param name="region">The region; its header and tables were checked when it was opened.</param>
    /// <param name="checkedBytes">Told the stored bytes of each block checked; may be null.</param>
    /// <param name="cancellationToken">Stops the check.</param>
    /// <exception cref="LaminaFormatException">The file breaks a rule of the specification.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public static void Verify(Region region, Action<long>? checkedBytes, CancellationToken cancellationToken)
    {
        Fault fault = new(region.File);
        RegionDescriptions descriptions = region.Descriptions;
        CheckFingerprint(region, descriptions, fault);
        foreach (Section section in region.Sections.All[SectionTable.KnownSections..])
            SectionTable.CheckBytes(region.View, section, fault);

        long end = region.ContentOffset;
        int layer = 0;
        byte[] decoded = [];
        try
        {
            for (int i = 0; i < region.BlockCount; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                BlockEntry block = region.Blocks[i];
                SectionTable.CheckPadding(region.View, end, block.Offset, fault);
                end = block.Offset + block.StoredLength;
                layer = CheckPaddingInBlock(region, i, layer, Decode(region, i, block, ref decoded), fault);
                checkedBytes?.Invoke(block.StoredLength);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(decoded);
        }
    }

    private static void CheckFingerprint(Region region, RegionDescriptions descriptions, Fault fault)
    {
        using SchemaFingerprint fingerprint = new(region.Dimension.Value, descriptions.DimensionName, (uint)region.LayerCount);
        for (int i = 0; i < region.LayerCount; i++)
            fingerprint.Append(region.NumberOf(i), descriptions.NameOf(i));
        if (Digest128.ReadBigEndian(fingerprint.Finish()) != region.Fingerprint)
        {
            fault.Damaged(
                FormatFault.Fingerprint, RegionHeaderLayout.Fingerprint, "The schema fingerprint is not that of the names in the file.");
        }
    }

    private static ReadOnlySpan<byte> Decode(Region region, int index, BlockEntry block, ref byte[] decoded)
    {
        if (block.Codec == (uint)BlockCodec.Stored)
        {
            region.CheckBlock(index);
            return region.StoredBytes(index);
        }

        if (decoded.Length < block.DecodedLength)
        {
            ArrayPool<byte>.Shared.Return(decoded);
            decoded = [];
            decoded = ArrayPool<byte>.Shared.Rent((int)block.DecodedLength);
        }

        Span<byte> target = decoded.AsSpan(0, (int)block.DecodedLength);
        region.DecodeBlock(index, target);
        int dictionary = region.UsesDictionary(index) ? region.DictionaryLength : 0;
        int wrong = SequenceChecker.FindFault(region.StoredBytes(index), target.Length, dictionary);
        if (wrong >= 0)
            region.ThrowBlockEncoding(index, block.Offset + wrong);
        return target;
    }

    /// <summary>Checks that the bytes between contents are zero. Spec: LOC-5.</summary>
    /// <returns>The index of the first layer after the block.</returns>
    private static int CheckPaddingInBlock(Region region, int block, int layer, ReadOnlySpan<byte> decoded, Fault fault)
    {
        long start = region.Blocks[block].ImageOffset;
        int position = 0;
        ReadOnlySpan<LayerLocation> locations = region.Locations;
        for (; layer < locations.Length; layer++)
        {
            LayerLocation location = locations[layer];
            if (location.Length == 0)
                continue;
            if (location.Block != (uint)block)
                break;
            int begin = (int)(location.ImageOffset - start);
            if (decoded[position..begin].IndexOfAnyExcept((byte)0) is int at and >= 0)
            {
                bool stored = region.Blocks[block].Codec == (uint)BlockCodec.Stored;
                fault.Damaged(
                    FormatFault.ReservedNotZero,
                    region.Blocks[block].Offset + (stored ? position + at : 0),
                    FormattableString.Invariant($"A byte of padding in block {block} is not zero."));
            }

            position = begin + (int)location.Length;
        }

        return layer;
    }
}

using FsCheck.Xunit;
using Lamina.Format.Tests.Hostile;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Verification;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Properties;

/// <summary>Files whose checksums are right and whose fields are not: the library and the oracle agree on each.</summary>
public class ForgeryTests
{
    // What a forger would try where a number is expected.
    private static readonly uint[] Values =
        [0, 1, 2, 3, 4, 7, 8, 63, 64, 255, 256, 1024, 65535, 65536, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, uint.MaxValue - 1,
            uint.MaxValue];

    public static TheoryData<string> Regions() => ["dense", "sparse", "empty", "blocks", "lz4", "dictionary"];

    /// <summary>Each aligned field of header, tables and strings is set to each value, and sealed.</summary>
    [Theory, MemberData(nameof(Regions))]
    [Trait("Spec", "TRU-1"), Trait("Spec", "TRU-2"), Trait("Spec", "TRU-3")]
    public void Verify_AnyFieldForged_RefusesWhatTheOracleRefuses(string region)
    {
        OracleFile file = Build(region);
        string before = OracleDecoder.Decode(file.Bytes).Region.ToText();
        int accepted = 0;
        for (int offset = 8; offset + 4 <= file.Bytes.Length; offset += 4)
        {
            if (offset is Header.HeaderLength or Header.SectionCount)
                continue; // where sealing would look for what to seal; the corpus has these
            uint original = (uint)file.Get(offset, 4);
            foreach (uint value in Values.Concat([original + 1, original - 1, original ^ 0x100, original << 8]))
            {
                byte[] forged = file.Copy().Set(offset, 4, value).Seal().Bytes;
                if (!forged.AsSpan().SequenceEqual(file.Bytes) && Compare(forged, $"{value} at {offset}"))
                    accepted++;
            }
        }

        Assert.NotEmpty(before);
        Assert.True(accepted > 0, "No forged field was ever accepted: sealing does not work.");
    }

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 300), Trait("Spec", "TRU-1")]
    public void Verify_RandomRegionForged_RefusesWhatTheOracleRefuses(OracleCase @case, uint place, byte value)
    {
        OracleFile file = OracleEncoder.ToFile(@case.Region, @case.Options);
        int offset = 16 + (int)(place % (uint)(file.Bytes.Length - 16));
        if (offset is >= Header.SectionCount and < Header.SectionCount + 4)
            return;

        Compare(file.Set(offset, 1, value).Seal().Bytes, $"{value} at {offset}");
    }

    /// <summary>Whatever an LZ4 block says, decoding stays inside, ends, and shows nothing that was in its target.</summary>
    [Property(MaxTest = 500), Trait("Spec", "TRU-4"), Trait("Spec", "BLK-8")]
    public void Decode_AnyBytesAsLz4_DecodesAsTheOracleOrFaults(byte[] stored, ushort length, bool withDictionary) =>
        CheckBlock(
            stored.Length == 0 ? [0] : stored, Math.Max(stored.Length + 2, length % ((stored.Length + 1) * 255)), withDictionary);

    /// <summary>Blocks that are right but for an offset, a length or the end.</summary>
    [Property(MaxTest = 500), Trait("Spec", "TRU-4"), Trait("Spec", "BLK-8"), Trait("Spec", "BLK-9")]
    public void Decode_SequencesAlmostRight_DecodesAsTheOracleOrFaults(int seed, bool withDictionary)
    {
        Random random = new(seed);
        List<byte> block = [];
        int decoded = 0;
        for (int sequences = random.Next(1, 5); sequences > 0; sequences--)
        {
            byte[] literals = new byte[random.Next(20)];
            int match = random.Next(4, 300);
            int reach = decoded + literals.Length + (withDictionary ? 10 : 0);
            OracleLz4.Sequence(
                block, literals, random.Next(4) switch { 0 => 0, 1 => reach + random.Next(2), _ => random.Next(1, reach + 2) },
                match);
            decoded += literals.Length + match;
        }

        OracleLz4.Sequence(block, new byte[12], 0, 0);
        decoded += 12 + (random.Next(8) == 0 ? random.Next(-1, 2) : 0);
        CheckBlock([.. block], Math.Max(decoded, block.Count + 1), withDictionary);
    }

    /// <summary>The decoder inside the library takes an offset of zero, and would copy what the target held before.</summary>
    [Theory, Trait("Spec", "BLK-9"), Trait("Spec", "TRU-4")]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_ZeroOffset_ShowsNothingOfTheTarget(bool withDictionary)
    {
        for (int literals = 0; literals < 20; literals++)
        {
            for (int match = 20; match < 120; match += 9)
            {
                List<byte> block = [];
                OracleLz4.Sequence(block, new byte[literals], 0, match);
                OracleLz4.Sequence(block, new byte[12], 0, 0);
                CheckBlock([.. block], literals + match + 12, withDictionary);
            }
        }
    }

    private static void CheckBlock(byte[] stored, int decodedLength, bool withDictionary)
    {
        // Nothing but the target holds the byte that it is filled with.
        byte[] block = [.. stored.Select(static b => b == PinnedRegion.Before ? (byte)0 : b)];
        using PinnedRegion opened = new(HostileRegions.Lz4(block, decodedLength, withDictionary ? 2u : 1u).ToFile().Bytes);
        byte[]? decoded = null;
        try
        {
            decoded = opened.Decode(0);
        }
        catch (LaminaFormatException e)
        {
            Assert.Equal(FormatFault.BlockEncoding, e.Fault);
        }

        byte[]? expected = null;
        try
        {
            expected = OracleLz4.Decode(block, decodedLength, withDictionary ? opened.Region.Dictionary.ToArray() : []);
        }
        catch (FormatException)
        {
            Assert.Throws<LaminaFormatException>(() => RegionVerifier.Verify(opened.Region, null, default));
        }

        // What only the check of the whole file refuses is decoded, and shows nothing.
        if (decoded is not null && expected is not null)
            Assert.Equal(expected, decoded);
        if (decoded is not null)
            Assert.DoesNotContain(PinnedRegion.Before, decoded);
    }

    /// <summary>Whether both accept the file; fails if only one does, or if they read another thing.</summary>
    private static bool Compare(byte[] file, string what)
    {
        string? expected = null;
        string? refused = null;
        try
        {
            expected = OracleDecoder.Decode(file).Region.ToText();
        }
        catch (OracleFaultException e)
        {
            refused = e.Message;
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using PinnedRegion opened = new(file);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            RegionVerifier.Verify(opened.Region, null, default);
            Assert.True(refused is null, $"With {what}, the oracle alone refuses: {refused}");
            Assert.Equal(expected, opened.ToOracle().ToText());
            Assert.InRange(allocated, 0, 64 * 1024);
            return true;
        }
        catch (LaminaFormatException e)
        {
            Assert.True(refused is not null, $"With {what}, the library alone refuses: {e.Fault} at {e.Offset}: {e.Message}");
            return false;
        }
    }

    private static OracleFile Build(string region) => (region switch
    {
        "sparse" => HostileRegions.Parts(HostileRegions.Sparse),
        "empty" => HostileRegions.Parts(HostileRegions.Empty),
        "blocks" => HostileRegions.OneBlockEach(),
        "lz4" => HostileRegions.Lz4(HostileSections.Run(100), 100),
        "dictionary" => HostileRegions.Lz4(HostileSections.Run(100), 100, codec: 2),
        _ => HostileRegions.Parts(),
    }).ToFile();
}

using System.Runtime.CompilerServices;
using Lamina.Format.Layout;

namespace Lamina.Format.Reading;

/// <summary>Checks the tables that reading a content relies on: blocks, numbers, locations.</summary>
internal static unsafe class ContentTables
{
    private const int ImageOffsetAt = 0;
    private const int LengthAt = 8;
    private const int BlockAt = 12;

    /// <summary>Checks the tables against their rules and one another, in one pass over each.</summary>
    /// <returns>Whether every block is stored.</returns>
    /// <exception cref="LaminaFormatException">A rule of the chapters "Blocks" or "Layers" is broken.</exception>
    public static bool Check(Region region, Fault fault)
    {
        CheckNumbers(region, fault);
        bool isImage = CheckBlocks(region, fault);
        CheckLocations(region, fault);
        return isImage;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckNumbers(Region region, Fault fault)
    {
        // SAFETY: here and below, tables by their place and the number of their entries, which the section table was checked to have. As
        // spans of structures of ours they could not be compiled ahead without a type and a method each.
        uint* numbers = (uint*)region.PointerTo(SectionKind.Numbers);
        int count = region.LayerCount;
        long start = region.Sections[SectionKind.Numbers].Offset;
        if (region.IsDense)
        {
            if (region.LayerCount > 0 && region.FirstNumber + (ulong)region.LayerCount - 1 > uint.MaxValue)
                fault.Damaged(FormatFault.HeaderField, RegionHeaderLayout.FirstNumber, "The last layer's number passes 4,294,967,295.");
            return;
        }

        if (numbers[0] != region.FirstNumber)
            fault.Damaged(FormatFault.LayerNumbers, start, "The first layer's number is not the header's.");
        for (int i = 1; i < count; i++)
        {
            if (numbers[i] <= numbers[i - 1])
                fault.Damaged(FormatFault.LayerNumbers, start + (i * sizeof(uint)), "The layers' numbers are not ascending.");
        }

        if (numbers[count - 1] - numbers[0] == (uint)(count - 1))
            fault.Damaged(FormatFault.LayerNumbers, start, "The layers' numbers are consecutive, and listed all the same.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool CheckBlocks(Region region, Fault fault)
    {
        BlockEntry* blocks = (BlockEntry*)region.PointerTo(SectionKind.Blocks);
        int blockCount = region.BlockCount;
        Section content = region.ContentSection;
        int alignment = region.ContentAlignment;
        long contentEnd = content.Offset + content.Length;
        long end = content.Offset;
        long imageEnd = 0;
        bool isImage = true;
        bool usesDictionary = false;
        for (int i = 0; i < blockCount; i++)
        {
            ref readonly BlockEntry block = ref blocks[i];
            if (block.Codec > (uint)BlockCodec.Lz4WithDictionary)
                Damaged(i, 32, "has a codec that this version does not have");
            bool stored = block.Codec == (uint)BlockCodec.Stored;
            if (block.StoredLength == 0 || (stored ? block.StoredLength != block.DecodedLength : block.StoredLength >= block.DecodedLength))
                Damaged(i, 16, "has a stored length that its codec cannot have");
            if (block.DecodedLength > Limits.MaxLayerLength || block.DecodedLength > (ulong)block.StoredLength * Limits.MaxCompressionRatio)
                Damaged(i, 20, "has a decoded length that its stored bytes cannot decode to");
            if (block.Offset != (stored ? SectionTable.AlignUp(end, alignment) : end))
                Damaged(i, 0, "does not begin where the one before ends");
            if (block.Offset > contentEnd || block.StoredLength > contentEnd - block.Offset)
                Damaged(i, 16, "does not end in the content section");
            if (block.ImageOffset != SectionTable.AlignUp(imageEnd, alignment))
                Damaged(i, 8, "is not where the one before ends in the image");
            end = block.Offset + block.StoredLength;
            imageEnd = block.ImageOffset + block.DecodedLength;
            isImage &= stored;
            usesDictionary |= block.Codec == (uint)BlockCodec.Lz4WithDictionary;
        }

        if (end != contentEnd)
            fault.Damaged(FormatFault.BlockTable, end, "The content section goes on after the last block.");
        if (imageEnd != region.ImageLength)
            fault.Damaged(FormatFault.BlockTable, RegionHeaderLayout.ImageLength, "The image's length is not the end of the last block.");
        if (usesDictionary == (region.DictionaryLength == 0))
        {
            fault.Damaged(
                FormatFault.BlockTable, region.Sections[SectionKind.Dictionary].Offset,
                usesDictionary ? "A block needs a dictionary, and there is none." : "There is a dictionary, and no block needs it.");
        }

        return isImage;

        void Damaged(int index, int field, string what) => fault.Damaged(
            FormatFault.BlockTable,
            region.Sections[SectionKind.Blocks].Offset + ((long)index * BlockEntry.EntrySize) + field,
            FormattableString.Invariant($"Block {index} {what}."));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CheckLocations(Region region, Fault fault)
    {
        // One pass over what may be ten million entries: nothing that changes from one to the next is captured by a local function.
        LayerLocation* locations = (LayerLocation*)region.PointerTo(SectionKind.Locations);
        BlockEntry* blocks = (BlockEntry*)region.PointerTo(SectionKind.Blocks);
        int layerCount = region.LayerCount;
        int blockCount = region.BlockCount;
        int alignment = region.ContentAlignment;
        long contentLength = 0;
        int block = -1;
        int layersInBlock = 0;
        long position = 0;
        long blockEnd = 0;
        for (int i = 0; i < layerCount; i++)
        {
            ref readonly LayerLocation location = ref locations[i];
            uint length = location.Length;
            if (length == 0)
            {
                if (location.Block != LayerLocation.NoBlock)
                    Damaged(i, BlockAt, "is empty and has a block");
                if (location.ImageOffset != 0)
                    Damaged(i, ImageOffsetAt, "is empty and has a place in the image");
                continue;
            }

            if (length > Limits.MaxLayerLength)
                Damaged(i, LengthAt, "is longer than a layer can be");
            if (block < 0 || location.Block != (uint)block)
            {
                EndBlock(block, position == blockEnd, layersInBlock);
                if (location.Block != (uint)(block + 1) || location.Block >= (uint)blockCount)
                    Damaged(i, BlockAt, "is not in the block that follows");
                block++;
                if (blocks[block].FirstLayer != (uint)i)
                    DamagedBlock(block, 36, "does not name its first layer");
                layersInBlock = 0;
                position = blocks[block].ImageOffset;
                blockEnd = position + blocks[block].DecodedLength;
            }

            position = SectionTable.AlignUp(position, alignment);
            if (location.ImageOffset != position)
                Damaged(i, ImageOffsetAt, "does not begin where the one before ends");
            if (length > blockEnd - position)
                Damaged(i, LengthAt, "does not end in its block");
            position += length;
            contentLength += length;
            layersInBlock++;
        }

        EndBlock(block, position == blockEnd, layersInBlock);
        if (block + 1 != blockCount)
            DamagedBlock(block + 1, 36, "holds no layer");

        if (contentLength != region.ContentLength)
        {
            fault.Damaged(
                FormatFault.LayerLocation, RegionHeaderLayout.ContentLength, "The content's length is not the sum of the layers' lengths.");
        }

        void EndBlock(int ended, bool isFull, int layers)
        {
            if (!isFull)
                DamagedBlock(ended, 20, "does not end with its last layer");
            if (layers > 1 && region.Blocks[ended].DecodedLength > (uint)region.BlockSize)
                DamagedBlock(ended, 20, "holds several layers and is longer than the block size");
        }

        void Damaged(int index, int field, string what) => fault.Damaged(
            FormatFault.LayerLocation,
            region.Sections[SectionKind.Locations].Offset + ((long)index * LayerLocation.EntrySize) + field,
            FormattableString.Invariant($"Layer {region.Dimension}:L{region.NumberOf(index)} {what}."));

        void DamagedBlock(int index, int field, string what) => fault.Damaged(
            FormatFault.BlockTable,
            region.Sections[SectionKind.Blocks].Offset + ((long)index * BlockEntry.EntrySize) + field,
            FormattableString.Invariant($"Block {index} {what}."));
    }
}

using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Oracle;

/// <content>Numbers, blocks and locations: chapters 4 and 5.</content>
internal sealed partial class OracleDecoder
{
    private void ReadNumbers()
    {
        _parts.Numbers = Indexes(Kind.Numbers);
        if (_parts.Numbers.Count == 0)
        {
            Check(
                _layerCount == 0 || _parts.FirstNumber + (ulong)_layerCount - 1 <= uint.MaxValue,
                "HDR-15", "HeaderField", Header.FirstNumber, "The last number passes 32 bits.");
            return;
        }

        Check(
            _parts.Numbers[0] == _parts.FirstNumber, "NUM-2", "LayerNumbers", At(Kind.Numbers, 0, 4, 0),
            "The first number is not the header's.");
        bool consecutive = true;
        for (int i = 1; i < _layerCount; i++)
        {
            Check(
                _parts.Numbers[i] > _parts.Numbers[i - 1], "NUM-2", "LayerNumbers", At(Kind.Numbers, i, 4, 0),
                "Numbers do not ascend.");
            consecutive &= _parts.Numbers[i] == _parts.Numbers[i - 1] + 1;
        }

        Check(!consecutive, "NUM-2", "LayerNumbers", At(Kind.Numbers, 0, 4, 0), "Consecutive numbers are listed.");
    }

    private void ReadBlockTable()
    {
        ulong content = _sections[(int)Kind.Content - 1].Offset;
        ulong contentEnd = content + (ulong)_sections[(int)Kind.Content - 1].Bytes.Length;
        ulong alignment = 1UL << _parts.AlignmentLog2;
        ulong storedEnd = content;
        ulong imageEnd = 0;
        bool usesDictionary = false;
        for (int i = 0; i < _blockCount; i++)
        {
            long at = At(Kind.Blocks, i, BlockSize, 0);
            ulong length = Get(at + Block.StoredLength, 4);
            ulong decoded = Get(at + Block.DecodedLength, 4);
            uint codec = (uint)Get(at + Block.Codec, 4);
            Check(codec <= 2, "BLK-7", "BlockTable", at + Block.Codec, "Codec.");
            ulong offset = i > 0 && codec == 0 ? OracleBytes.Align(storedEnd, alignment) : storedEnd;
            ulong imageOffset = OracleBytes.Align(imageEnd, alignment);
            Check(Get(at + Block.Offset, 8) == offset, "BLK-1", "BlockTable", at + Block.Offset, "The block is elsewhere.");
            Check(
                Get(at + Block.ImageOffset, 8) == imageOffset, "BLK-2", "BlockTable", at + Block.ImageOffset,
                "The block is elsewhere in the image.");
            Check(
                length >= 1 && (codec == 0 ? length == decoded : length < decoded), "BLK-3", "BlockTable",
                at + Block.StoredLength, "Stored length.");
            Check(decoded is >= 1 and <= 2_113_929_216, "BLK-4", "BlockTable", at + Block.DecodedLength, "Decoded length.");
            Check(decoded <= 255 * length, "LIM-14", "BlockTable", at + Block.DecodedLength,
                "More than 255 times the stored length.");
            Check(offset <= contentEnd && length <= contentEnd - offset, "BLK-1", "BlockTable", at + Block.StoredLength,
                "The block leaves the content section.");
            for (ulong x = storedEnd; x < offset; x++)
                Check(_file[x] == 0, "GEN-4", "ReservedNotZero", (long)x, "Padding between blocks.");
            usesDictionary |= codec == 2;
            storedEnd = offset + length;
            imageEnd = imageOffset + decoded;
            Check(imageEnd <= 281_474_976_710_656, "LIM-15", "LimitExceeded", at + Block.DecodedLength, "Image length.");
            _parts.Blocks.Add(new OracleBlock
            {
                Stored = Cut((long)offset, (long)length),
                ImageOffset = imageOffset,
                DecodedLength = (uint)decoded,
                Codec = codec,
                FirstLayer = (uint)Get(at + Block.FirstLayer, 4),
                OffsetInContent = offset - content,
            });
        }

        Check(
            storedEnd == contentEnd,
            "BLK-1", "BlockTable", (long)storedEnd, "Content after the last block.");
        Check(_parts.ImageLength == imageEnd, "HDR-17", "BlockTable", Header.ImageLength, "Image length.");
        Check(
            usesDictionary == (_sections[(int)Kind.Dictionary - 1].Bytes.Length > 0),
            "DIC-2", "BlockTable", At(Kind.Dictionary, 0, 1, 0), "A dictionary without use, or none where one is used.");
    }

    private void ReadLocations()
    {
        ulong alignment = 1UL << _parts.AlignmentLog2;
        ulong sum = 0;
        int block = -1;
        ulong end = 0;
        int inBlock = 0;
        for (int i = 0; i < _layerCount; i++)
        {
            long at = At(Kind.Locations, i, LocationSize, 0);
            OracleLocation location = new()
            {
                ImageOffset = Get(at + Location.ImageOffset, 8),
                Length = (uint)Get(at + Location.Length, 4),
                Block = (uint)Get(at + Location.Block, 4),
            };
            _parts.Locations.Add(location);
            Check(location.Length <= 2_113_929_216, "LOC-2", "LayerLocation", at + Location.Length, "Length.");
            if (location.Length == 0)
            {
                Check(location.Block == NoIndex, "LOC-3", "LayerLocation", at + Location.Block, "An empty layer has a block.");
                Check(
                    location.ImageOffset == 0, "LOC-3", "LayerLocation", at + Location.ImageOffset,
                    "An empty layer has a place.");
                continue;
            }

            if (location.Block != block)
            {
                EndBlock();
                Check(
                    location.Block == (ulong)(block + 1) && location.Block < _blockCount, "LOC-4", "LayerLocation",
                    at + Location.Block, "Block.");
                block++;
                inBlock = 0;
                end = _parts.Blocks[block].ImageOffset;
                Check(
                    _parts.Blocks[block].FirstLayer == i, "BLK-5", "BlockTable",
                    At(Kind.Blocks, block, BlockSize, Block.FirstLayer), "First layer.");
            }

            ulong blockEnd = _parts.Blocks[block].ImageOffset + _parts.Blocks[block].DecodedLength;
            Check(
                location.ImageOffset == (inBlock == 0 ? end : OracleBytes.Align(end, alignment)), "LOC-1", "LayerLocation",
                at + Location.ImageOffset, "Image offset.");
            Check(location.ImageOffset <= blockEnd && location.Length <= blockEnd - location.ImageOffset, "LOC-3",
                "LayerLocation", at + Location.Length, "The layer leaves its block.");
            end = location.ImageOffset + location.Length;
            inBlock++;
            sum += location.Length;
        }

        EndBlock();
        Check(
            block + 1 == _blockCount, "LOC-4", "BlockTable", At(Kind.Blocks, block + 1, BlockSize, Block.FirstLayer),
            "A block without a layer.");
        Check(_parts.ContentLength == sum, "HDR-18", "LayerLocation", Header.ContentLength, "Content length.");

        void EndBlock()
        {
            if (block < 0)
                return;
            OracleBlock entry = _parts.Blocks[block];
            Check(
                end == entry.ImageOffset + entry.DecodedLength, "LOC-4", "BlockTable",
                At(Kind.Blocks, block, BlockSize, Block.DecodedLength), "The last layer does not end with its block.");
            Check(
                inBlock == 1 || entry.DecodedLength <= 1UL << _parts.BlockSizeLog2, "BLK-4", "BlockTable",
                At(Kind.Blocks, block, BlockSize, Block.DecodedLength), "Several layers in more than the block size.");
        }
    }

    private void ReadBlocks()
    {
        for (int i = 0; i < _blockCount; i++)
        {
            OracleBlock block = _parts.Blocks[i];
            long offset = (long)(_sections[(int)Kind.Content - 1].Offset + block.OffsetInContent);
            Check(
                Get(At(Kind.Blocks, i, BlockSize, Block.Checksum), 8) == OracleHash.Part(block.Stored),
                "CHK-4", "BlockChecksum", offset, $"The checksum of block {i} is another.");
            try
            {
                _decoded.Add(block.Codec == 0
                    ? block.Stored
                    : OracleLz4.Decode(block.Stored, (int)block.DecodedLength, block.Codec == 2 ? _parts.Dictionary : []));
            }
            catch (FormatException e)
            {
                throw new OracleFaultException("BLK-8", "BlockEncoding", offset, e.Message);
            }

            // LOC-5
            ulong end = block.ImageOffset;
            for (int layer = 0; layer < _layerCount; layer++)
            {
                OracleLocation location = _parts.Locations[layer];
                if (location.Block != i)
                    continue;
                for (ulong x = end; x < location.ImageOffset; x++)
                    Check(
                        _decoded[i][x - block.ImageOffset] == 0, "LOC-5", "ReservedNotZero",
                        block.Codec == 0 ? offset + (long)(x - block.ImageOffset) : offset, "Padding between contents.");
                end = location.ImageOffset + location.Length;
            }
        }
    }

    private byte[] ContentOf(int layer)
    {
        OracleLocation location = _parts.Locations[layer];
        if (location.Length == 0)
            return [];
        int start = (int)(location.ImageOffset - _parts.Blocks[(int)location.Block].ImageOffset);
        return _decoded[(int)location.Block].AsSpan(start, (int)location.Length).ToArray();
    }
}

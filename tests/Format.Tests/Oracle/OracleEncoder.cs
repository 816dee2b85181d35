using System.Text;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Oracle;

/// <summary>
/// Makes region files straight from the specification, plainly and slowly. It shares no code with the library, and nothing in
/// this folder needs the library or a test framework but the files named <c>*Tests</c> and <c>OracleArbitraries</c>.
/// </summary>
internal static class OracleEncoder
{
    public static byte[] Encode(OracleRegion region, OracleOptions? options = null) => ToFile(region, options).Bytes;

    public static OracleFile ToFile(OracleRegion region, OracleOptions? options = null) => ToParts(region, options).ToFile();

    public static OracleParts ToParts(OracleRegion region, OracleOptions? options = null)
    {
        options ??= new OracleOptions();
        OracleParts parts = new()
        {
            Dimension = region.Dimension,
            BlockSizeLog2 = options.BlockSizeLog2,
            AlignmentLog2 = options.AlignmentLog2,
            FirstNumber = region.Layers.Count == 0 ? 0 : region.Layers[0].Number,
            NameLength = (uint)Utf8(region.Name).Length,
            SizeBytes = region.SizeBytes ?? 0,
            FrequencyMin = region.FrequencyMin ?? 0,
            FrequencyMax = region.FrequencyMax ?? 0,
            Fingerprint = OracleHash.Fingerprint(region),
            ContentLength = (ulong)region.Layers.Sum(static layer => (long)layer.Content.Length),
            Flags = (region.Name is null ? 0 : Flag.RegionHasName)
                | (region.SizeBytes is null ? 0 : Flag.RegionHasSizeBytes)
                | (region.FrequencyMin is null ? 0 : Flag.RegionHasFrequencyMin)
                | (region.FrequencyMax is null ? 0 : Flag.RegionHasFrequencyMax)
                | (region.Layers.Any(static layer => layer.Simulated) ? Flag.RegionSimulated : 0),
        };

        // NUM-1, NUM-2
        bool consecutive = true;
        for (int i = 0; i < region.Layers.Count; i++)
            consecutive &= region.Layers[i].Number == (ulong)parts.FirstNumber + (ulong)i;
        if (!consecutive)
            parts.Numbers = region.Layers.Select(static layer => layer.Number).ToList();

        AddContents(parts, region, options);
        AddDescriptions(parts, region);
        return parts;
    }

    /// <summary>CAN-1, CAN-2.</summary>
    private static void AddContents(OracleParts parts, OracleRegion region, OracleOptions options)
    {
        ulong alignment = 1UL << options.AlignmentLog2;
        ulong blockSize = 1UL << options.BlockSizeLog2;
        ulong blockStart = 0;
        int firstLayer = -1;
        List<byte> block = [];
        for (int i = 0; i < region.Layers.Count; i++)
        {
            byte[] content = region.Layers[i].Content;
            if (content.Length == 0)
            {
                parts.Locations.Add(new OracleLocation { ImageOffset = 0, Length = 0, Block = NoIndex });
                continue;
            }

            if (block.Count > 0 && OracleBytes.Align((ulong)block.Count, alignment) + (ulong)content.Length > blockSize)
                EndBlock();
            if (block.Count == 0)
                firstLayer = i;
            block.AddRange(new byte[OracleBytes.Align((ulong)block.Count, alignment) - (ulong)block.Count]);
            parts.Locations.Add(new OracleLocation
            {
                ImageOffset = blockStart + (ulong)block.Count,
                Length = (uint)content.Length,
                Block = (uint)parts.Blocks.Count,
            });
            block.AddRange(content);
        }

        if (block.Count > 0)
            EndBlock();
        if (parts.Blocks.Exists(static stored => stored.Codec == 2))
            parts.Dictionary = options.Dictionary;

        void EndBlock()
        {
            byte[] plain = [.. block];
            byte[] stored = plain;
            uint codec = 0;
            if (options.Codec != 0)
            {
                byte[] encoded = OracleLz4.Encode(plain, options.Codec == 2 ? options.Dictionary : []);
                if (16L * (plain.Length - encoded.Length) >= plain.Length)
                {
                    stored = encoded;
                    codec = options.Codec;
                }
            }

            parts.Blocks.Add(new OracleBlock
            {
                Stored = stored,
                ImageOffset = blockStart,
                DecodedLength = (uint)plain.Length,
                Codec = codec,
                FirstLayer = (uint)firstLayer,
            });
            parts.ImageLength = blockStart + (ulong)plain.Length;
            blockStart = OracleBytes.Align(parts.ImageLength, alignment);
            block.Clear();
        }
    }

    private static void AddDescriptions(OracleParts parts, OracleRegion region)
    {
        List<byte> strings = [.. Utf8(region.Name)];
        List<byte[]> keywords = region.Layers.SelectMany(static layer => layer.Keywords).Distinct(StringComparer.Ordinal)
            .Select(Utf8).ToList();
        keywords.Sort(OracleBytes.Compare);

        for (int i = 0; i < region.Layers.Count; i++)
        {
            OracleLayer layer = region.Layers[i];
            byte[] name = Utf8(layer.Name);
            parts.Layers.Add(new OracleDescription
            {
                Frequency = layer.Frequency ?? 0,
                Parent = layer.Parent is null ? NoIndex : (uint)IndexOf(region, layer.Parent.Value),
                NameOffset = layer.Name is null ? 0 : (uint)strings.Count,
                NameLength = (ushort)name.Length,
                Depth = (ushort)Depth(region, layer),
                Flags = (ushort)((layer.Name is null ? 0 : Flag.LayerHasName)
                    | (layer.Frequency is null ? 0 : Flag.LayerHasFrequency)
                    | (layer.Simulated ? Flag.LayerSimulated : 0)),
                KeywordCount = (ushort)layer.Keywords.Count,
                KeywordStart = (uint)parts.LayerKeywords.Count,
            });
            strings.AddRange(name);
            foreach (string keyword in layer.Keywords)
                parts.LayerKeywords.Add((uint)keywords.FindIndex(text => OracleBytes.Compare(text, Utf8(keyword)) == 0));
        }

        for (int k = 0; k < keywords.Count; k++)
        {
            parts.Keywords.Add(
                new OracleKeyword { StringOffset = (uint)strings.Count, PostingStart = (uint)parts.Postings.Count });
            strings.AddRange(keywords[k]);
            for (int i = 0; i < region.Layers.Count; i++)
            {
                if (region.Layers[i].Keywords.Any(keyword => OracleBytes.Compare(Utf8(keyword), keywords[k]) == 0))
                    parts.Postings.Add((uint)i);
            }
        }

        parts.Names = Enumerable.Range(0, region.Layers.Count)
            .Where(i => region.Layers[i].Name is not null)
            .OrderBy(i => Utf8(region.Layers[i].Name), Comparer<byte[]>.Create(OracleBytes.Compare))
            .ThenBy(static i => i)
            .Select(static i => (uint)i)
            .ToList();
        parts.Strings = [.. strings];
    }

    public static byte[] Utf8(string? text) => Encoding.UTF8.GetBytes(text ?? "");

    private static int IndexOf(OracleRegion region, uint number)
    {
        for (int i = 0; i < region.Layers.Count; i++)
        {
            if (region.Layers[i].Number == number)
                return i;
        }

        throw new ArgumentException($"No layer {number}.", nameof(number));
    }

    /// <summary>CAN-7.</summary>
    private static int Depth(OracleRegion region, OracleLayer layer)
    {
        int depth = 0;
        for (; layer.Parent is not null; depth++)
            layer = region.Layers[IndexOf(region, layer.Parent.Value)];
        return depth;
    }
}

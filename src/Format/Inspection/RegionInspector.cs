using System.Buffers.Binary;
using System.Globalization;
using Lamina.Format.Layout;
using Lamina.Format.Reading;

namespace Lamina.Format.Inspection;

/// <summary>Tells what is in region files, without decoding a content.</summary>
public static class RegionInspector
{
    /// <summary>How many of the largest and of the smallest layers a summary lists.</summary>
    public const int ListedLayers = 5;

    /// <summary>Inspects the region file at <paramref name="path"/>.</summary>
    /// <exception cref="LaminaFormatException">The file is damaged or of another version.</exception>
    /// <exception cref="IOException">The file is not there or could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static RegionSummary Inspect(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Inspect(new RegionFile(path, null));
    }

    /// <summary>Inspects a region file of a data set.</summary>
    /// <inheritdoc cref="RegionFile.Open" path="/exception"/>
    public static RegionSummary Inspect(RegionFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        using RegionReader reader = file.Open();
        return Summarize(reader, file.Path);
    }

    /// <summary>Inspects a region that is open.</summary>
    /// <exception cref="LaminaFormatException">The descriptions are damaged.</exception>
    internal static RegionSummary Summarize(RegionReader reader, string path)
    {
        Region region = reader.Open;
        (int named, int simulated, int maxDepth) = CountLayers(region.Descriptions);
        List<BlockSummary> blocks = SumBlocks(region.Blocks);
        return new RegionSummary
        {
            Path = path,
            Version = VersionOf(region.View),
            FileBytes = region.FileLength,
            Digest = region.Digest.ToString(),
            Fingerprint = region.Fingerprint.ToString(),
            Dimension = region.Dimension,
            Name = reader.Name,
            SizeBytes = region.SizeBytes,
            FrequencyMin = region.FrequencyMin,
            FrequencyMax = region.FrequencyMax,
            BlockSize = region.BlockSize,
            ContentAlignment = region.ContentAlignment,
            Layers = region.LayerCount,
            FirstNumber = region.LayerCount == 0 ? null : region.FirstNumber,
            LastNumber = region.LayerCount == 0 ? null : region.NumberOf(region.LayerCount - 1),
            IsDense = region.IsDense,
            NamedLayers = named,
            SimulatedLayers = simulated,
            EmptyLayers = CountEmpty(region.Locations),
            MaxDepth = maxDepth,
            Keywords = region.KeywordCount,
            KeywordUses = region.Descriptions.Postings.Length,
            ContentBytes = region.ContentLength,
            StoredBytes = blocks.Sum(static block => block.StoredBytes),
            Blocks = blocks,
            Sections = ListSections(region.Sections.All),
            LargestLayers = Extremes(reader, largest: true),
            SmallestLayers = Extremes(reader, largest: false),
        };
    }

    private static string VersionOf(FileView view)
    {
        ReadOnlySpan<byte> versions = view.Slice(RegionHeaderLayout.Major, 2 * sizeof(ushort));
        return string.Create(CultureInfo.InvariantCulture,
            $"{BinaryPrimitives.ReadUInt16LittleEndian(versions)}.{BinaryPrimitives.ReadUInt16LittleEndian(versions[sizeof(ushort)..])}");
    }

    private static (int Named, int Simulated, int MaxDepth) CountLayers(RegionDescriptions descriptions)
    {
        int simulated = 0;
        int maxDepth = 0;
        foreach (ref readonly LayerEntry layer in descriptions.Layers)
        {
            if (((LayerFlags)layer.Flags).HasFlag(LayerFlags.Simulated))
                simulated++;
            maxDepth = Math.Max(maxDepth, layer.Depth);
        }

        return (descriptions.Names.Length, simulated, maxDepth);
    }

    private static int CountEmpty(ReadOnlySpan<LayerLocation> locations)
    {
        int empty = 0;
        foreach (ref readonly LayerLocation location in locations)
            empty += location.Length == 0 ? 1 : 0;
        return empty;
    }

    private static List<BlockSummary> SumBlocks(ReadOnlySpan<BlockEntry> blocks)
    {
        ReadOnlySpan<string> names = ["stored", "lz4", "lz4-dictionary"];
        Span<int> count = stackalloc int[names.Length];
        Span<long> stored = stackalloc long[names.Length];
        Span<long> decoded = stackalloc long[names.Length];
        foreach (ref readonly BlockEntry block in blocks)
        {
            // Opening the region has refused codecs that are not in the list.
            int codec = (int)block.Codec;
            count[codec]++;
            stored[codec] += block.StoredLength;
            decoded[codec] += block.DecodedLength;
        }

        List<BlockSummary> summaries = [];
        for (int codec = 0; codec < names.Length; codec++)
        {
            if (count[codec] > 0)
                summaries.Add(new BlockSummary(names[codec], count[codec], stored[codec], decoded[codec]));
        }

        return summaries;
    }

    private static List<SectionSummary> ListSections(ReadOnlySpan<Section> sections)
    {
        List<SectionSummary> list = new(sections.Length);
        foreach (Section section in sections)
            list.Add(new SectionSummary(section.Kind, NameOf((SectionKind)section.Kind), section.Offset, section.Length));
        return list;
    }

    /// <summary>A section's name in the specification.</summary>
    internal static string NameOf(SectionKind kind) => kind switch
    {
        SectionKind.Dictionary => "dictionary",
        SectionKind.Content => "content",
        SectionKind.Blocks => "blocks",
        SectionKind.Numbers => "numbers",
        SectionKind.Locations => "locations",
        SectionKind.Layers => "layers",
        SectionKind.LayerKeywords => "layer keywords",
        SectionKind.Keywords => "keywords",
        SectionKind.Postings => "postings",
        SectionKind.Names => "names",
        SectionKind.Strings => "strings",
        _ => "unknown",
    };

    /// <summary>The longest or shortest layers, the first of equals first.</summary>
    private static List<LayerSize> Extremes(RegionReader reader, bool largest)
    {
        // Ordered by how little a layer belongs on the list, so that the queue gives up the right one.
        PriorityQueue<int, (long Length, int Index)> kept = new(ListedLayers);
        ReadOnlySpan<LayerLocation> locations = reader.Open.Locations;
        for (int i = 0; i < locations.Length; i++)
        {
            long length = locations[i].Length;
            (long, int) priority = (largest ? length : -length, -i);
            if (kept.Count < ListedLayers)
                kept.Enqueue(i, priority);
            else
                kept.EnqueueDequeue(i, priority);
        }

        List<LayerSize> layers = new(kept.Count);
        while (kept.TryDequeue(out int index, out _))
        {
            LayerDescription layer = reader.Describe(index);
            layers.Add(new LayerSize(layer.Id, layer.Name, layer.Length));
        }

        layers.Reverse();
        return layers;
    }
}

using System.Buffers;
using Lamina.Format.Input;
using Lamina.Format.Layout;
using Lamina.Format.Schema;

namespace Lamina.Format.Writing;

/// <summary>The layers of one dimension without their contents, in arrays of plain values. Not thread-safe.</summary>
internal sealed class LayerTable : IDisposable
{
    private readonly SegmentedList<LayerLink> _links = new();
    private readonly SegmentedList<LayerRecord> _records = new();
    private readonly PooledList<byte> _names = new();
    private readonly PooledList<int> _uses = new();
    private int[] _parents = [];
    private int[] _depths = [];
    private uint _lastNumber;

    public int Count => _links.Count;

    public DimensionKeywords Keywords { get; } = new();

    /// <summary>The keywords of all layers, as indexes of <see cref="Keywords"/> until they are ranked; those of each layer
    /// stand together, the layers in the order in which they came.</summary>
    public ReadOnlySpan<int> Uses => _uses.Span;

    public SegmentedList<LayerLink> Links => _links;

    public SegmentedList<LayerRecord> Records => _records;

    /// <summary>The names of all layers, in the order in which they came.</summary>
    public byte[] Names => _names.Items;

    public int NamesLength => _names.Count;

    /// <summary>UTF-8 bytes of all names and of all different keywords.</summary>
    public long TextLength => (long)_names.Count + Keywords.TextLength;

    /// <summary>Whether each layer so far has a higher number than the one before it.</summary>
    public bool IsAscending { get; private set; } = true;

    /// <summary>The index of each layer's parent, or -1; there once <see cref="Resolve"/> has found no error.</summary>
    public ReadOnlySpan<int> Parents => _parents.AsSpan(0, Count);

    /// <summary>Each layer's depth; there once <see cref="Resolve"/> has found no error.</summary>
    public ReadOnlySpan<int> Depths => _depths.AsSpan(0, Count);

    public ReadOnlySpan<byte> Name(in LayerRecord record) => _names.Span.Slice(record.NameOffset, record.NameLength);

    public ReadOnlySpan<int> UsesOf(in LayerRecord record) => Uses.Slice(record.KeywordStart, record.KeywordCount);

    /// <summary>Takes a layer, without a location yet; its index is <see cref="Count"/> before the call.</summary>
    public void Add(LayerInput layer)
    {
        LayerRecord record = new()
        {
            Location = LayerRecord.Empty,
            NameOffset = _names.Count,
            KeywordStart = _uses.Count,
        };
        if (layer.Frequency is double frequency)
        {
            record.Frequency = frequency == 0 ? 0 : frequency;    // CAN-5: minus zero as zero
            record.Flags |= LayerFlags.HasFrequency;
        }

        if (!layer.Name.IsEmpty)
        {
            _names.AddRange(layer.Name);
            record.NameLength = (ushort)layer.Name.Length;
            record.Flags |= LayerFlags.HasName;
        }

        record.KeywordCount = (ushort)layer.KeywordCount;
        for (int i = 0; i < layer.KeywordCount; i++)
            _uses.Add(Keywords.Intern(layer.Keyword(i)));

        AddLink(new LayerLink
        {
            Number = layer.Id.Number,
            Depth = layer.Depth ?? LayerLink.NoDepth,
            Parent = layer.Parent ?? LayerLink.NoParent,
            NumberPosition = layer.Position,
            ParentPosition = layer.ParentPosition,
            DepthPosition = layer.DepthPosition,
        });
        _records.Add(record);
    }

    /// <summary>Takes a layer of which only the number is known, so that others may name it as their parent.</summary>
    public void AddFailed(uint number, SourcePosition position)
    {
        AddLink(new LayerLink
        {
            Number = number,
            Depth = LayerLink.NoDepth,
            Parent = LayerLink.UnknownParent,
            NumberPosition = position,
        });
        _records.Add(new LayerRecord { Location = LayerRecord.Empty, NameOffset = _names.Count, KeywordStart = _uses.Count });
    }

    /// <summary>Sorts the layers by number and works out parents and depths.</summary>
    /// <returns>Whether no rule between the layers is broken.</returns>
    public bool Resolve(DimensionId dimension, string file, Action<InputDiagnostic> report)
    {
        if (!IsAscending)
            Sort();
        ForgetResolved();
        _parents = ArrayPool<int>.Shared.Rent(Count);
        _depths = ArrayPool<int>.Shared.Rent(Count);
        return HierarchyRules.Check(new LinksOf(_links), Count, dimension.ToString(), file, _parents, _depths, report);
    }

    /// <summary>Makes the ranks of keywords, by their indexes, what <see cref="Uses"/> holds from then on.</summary>
    public void RankUses(ReadOnlySpan<int> ranks)
    {
        foreach (ref int use in _uses.Span)
            use = ranks[use];
    }

    /// <summary>Takes back what <see cref="Dispose"/> forgot once the region was complete. Where the layers stood in the source is
    /// not known any more, nor is it needed: they have been found to be right, and what breaks a rule is a later one.</summary>
    /// <param name="finished">The tables in the region's file.</param>
    /// <exception cref="IOException">The file could not be read, or somebody has changed it.</exception>
    public void Restore(FinishedTables finished)
    {
        ReadOnlySpan<byte> strings = finished.Read<byte>(SectionKind.Strings);
        ReadOnlySpan<LayerLocation> locations = finished.Read<LayerLocation>(SectionKind.Locations);
        ReadOnlySpan<LayerEntry> layers = finished.Read<LayerEntry>(SectionKind.Layers);
        ReadOnlySpan<uint> numbers = finished.Read<uint>(SectionKind.Numbers);
        for (int layer = 0; layer < layers.Length; layer++)
        {
            ref readonly LayerEntry entry = ref layers[layer];
            AddLink(new LayerLink
            {
                Number = NumberOf(layer, numbers),
                Depth = LayerLink.NoDepth,
                Parent = entry.Parent == LayerEntry.NoParent ? LayerLink.NoParent : NumberOf((int)entry.Parent, numbers),
            });
            _records.Add(new LayerRecord
            {
                Location = locations[layer],
                Frequency = entry.Frequency,
                NameOffset = _names.Count,
                NameLength = entry.NameLength,
                KeywordStart = (int)entry.KeywordStart,
                KeywordCount = entry.KeywordCount,
                Flags = (LayerFlags)entry.Flags,
            });
            _names.AddRange(strings.Slice((int)entry.NameOffset, entry.NameLength));
        }

        _uses.AddRange(finished.Read<int>(SectionKind.LayerKeywords));
        ReadOnlySpan<KeywordEntry> keywords = finished.Read<KeywordEntry>(SectionKind.Keywords);
        for (int i = 0; i < keywords.Length; i++)
        {
            int end = i + 1 < keywords.Length ? (int)keywords[i + 1].StringOffset : strings.Length;
            Keywords.Intern(strings[(int)keywords[i].StringOffset..end]);
        }

        uint NumberOf(int layer, ReadOnlySpan<uint> numbers) =>
            numbers.IsEmpty ? finished.FirstNumber + (uint)layer : numbers[layer];
    }

    /// <summary>Forgets the layers and gives their memory back; the table can be used again.</summary>
    public void Dispose()
    {
        _links.Dispose();
        _records.Dispose();
        _names.Dispose();
        _uses.Dispose();
        Keywords.Dispose();
        ForgetResolved();
    }

    private void Sort()
    {
        int[] rented = ArrayPool<int>.Shared.Rent(Count);
        Span<int> order = rented.AsSpan(0, Count);
        for (int i = 0; i < order.Length; i++)
            order[i] = i;
        order.Sort((a, b) => HierarchyRules.ByNumber(_links[a], _links[b]));
        _links.Reorder(order);
        _records.Reorder(order);
        ArrayPool<int>.Shared.Return(rented);
    }

    private void ForgetResolved()
    {
        ReturnIfRented(ref _parents);
        ReturnIfRented(ref _depths);
    }

    private static void ReturnIfRented(ref int[] array)
    {
        if (array.Length > 0)
            ArrayPool<int>.Shared.Return(array);
        array = [];
    }

    private void AddLink(in LayerLink link)
    {
        IsAscending &= Count == 0 || link.Number > _lastNumber;
        _lastNumber = link.Number;
        _links.Add(link);
    }

    private readonly struct LinksOf(SegmentedList<LayerLink> links) : ILayerLinks
    {
        public ref readonly LayerLink this[int index] => ref links[index];
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;
using Lamina.Format;
using Lamina.Format.Schema;

namespace Lamina;

/// <summary>
/// What a program knows of a dimension when it is compiled: its number and name, and the number and name of each layer.
/// Comparing its <see cref="Fingerprint"/> with a region's tells whether the program and the data agree.
/// </summary>
/// <remarks>
/// Immutable, safe to share between threads. The source generator makes one for each dimension of a data set; layers are
/// held as numbers and one block of UTF-8, and strings are made when they are asked for. Spec: FPR-1, FPR-2.
/// </remarks>
public sealed class DimensionSchema
{
    private readonly uint _firstNumber;
    private readonly uint[]? _numbers;
    private readonly int[]? _nameEnds;
    private readonly byte[] _nameBytes;
    private string?[]? _names;
    private LayerId[]? _layerIds;
    private LayerNameIndex? _nameIndex;

    /// <summary>Describes a dimension whose layers have consecutive numbers.</summary>
    /// <param name="id">The dimension.</param>
    /// <param name="name">Its name; null if it has none.</param>
    /// <param name="fingerprint">The schema's fingerprint, its first byte the most significant. Not checked.</param>
    /// <param name="firstNumber">The number of the first layer.</param>
    /// <param name="layerCount">How many layers there are.</param>
    /// <param name="nameLengths">
    /// How many bytes of <paramref name="nameBytes"/> each layer's name has, by ascending number, 0 without one; or empty if
    /// no layer has a name.
    /// </param>
    /// <param name="nameBytes">The layers' names as UTF-8, one after another.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="id"/> is no dimension, a name passes its limits or is not UTF-8, or the name lengths do not fit the
    /// layers or the name bytes.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="layerCount"/> is negative or passes <see cref="Limits.MaxLayers"/>, or the last layer's number is
    /// above 4,294,967,295.
    /// </exception>
    public DimensionSchema(
        DimensionId id,
        string? name,
        UInt128 fingerprint,
        uint firstNumber,
        int layerCount,
        ReadOnlySpan<ushort> nameLengths = default,
        ReadOnlySpan<byte> nameBytes = default)
        : this(id, name, fingerprint, layerCount, nameLengths, nameBytes)
    {
        if (layerCount > 0)
            ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)(layerCount - 1), uint.MaxValue - firstNumber, nameof(layerCount));
        _firstNumber = firstNumber;
    }

    /// <summary>Describes a dimension whose layers have any numbers.</summary>
    /// <param name="id">The dimension.</param>
    /// <param name="name">Its name; null if it has none.</param>
    /// <param name="fingerprint">The schema's fingerprint, its first byte the most significant. Not checked.</param>
    /// <param name="numbers">The layers' numbers, ascending.</param>
    /// <param name="nameLengths">
    /// How many bytes of <paramref name="nameBytes"/> each layer's name has, 0 without one; or empty if no layer has a name.
    /// </param>
    /// <param name="nameBytes">The layers' names as UTF-8, one after another.</param>
    /// <exception cref="ArgumentException">
    /// <paramref name="id"/> is no dimension, <paramref name="numbers"/> do not ascend, a name passes its limits or is not
    /// UTF-8, or the name lengths do not fit the layers or the name bytes.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more layers than <see cref="Limits.MaxLayers"/>.</exception>
    public DimensionSchema(
        DimensionId id,
        string? name,
        UInt128 fingerprint,
        ReadOnlySpan<uint> numbers,
        ReadOnlySpan<ushort> nameLengths = default,
        ReadOnlySpan<byte> nameBytes = default)
        : this(id, name, fingerprint, numbers.Length, nameLengths, nameBytes)
    {
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] <= numbers[i - 1])
                throw new ArgumentException($"The number {numbers[i]} comes after {numbers[i - 1]}; numbers ascend.", nameof(numbers));
        }

        _firstNumber = numbers.IsEmpty ? 0 : numbers[0];
        if (!numbers.IsEmpty && numbers[^1] - _firstNumber != (uint)(numbers.Length - 1))
            _numbers = numbers.ToArray();
    }

    private DimensionSchema(
        DimensionId id,
        string? name,
        UInt128 fingerprint,
        int layerCount,
        ReadOnlySpan<ushort> nameLengths,
        ReadOnlySpan<byte> nameBytes)
    {
        if (id == default)
            throw new ArgumentException("Zero is not a dimension.", nameof(id));
        if (name is not null)
            CheckName(name, nameof(name));
        ArgumentOutOfRangeException.ThrowIfNegative(layerCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layerCount, Limits.MaxLayers);
        if (nameLengths.Length != 0 && nameLengths.Length != layerCount)
            throw new ArgumentException($"There are {nameLengths.Length} name lengths for {layerCount} layers.", nameof(nameLengths));

        Id = id;
        Name = name;
        Fingerprint = fingerprint;
        LayerCount = layerCount;
        _nameEnds = ReadNames(nameLengths, nameBytes);
        _nameBytes = nameBytes.ToArray();
    }

    /// <summary>The dimension.</summary>
    public DimensionId Id { get; }

    /// <summary>The dimension's name; null if it has none.</summary>
    public string? Name { get; }

    /// <summary>The first 16 bytes of the SHA-256 of the schema, the first byte the most significant. Spec: FPR-1.</summary>
    public UInt128 Fingerprint { get; }

    /// <summary>How many layers the dimension has.</summary>
    public int LayerCount { get; }

    /// <summary>The layers, by ascending number. Made at the first call; later calls allocate nothing.</summary>
    public ReadOnlySpan<LayerId> LayerIds
    {
        get
        {
            // Two threads may both make one; they are equal, and either may stay.
            LayerId[]? ids = Volatile.Read(ref _layerIds);
            if (ids is null)
            {
                ids = new LayerId[LayerCount];
                for (int i = 0; i < ids.Length; i++)
                    ids[i] = new LayerId(Id, NumberAt(i));
                Volatile.Write(ref _layerIds, ids);
            }

            return ids;
        }
    }

    /// <summary>Describes a dimension and computes its fingerprint.</summary>
    /// <param name="id">The dimension.</param>
    /// <param name="name">Its name; null if it has none.</param>
    /// <param name="layers">Its layers, in any order.</param>
    /// <exception cref="ArgumentNullException"><paramref name="layers"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <paramref name="id"/> is no dimension, a layer is of another dimension or is there twice, or a name passes its limits
    /// or is not Unicode.
    /// </exception>
    public static DimensionSchema Create(DimensionId id, string? name, IEnumerable<LayerSchema> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        if (name is not null)
            CheckName(name, nameof(name));
        LayerSchema[] ordered = [.. layers];
        Array.Sort(ordered, static (a, b) => a.Id.CompareTo(b.Id));

        uint[] numbers = new uint[ordered.Length];
        ushort[] nameLengths = new ushort[ordered.Length];
        List<byte> nameBytes = [];
        using SchemaFingerprint fingerprint = new(id.Value, name, (uint)ordered.Length);
        for (int i = 0; i < ordered.Length; i++)
        {
            LayerSchema layer = ordered[i];
            if (layer.Id.Dimension != id)
                throw new ArgumentException($"{layer.Id} is not a layer of {id}.", nameof(layers));
            numbers[i] = layer.Id.Number;
            if (layer.Name is not null)
                nameLengths[i] = CheckName(layer.Name, nameof(layers));
            nameBytes.AddRange(Encoding.UTF8.GetBytes(layer.Name ?? ""));
            fingerprint.Append(layer.Id.Number, layer.Name);
        }

        return new DimensionSchema(
            id,
            name,
            BinaryPrimitives.ReadUInt128BigEndian(fingerprint.Finish()),
            numbers,
            nameBytes.Count == 0 ? default : nameLengths,
            CollectionsMarshal.AsSpan(nameBytes));
    }

    /// <summary>The layer at <paramref name="index"/> of the layers by ascending number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="index"/> is negative, or not below <see cref="LayerCount"/>.
    /// </exception>
    public LayerSchema LayerAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, LayerCount);
        return new LayerSchema(new LayerId(Id, NumberAt(index)), NameAt(index));
    }

    /// <summary>The index of <paramref name="layer"/> among the layers by ascending number; -1 if it is none of them.</summary>
    public int IndexOf(LayerId layer)
    {
        if (layer.Dimension != Id)
            return -1;
        if (_numbers is not null)
            return Math.Max(Array.BinarySearch(_numbers, layer.Number), -1);
        return layer.Number >= _firstNumber && layer.Number - _firstNumber < (uint)LayerCount ? (int)(layer.Number - _firstNumber) : -1;
    }

    /// <summary>Whether <paramref name="layer"/> is one of the layers.</summary>
    public bool Contains(LayerId layer) => IndexOf(layer) >= 0;

    /// <summary>The name of <paramref name="layer"/>; null if it has none or is not one of the layers.</summary>
    public string? NameOf(LayerId layer)
    {
        int index = IndexOf(layer);
        return index < 0 ? null : NameAt(index);
    }

    /// <summary>
    /// Finds a layer by its name, compared ordinally; of several with the name, the one with the lowest number. Allocates
    /// nothing but an index of the names at the first call.
    /// </summary>
    public bool TryFindLayer(ReadOnlySpan<char> name, out LayerId layer)
    {
        // A char is at least a byte, so what is longer than the limit names no layer.
        Span<byte> utf8 = stackalloc byte[Limits.MaxNameLength];
        if (_nameEnds is not null && name.Length <= Limits.MaxNameLength
            && Utf8.FromUtf16(name, utf8, out _, out int length, replaceInvalidSequences: false) == System.Buffers.OperationStatus.Done)
        {
            return TryFindLayer(utf8[..length], out layer);
        }

        layer = default;
        return false;
    }

    /// <inheritdoc cref="TryFindLayer(ReadOnlySpan{char}, out LayerId)"/>
    public bool TryFindLayer(ReadOnlySpan<byte> utf8Name, out LayerId layer)
    {
        int index = -1;
        if (_nameEnds is not null && !utf8Name.IsEmpty)
        {
            LayerNameIndex? names = Volatile.Read(ref _nameIndex);
            if (names is null)
            {
                names = new LayerNameIndex(_nameBytes, _nameEnds);
                Volatile.Write(ref _nameIndex, names);
            }

            index = names.Find(utf8Name);
        }

        layer = index < 0 ? default : new LayerId(Id, NumberAt(index));
        return index >= 0;
    }

    /// <summary>The dimension and its name, such as <c>D01 Emotion</c>.</summary>
    public override string ToString() => Name is null ? Id.ToString() : $"{Id} {Name}";

    /// <summary>A layer's name as UTF-8; empty if it has none.</summary>
    internal ReadOnlySpan<byte> Utf8NameAt(int index)
    {
        if (_nameEnds is null)
            return default;
        int start = index == 0 ? 0 : _nameEnds[index - 1];
        return _nameBytes.AsSpan(start, _nameEnds[index] - start);
    }

    private uint NumberAt(int index) => _numbers is null ? _firstNumber + (uint)index : _numbers[index];

    private string? NameAt(int index)
    {
        ReadOnlySpan<byte> utf8 = Utf8NameAt(index);
        if (utf8.IsEmpty)
            return null;

        string?[]? names = Volatile.Read(ref _names);
        if (names is null)
        {
            names = new string?[LayerCount];
            Volatile.Write(ref _names, names);
        }

        return names[index] ??= Encoding.UTF8.GetString(utf8);
    }

    private static int[]? ReadNames(ReadOnlySpan<ushort> nameLengths, ReadOnlySpan<byte> nameBytes)
    {
        int[] ends = new int[nameLengths.Length];
        long end = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            int length = nameLengths[i];
            if (length > Limits.MaxNameLength)
                throw new ArgumentException($"A name has {length} bytes; it takes at most {Limits.MaxNameLength}.", nameof(nameLengths));
            if (length > nameBytes.Length - end)
                throw new ArgumentException("The names are longer than their bytes.", nameof(nameLengths));
            if (!Utf8.IsValid(nameBytes.Slice((int)end, length)))
                throw new ArgumentException("A name is not UTF-8.", nameof(nameBytes));
            ends[i] = (int)(end += length);
        }

        if (end != nameBytes.Length)
            throw new ArgumentException("The names are shorter than their bytes.", nameof(nameLengths));
        return end == 0 ? null : ends;
    }

    /// <summary>Checks a name and gives its length in UTF-8 bytes.</summary>
    private static ushort CheckName(string name, string parameter)
    {
        Span<byte> utf8 = stackalloc byte[Limits.MaxNameLength];
        System.Buffers.OperationStatus status = Utf8.FromUtf16(name, utf8, out _, out int length, replaceInvalidSequences: false);
        if (status == System.Buffers.OperationStatus.DestinationTooSmall || length == 0 && status == System.Buffers.OperationStatus.Done)
            throw new ArgumentException($"A name has 1 to {Limits.MaxNameLength} bytes of UTF-8.", parameter);
        if (status != System.Buffers.OperationStatus.Done)
            throw new ArgumentException("The name holds half of a surrogate pair.", parameter);
        return (ushort)length;
    }
}

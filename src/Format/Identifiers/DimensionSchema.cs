using System.Buffers;
using System.Buffers.Binary;
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
    private readonly byte[] _nameBytes;
    private readonly int[]? _nameEnds;
    private string?[]? _names;
    private LayerId[]? _layerIds;
    private LayerNameIndex? _nameIndex;

    /// <summary>Describes a dimension whose layers have consecutive numbers.</summary>
    /// <param name="id">The dimension.</param>
    /// <param name="name">Its name; null if it has none.</param>
    /// <param name="fingerprint">The schema's fingerprint, its first byte the most significant. Not checked.</param>
    /// <param name="firstNumber">The number of the first layer.</param>
    /// <param name="layerCount">How many layers there are.</param>
    /// <param name="layerNames">
    /// The layers' names as UTF-8, a line for each layer by ascending number, an empty line for a layer without a name, and no
    /// line end after the last; or empty if no layer has a name. Lines end with LF or CRLF.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="id"/> is no dimension, a name passes its limits or is not UTF-8, or there is another number of lines
    /// than of layers.
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
        ReadOnlySpan<byte> layerNames = default)
        : this(id, name, fingerprint, layerCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layerCount, uint.MaxValue - firstNumber + 1L, nameof(layerCount));
        _firstNumber = firstNumber;
        (_nameBytes, _nameEnds) = ReadNames(layerNames, layerCount);
    }

    /// <summary>Describes a dimension whose layers have any numbers.</summary>
    /// <param name="id">The dimension.</param>
    /// <param name="name">Its name; null if it has none.</param>
    /// <param name="fingerprint">The schema's fingerprint, its first byte the most significant. Not checked.</param>
    /// <param name="numbers">The layers' numbers, ascending.</param>
    /// <param name="layerNames">
    /// The layers' names as UTF-8, a line for each layer by ascending number, an empty line for a layer without a name, and no
    /// line end after the last; or empty if no layer has a name. Lines end with LF or CRLF.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="id"/> is no dimension, <paramref name="numbers"/> do not ascend, a name passes its limits or is not
    /// UTF-8, or there is another number of lines than of layers.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more layers than <see cref="Limits.MaxLayers"/>.</exception>
    public DimensionSchema(
        DimensionId id, string? name, UInt128 fingerprint, ReadOnlySpan<uint> numbers, ReadOnlySpan<byte> layerNames = default)
        : this(id, name, fingerprint, numbers.Length)
    {
        (_firstNumber, _numbers) = ReadNumbers(numbers, nameof(numbers));
        (_nameBytes, _nameEnds) = ReadNames(layerNames, numbers.Length);
    }

    private DimensionSchema(DimensionId id, string? name, UInt128 fingerprint, int layerCount)
    {
        if (id == default)
            throw new ArgumentException("Zero is not a dimension.", nameof(id));
        if (name is not null)
            Encode(name, stackalloc byte[Limits.MaxNameLength], nameof(name));
        ArgumentOutOfRangeException.ThrowIfNegative(layerCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(layerCount, Limits.MaxLayers);
        Id = id;
        Name = name;
        Fingerprint = fingerprint;
        LayerCount = layerCount;
        _nameBytes = [];
    }

    private DimensionSchema(DimensionId id, string? name, LayerSchema[] layers)
        : this(id, name, fingerprint: default, layers.Length)
    {
        using SchemaFingerprint fingerprint = new(id.Value, name, (uint)layers.Length);
        uint[] numbers = new uint[layers.Length];
        _nameEnds = new int[layers.Length];
        List<byte> nameBytes = [];
        Span<byte> utf8 = stackalloc byte[Limits.MaxNameLength];
        for (int i = 0; i < layers.Length; i++)
        {
            LayerSchema layer = layers[i];
            if (layer.Id.Dimension != id)
                throw new ArgumentException($"{layer.Id} is not a layer of {id}.", nameof(layers));
            int length = layer.Name is null ? 0 : Encode(layer.Name, utf8, nameof(layers));
            nameBytes.AddRange(utf8[..length]);
            numbers[i] = layer.Id.Number;
            _nameEnds[i] = nameBytes.Count;
            fingerprint.Append(layer.Id.Number, utf8[..length]);
        }

        (_firstNumber, _numbers) = ReadNumbers(numbers, nameof(layers));
        _nameBytes = [.. nameBytes];
        if (_nameBytes.Length == 0)
            _nameEnds = null;
        Fingerprint = BinaryPrimitives.ReadUInt128BigEndian(fingerprint.Finish());
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
    /// <exception cref="ArgumentOutOfRangeException">There are more layers than <see cref="Limits.MaxLayers"/>.</exception>
    public static DimensionSchema Create(DimensionId id, string? name, IEnumerable<LayerSchema> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        LayerSchema[] ordered = [.. layers];
        Array.Sort(ordered, static (a, b) => a.Id.CompareTo(b.Id));
        return new DimensionSchema(id, name, ordered);
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
        long index = (long)layer.Number - _firstNumber;
        return index >= 0 && index < LayerCount ? (int)index : -1;
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
            && Utf8.FromUtf16(name, utf8, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done)
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

    /// <summary>Checks that numbers ascend; consecutive ones need no table.</summary>
    private static (uint First, uint[]? Numbers) ReadNumbers(ReadOnlySpan<uint> numbers, string parameter)
    {
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] <= numbers[i - 1])
                throw new ArgumentException($"Layer {numbers[i]} comes after layer {numbers[i - 1]}.", parameter);
        }

        if (numbers.IsEmpty)
            return (0, null);
        bool isDense = numbers[^1] - numbers[0] == (uint)(numbers.Length - 1);
        return (numbers[0], isDense ? null : numbers.ToArray());
    }

    /// <summary>Takes the names out of their lines.</summary>
    private static (byte[] Bytes, int[]? Ends) ReadNames(ReadOnlySpan<byte> layerNames, int layerCount)
    {
        if (layerNames.IsEmpty)
            return ([], null);

        byte[] bytes = new byte[layerNames.Length];
        int[] ends = new int[layerCount];
        int end = 0;
        int count = 0;
        foreach (Range range in layerNames.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> name = layerNames[range];
            if (name is [.., (byte)'\r'])
                name = name[..^1];
            if (name.Length > Limits.MaxNameLength)
            {
                throw new ArgumentException(
                    $"A name has {name.Length} bytes; it takes at most {Limits.MaxNameLength}.", nameof(layerNames));
            }

            if (!Utf8.IsValid(name))
                throw new ArgumentException("A name is not UTF-8.", nameof(layerNames));
            if (count == layerCount)
                throw new ArgumentException($"There are more names than the {layerCount} layers.", nameof(layerNames));
            name.CopyTo(bytes.AsSpan(end));
            ends[count++] = end += name.Length;
        }

        if (count < layerCount)
            throw new ArgumentException($"There are {count} names for {layerCount} layers.", nameof(layerNames));
        return (bytes, ends);
    }

    /// <summary>Checks a name, writes it as UTF-8, and gives its length.</summary>
    private static int Encode(string name, Span<byte> utf8, string parameter) =>
        Utf8.FromUtf16(name, utf8, out _, out int length, replaceInvalidSequences: false) switch
        {
            OperationStatus.Done when length > 0 => length,
            OperationStatus.InvalidData or OperationStatus.NeedMoreData =>
                throw new ArgumentException("A name holds half of a surrogate pair.", parameter),
            _ => throw new ArgumentException($"A name has 1 to {Limits.MaxNameLength} bytes of UTF-8.", parameter),
        };
}

using System.Buffers;
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
    private readonly LayerTable _layers;
    private string?[]? _names;
    private LayerId[]? _layerIds;
    private LayerId[]? _namedLayerIds;
    private LayerNameIndex? _nameIndex;

    /// <summary>Describes a dimension by text, which costs the compiler nothing however many layers it lists.</summary>
    /// <param name="id">The dimension.</param>
    /// <param name="name">Its name; null if it has none.</param>
    /// <param name="fingerprint">The schema's fingerprint, its first byte the most significant. Not checked.</param>
    /// <param name="layers">
    /// The layers by ascending number, a line of UTF-8 each: the number, or <c>+</c> if it is one more than that of the line
    /// before, a space, the parent's number or <c>-</c>, and if it has a name, a space and the name: <c>3 0 Joy</c>. Lines have
    /// LF or CRLF between them.
    /// </param>
    /// <exception cref="ArgumentException">
    /// <paramref name="id"/> is no dimension, a name passes its limits or is not Unicode, a line is not of this form, numbers
    /// do not ascend, or a parent is not there.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more layers than <see cref="Limits.MaxLayers"/>.</exception>
    public DimensionSchema(DimensionId id, string? name, UInt128 fingerprint, ReadOnlySpan<byte> layers)
        : this(id, name, Digest128.From(fingerprint), LayerTable.Parse(layers, nameof(layers)))
    {
    }

    private DimensionSchema(DimensionId id, string? name, Digest128 fingerprint, LayerTable layers)
    {
        if (id == default)
            throw new ArgumentException("Zero is not a dimension.", nameof(id));
        if (name is not null)
            Encode(name, stackalloc byte[Limits.MaxNameLength], nameof(name));
        Id = id;
        Name = name;
        Digest = fingerprint;
        _layers = layers;
    }

    /// <summary>The dimension.</summary>
    public DimensionId Id { get; }

    /// <summary>The dimension's name; null if it has none.</summary>
    public string? Name { get; }

    /// <summary>The first 16 bytes of the SHA-256 of the schema, the first byte the most significant. Spec: FPR-1.</summary>
    public UInt128 Fingerprint => Digest.ToUInt128();

    /// <inheritdoc cref="Fingerprint"/>
    internal Digest128 Digest { get; }

    /// <summary>How many layers the dimension has.</summary>
    public int LayerCount => _layers.Count;

    /// <summary>The layers, by ascending number. Made at the first call; later calls allocate nothing.</summary>
    public ReadOnlySpan<LayerId> LayerIds => Volatile.Read(ref _layerIds) ?? MakeIds(ref _layerIds, onlyNamed: false);

    /// <summary>
    /// The layers that have a name, by ascending number. Made at the first call; later calls allocate nothing.
    /// </summary>
    public ReadOnlySpan<LayerId> NamedLayerIds => Volatile.Read(ref _namedLayerIds) ?? MakeIds(ref _namedLayerIds, onlyNamed: true);

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
        if (name is not null)
            Encode(name, stackalloc byte[Limits.MaxNameLength], nameof(name));
        LayerSchema[] ordered = [.. layers];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ordered.Length, Limits.MaxLayers, nameof(layers));
        Array.Sort(ordered, static (a, b) => a.Id.CompareTo(b.Id));

        byte[][] names = new byte[ordered.Length][];
        Span<byte> utf8 = stackalloc byte[Limits.MaxNameLength];
        using SchemaFingerprint fingerprint = new(id.Value, name, (uint)ordered.Length);
        for (int i = 0; i < ordered.Length; i++)
        {
            string? layerName = ordered[i].Name;
            names[i] = layerName is null ? [] : utf8[..Encode(layerName, utf8, nameof(layers))].ToArray();
            fingerprint.Append(ordered[i].Id.Number, names[i].AsSpan());
        }

        return new DimensionSchema(
            id,
            name,
            Digest128.ReadBigEndian(fingerprint.Finish()),
            LayerTable.Create(id, ordered, names, nameof(layers)));
    }

    /// <summary>The layer at <paramref name="index"/> of the layers by ascending number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="index"/> is negative, or not below <see cref="LayerCount"/>.
    /// </exception>
    public LayerSchema LayerAt(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, LayerCount);
        int parent = _layers.ParentAt(index);
        return new LayerSchema(
            new LayerId(Id, _layers.NumberAt(index)),
            NameAt(index),
            parent < 0 ? null : new LayerId(Id, _layers.NumberAt(parent)));
    }

    /// <summary>The index of <paramref name="layer"/> among the layers by ascending number; -1 if it is none of them.</summary>
    public int IndexOf(LayerId layer) => layer.Dimension == Id ? _layers.IndexOf(layer.Number) : -1;

    /// <summary>Whether <paramref name="layer"/> is one of the layers.</summary>
    public bool Contains(LayerId layer) => IndexOf(layer) >= 0;

    /// <summary>The name of <paramref name="layer"/>; null if it has none or is not one of the layers.</summary>
    public string? NameOf(LayerId layer)
    {
        int index = IndexOf(layer);
        return index < 0 ? null : NameAt(index);
    }

    /// <summary>Gives a layer's parent; false if it has none, or is not one of the layers.</summary>
    public bool TryGetParent(LayerId layer, out LayerId parent)
    {
        int index = IndexOf(layer);
        int parentIndex = index < 0 ? -1 : _layers.ParentAt(index);
        parent = parentIndex < 0 ? default : new LayerId(Id, _layers.NumberAt(parentIndex));
        return parentIndex >= 0;
    }

    /// <summary>
    /// Finds a layer by its name, compared ordinally; of several with the name, the one with the lowest number. Allocates
    /// nothing but an index of the names at the first call.
    /// </summary>
    public bool TryFindLayer(ReadOnlySpan<char> name, out LayerId layer)
    {
        // Most names are short, and a short buffer is cleared sooner. A character is at least a byte, so what has more
        // characters than the limit has bytes names no layer.
        const int Short = 32;
        layer = default;
        if (name.Length <= Short)
            return TryFindLayer(name, stackalloc byte[3 * Short], ref layer);
        return name.Length <= Limits.MaxNameLength && TryFindLayer(name, stackalloc byte[Limits.MaxNameLength], ref layer);
    }

    /// <inheritdoc cref="TryFindLayer(ReadOnlySpan{char}, out LayerId)"/>
    public bool TryFindLayer(ReadOnlySpan<byte> utf8Name, out LayerId layer)
    {
        int index = -1;
        if (_layers.HasNames && !utf8Name.IsEmpty)
        {
            LayerNameIndex? names = Volatile.Read(ref _nameIndex);
            if (names is null)
            {
                names = new LayerNameIndex(_layers);
                Volatile.Write(ref _nameIndex, names);
            }

            index = names.Find(utf8Name);
        }

        layer = index < 0 ? default : new LayerId(Id, _layers.NumberAt(index));
        return index >= 0;
    }

    /// <summary>The dimension and its name, such as <c>D01 Emotion</c>.</summary>
    public override string ToString() => Name is null ? Id.ToString() : $"{Id} {Name}";

    /// <summary>A layer's name as UTF-8; empty if it has none.</summary>
    internal ReadOnlySpan<byte> Utf8NameAt(int index) => _layers.NameAt(index);

    /// <summary>Makes a list of layers. Two threads may both make one; they are equal, and either may stay.</summary>
    private LayerId[] MakeIds(ref LayerId[]? field, bool onlyNamed)
    {
        LayerId[] ids = new LayerId[LayerCount];
        int count = 0;
        for (int i = 0; i < ids.Length; i++)
        {
            if (!onlyNamed || !_layers.NameAt(i).IsEmpty)
                ids[count++] = new LayerId(Id, _layers.NumberAt(i));
        }

        Array.Resize(ref ids, count);
        Volatile.Write(ref field, ids);
        return ids;
    }

    private bool TryFindLayer(ReadOnlySpan<char> name, Span<byte> utf8, ref LayerId layer) =>
        Utf8.FromUtf16(name, utf8, out _, out int length, replaceInvalidSequences: false) == OperationStatus.Done
        && TryFindLayer(utf8[..length], out layer);

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

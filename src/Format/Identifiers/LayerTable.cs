using System.Buffers.Text;
using System.Text.Unicode;
using Lamina.Format;

namespace Lamina;

/// <summary>The layers of a schema, by ascending number: numbers, parents and names in one array each. Immutable.</summary>
internal sealed class LayerTable
{
    private const byte LineEnd = (byte)'\n';
    private const byte Separator = (byte)' ';
    private const byte Next = (byte)'+';
    private const long NoParent = -1;

    private readonly uint _firstNumber;

    // Null where numbers are consecutive, where no layer has a parent, where none has a name.
    private readonly uint[]? _numbers;
    private readonly int[]? _parents;
    private readonly int[]? _nameEnds;
    private readonly byte[] _nameBytes;

    private LayerTable(uint[] numbers, long[] parents, byte[] nameBytes, int[] nameEnds, string parameter)
    {
        Count = numbers.Length;
        for (int i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] <= numbers[i - 1])
                throw new ArgumentException($"Layer {numbers[i]} comes after layer {numbers[i - 1]}.", parameter);
        }

        _firstNumber = numbers.Length == 0 ? 0 : numbers[0];
        if (numbers.Length > 0 && numbers[^1] - _firstNumber != (uint)(numbers.Length - 1))
            _numbers = numbers;
        _nameBytes = nameBytes;
        _nameEnds = nameBytes.Length == 0 ? null : nameEnds;
        for (int i = 0; i < parents.Length; i++)
        {
            if (parents[i] == NoParent)
                continue;
            int parent = IndexOf((uint)parents[i]);
            if (parent < 0)
                throw new ArgumentException($"The parent {parents[i]} of layer {numbers[i]} is not there.", parameter);
            if (_parents is null)
            {
                _parents = new int[numbers.Length];
                _parents.AsSpan().Fill(-1);
            }

            _parents[i] = parent;
        }
    }

    public int Count { get; }

    /// <summary>Whether any layer has a name.</summary>
    public bool HasNames => _nameEnds is not null;

    /// <summary>Reads lines of <c>number parent name</c>, where a number may be <c>+</c>, the one after that of the line before.</summary>
    /// <exception cref="ArgumentException">They are not such lines, or contradict each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are more than <see cref="Limits.MaxLayers"/>.</exception>
    public static LayerTable Parse(ReadOnlySpan<byte> lines, string parameter)
    {
        int count = lines.IsEmpty ? 0 : lines.Count(LineEnd) + 1;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Limits.MaxLayers, parameter);
        uint[] numbers = new uint[count];
        long[] parents = new long[count];
        int[] nameEnds = new int[count];
        byte[] nameBytes = new byte[lines.Length];
        int nameEnd = 0;
        for (int i = 0; i < count; i++)
        {
            int length = lines.IndexOf(LineEnd);
            ReadOnlySpan<byte> line = length < 0 ? lines : lines[..length];
            lines = lines[(length + 1)..];
            if (line is [.., (byte)'\r'])
                line = line[..^1];
            bool isNext = i > 0 && numbers[i - 1] < uint.MaxValue && line is [Next, ..];
            numbers[i] = isNext ? numbers[i - 1] + 1 : 0;
            if (!TryParse(line, isNext, ref numbers[i], out parents[i], out ReadOnlySpan<byte> name))
                throw new ArgumentException($"Line {i + 1} is not a layer's number or '+', its parent's number or '-', and its name.", parameter);
            name.CopyTo(nameBytes.AsSpan(nameEnd));
            nameEnds[i] = nameEnd += name.Length;
        }

        return new LayerTable(numbers, parents, nameBytes[..nameEnd], nameEnds, parameter);
    }

    /// <summary>Takes layers that are ascending by number.</summary>
    /// <param name="dimension">Their dimension.</param>
    /// <param name="layers">The layers.</param>
    /// <param name="names">Their names as UTF-8; empty for none.</param>
    /// <param name="parameter">What a wrong call is told it is wrong in.</param>
    /// <exception cref="ArgumentException">A layer or parent is of another dimension, twice or not there.</exception>
    public static LayerTable Create(DimensionId dimension, LayerSchema[] layers, byte[][] names, string parameter)
    {
        uint[] numbers = new uint[layers.Length];
        long[] parents = new long[layers.Length];
        int[] nameEnds = new int[layers.Length];
        int nameEnd = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            LayerSchema layer = layers[i];
            if (layer.Id.Dimension != dimension || (layer.Parent is LayerId parent && parent.Dimension != dimension))
                throw new ArgumentException($"{layer.Id} or its parent is not a layer of {dimension}.", parameter);
            numbers[i] = layer.Id.Number;
            parents[i] = layer.Parent?.Number ?? NoParent;
            nameEnds[i] = nameEnd = checked(nameEnd + names[i].Length);
        }

        return new LayerTable(numbers, parents, [.. names.SelectMany(static name => name)], nameEnds, parameter);
    }

    public uint NumberAt(int index) => _numbers is null ? _firstNumber + (uint)index : _numbers[index];

    /// <summary>The index of the layer's parent, or -1.</summary>
    public int ParentAt(int index) => _parents is null ? -1 : _parents[index];

    /// <summary>The layer's name as UTF-8; empty if it has none.</summary>
    public ReadOnlySpan<byte> NameAt(int index)
    {
        if (_nameEnds is null)
            return default;
        int start = index == 0 ? 0 : _nameEnds[index - 1];
        return _nameBytes.AsSpan(start, _nameEnds[index] - start);
    }

    /// <summary>The index of the layer with <paramref name="number"/>, or -1.</summary>
    public int IndexOf(uint number)
    {
        if (_numbers is not null)
            return Math.Max(Array.BinarySearch(_numbers, number), -1);
        long index = (long)number - _firstNumber;
        return index >= 0 && index < Count ? (int)index : -1;
    }

    private static bool TryParse(ReadOnlySpan<byte> line, bool isNext, ref uint number, out long parent, out ReadOnlySpan<byte> name)
    {
        name = default;
        parent = NoParent;
        int length = 1;
        if ((!isNext && !Utf8Parser.TryParse(line, out number, out length)) || length == line.Length || line[length] != Separator)
            return false;

        line = line[(length + 1)..];
        if (line is [(byte)'-', ..])
            length = 1;
        else if (Utf8Parser.TryParse(line, out uint parentNumber, out length))
            parent = parentNumber;
        else
            return false;
        if (length == line.Length)
            return true;

        name = line[(length + 1)..];
        return line[length] == Separator && name.Length is > 0 and <= Limits.MaxNameLength && Utf8.IsValid(name);
    }
}

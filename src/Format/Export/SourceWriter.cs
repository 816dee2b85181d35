using System.Buffers;
using System.Globalization;
using Lamina.Format.Conversion;

namespace Lamina.Format.Export;

/// <summary>Writes the text of a <c>dimensions.json</c> through one buffer, however long its strings are.</summary>
/// <remarks>
/// Text is written as it is but for what JSON demands to be escaped. A JSON writer of the framework escapes characters
/// outside the basic plane as well, which would make the export of a lexicon hard to read and to compare.
/// </remarks>
internal sealed class SourceWriter(Stream output, InputSyntax syntax)
{
    private const int BufferSize = 64 * 1024;

    private static readonly SearchValues<byte> MustBeEscaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(static value => (byte)value), (byte)'"', (byte)'\\']);

    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly bool _lines = syntax == InputSyntax.JsonLines;
    private int _length;
    private long _flushed;
    private bool _isFirstObject;
    private bool _isFirstProperty;
    private bool _isFirstText;

    /// <summary>Bytes written so far.</summary>
    public long BytesWritten => _flushed + _length;

    /// <summary>Begins the text and its list of dimensions.</summary>
    public void Begin() => BeginList("{\n  \"dimensions\": ["u8);

    /// <summary>Ends the dimensions and begins the layers.</summary>
    public void BeginLayers()
    {
        EndList(","u8);
        BeginList("  \"layers\": ["u8);
    }

    /// <summary>Ends the text and hands everything to the stream.</summary>
    public void End()
    {
        EndList("\n}"u8);
        Flush();
        output.Flush();
    }

    /// <summary>Begins a dimension or layer, on a line of its own.</summary>
    public void BeginObject()
    {
        if (!_lines)
            Raw(_isFirstObject ? "\n    "u8 : ",\n    "u8);
        _isFirstObject = false;
        _isFirstProperty = true;
        Raw("{"u8);
    }

    public void EndObject() => Raw(_lines ? "}\n"u8 : "}"u8);

    public void Number(ReadOnlySpan<byte> property, long value)
    {
        Property(property);
        value.TryFormat(Room(32), out int written, provider: CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Writes the shortest decimal that reads back as <paramref name="value"/>.</summary>
    public void Number(ReadOnlySpan<byte> property, double value)
    {
        Property(property);
        value.TryFormat(Room(32), out int written, provider: CultureInfo.InvariantCulture);
        _length += written;
    }

    public void Text(ReadOnlySpan<byte> property, ReadOnlySpan<byte> utf8)
    {
        Property(property);
        String(utf8);
    }

    public void BeginTexts(ReadOnlySpan<byte> property)
    {
        Property(property);
        Raw("["u8);
        _isFirstText = true;
    }

    public void Text(ReadOnlySpan<byte> utf8)
    {
        if (!_isFirstText)
            Raw(", "u8);
        _isFirstText = false;
        String(utf8);
    }

    public void EndTexts() => Raw("]"u8);

    public void Base64(ReadOnlySpan<byte> property, ReadOnlySpan<byte> bytes)
    {
        // A multiple of three, so that padding is written at the end alone.
        const int Step = BufferSize / 4 * 3;

        Property(property);
        Raw("\""u8);
        while (!bytes.IsEmpty)
        {
            ReadOnlySpan<byte> part = bytes[..Math.Min(bytes.Length, Step)];
            System.Buffers.Text.Base64.EncodeToUtf8(part, Room(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(part.Length)), out _, out int written);
            _length += written;
            bytes = bytes[part.Length..];
        }

        Raw("\""u8);
    }

    private void BeginList(ReadOnlySpan<byte> text)
    {
        _isFirstObject = true;
        if (!_lines)
            Raw(text);
    }

    private void EndList(ReadOnlySpan<byte> after)
    {
        if (_lines)
            return;
        Raw(_isFirstObject ? "]"u8 : "\n  ]"u8);
        Raw(after);
        Raw("\n"u8);
    }

    private void Property(ReadOnlySpan<byte> name)
    {
        Raw(_isFirstProperty ? "\""u8 : ", \""u8);
        _isFirstProperty = false;
        Raw(name);
        Raw("\": "u8);
    }

    private void String(ReadOnlySpan<byte> utf8)
    {
        Raw("\""u8);
        while (true)
        {
            int at = utf8.IndexOfAny(MustBeEscaped);
            if (at < 0)
                break;
            Raw(utf8[..at]);
            Escape(utf8[at]);
            utf8 = utf8[(at + 1)..];
        }

        Raw(utf8);
        Raw("\""u8);
    }

    private void Escape(byte value)
    {
        switch (value)
        {
            case (byte)'"':
                Raw("\\\""u8);
                break;
            case (byte)'\\':
                Raw("\\\\"u8);
                break;
            case (byte)'\n':
                Raw("\\n"u8);
                break;
            case (byte)'\r':
                Raw("\\r"u8);
                break;
            case (byte)'\t':
                Raw("\\t"u8);
                break;
            default:
                Raw("\\u00"u8);
                value.TryFormat(Room(2), out int written, "x2", CultureInfo.InvariantCulture);
                _length += written;
                break;
        }
    }

    private void Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _length)
        {
            Flush();
            if (bytes.Length >= _buffer.Length)
            {
                output.Write(bytes);
                _flushed += bytes.Length;
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += bytes.Length;
    }

    /// <summary>The free part of the buffer, at least <paramref name="length"/> bytes of it.</summary>
    private Span<byte> Room(int length)
    {
        if (length > _buffer.Length - _length)
            Flush();
        return _buffer.AsSpan(_length);
    }

    private void Flush()
    {
        output.Write(_buffer, 0, _length);
        _flushed += _length;
        _length = 0;
    }
}

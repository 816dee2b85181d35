using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>
/// Reads the structure of JSON (RFC 8259, nothing beyond it) as it comes: it can stop and go on at any byte, and looks at
/// each byte once. Strings are its caller's to read, whole, before the next token.
/// </summary>
/// <param name="locator">Told of line breaks; asked for places.</param>
/// <param name="isLines">Whether each line is a text of its own.</param>
internal sealed class JsonTokenizer(SourceLocator locator, bool isLines)
{
    /// <summary>The deepest nesting of arrays and objects.</summary>
    public const int MaxDepth = 64;

    /// <summary>The most characters of a number.</summary>
    public const int MaxNumberLength = 1024;

    private readonly byte[] _text = new byte[MaxNumberLength + 1];
    private int _textLength;
    private JsonToken _unfinished = JsonToken.NeedMore;

    private Expected _expected = Expected.Value;
    private ulong _isObject;
    private JsonNumber _number;

    private enum Expected
    {
        Value,
        FirstElement,
        FirstName,
        Name,
        Colon,
        Separator,
        End,
    }

    /// <summary>How many arrays and objects are open.</summary>
    public int Depth { get; private set; }

    /// <summary>Where the token begins.</summary>
    public SourcePosition Position { get; private set; }

    /// <summary>Where in the buffer a short name's text is; its length is -1 if its caller has to read it.</summary>
    public (int Start, int Length) Name { get; private set; }

    /// <summary>The number, after <see cref="JsonToken.Number"/>.</summary>
    public ref readonly JsonNumber Number => ref _number;

    /// <summary>Whether a text is at its end, or, where each line is one, none has begun.</summary>
    public bool IsAtEnd => _unfinished == JsonToken.NeedMore
        && (_expected == Expected.End || (isLines && Depth == 0 && _expected == Expected.Value));

    /// <summary>What is wrong, after <see cref="JsonToken.Invalid"/>; the token's place is where.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Whether what is wrong is a limit rather than the JSON.</summary>
    public bool IsBeyondLimit { get; private set; }

    /// <summary>What has to come, in words.</summary>
    public string Wanted => _expected switch
    {
        Expected.Value => "a value",
        Expected.FirstElement => "a value or ']'",
        Expected.FirstName => "a property name or '}'",
        Expected.Name => "a property name",
        Expected.Colon => "':'",
        Expected.Separator => IsInObject ? "',' or '}'" : "',' or ']'",
        _ => isLines ? "the end of the line" : "the end of the text",
    };

    private bool IsInObject => (_isObject & 1) != 0;

    /// <summary>Begins a text anew.</summary>
    public void Reset()
    {
        Depth = 0;
        _expected = Expected.Value;
        _unfinished = JsonToken.NeedMore;
    }

    /// <summary>Goes to the next token if that begins an object that is an element of an array, or a text of its own.</summary>
    /// <param name="buffer">The bytes at hand.</param>
    /// <param name="position">Where to begin in them; moved no further than what the next token skips anyway.</param>
    public bool FindObject(ReadOnlySpan<byte> buffer, ref int position)
    {
        if (_unfinished != JsonToken.NeedMore)
            return false;
        for (; (uint)position < (uint)buffer.Length; position++)
        {
            switch (buffer[position])
            {
                case (byte)'{':
                    return _expected is Expected.Value or Expected.FirstElement;
                case (byte)',' when _expected == Expected.Separator && !IsInObject:
                    _expected = Expected.Value;
                    break;
                case (byte)'\n' when !isLines || EndLine():
                    locator.StartLine(position + 1);
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    break;
                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>Takes the object that <see cref="FindObject"/> found for entered.</summary>
    public void EnterObject() => Enter(isObject: true);

    /// <summary>Takes the value that is to come for an array that is entered.</summary>
    public void EnterArray() => Enter(isObject: false);

    /// <summary>Takes the object for closed.</summary>
    public void LeaveObject() => Close();

    /// <summary>Takes the array for closed.</summary>
    public void LeaveArray() => Close();

    /// <summary>Takes a property's name and its colon, or a comma in an array, for read.</summary>
    public void ExpectValue() => _expected = Expected.Value;

    /// <summary>Takes the comma between two properties for read.</summary>
    public void ExpectName() => _expected = Expected.Name;

    /// <summary>Takes a value inside of an array or an object for read, or the quote that begins it.</summary>
    public void EndPlainValue() => _expected = Expected.Separator;

    /// <summary>Reads the next token.</summary>
    /// <param name="buffer">The bytes at hand.</param>
    /// <param name="position">Where to begin in them; moved behind the token.</param>
    public JsonToken Next(ReadOnlySpan<byte> buffer, ref int position)
    {
        if (_unfinished != JsonToken.NeedMore)
            return Resume(buffer, ref position);

        while (true)
        {
            byte next;
            while (true)
            {
                if ((uint)position >= (uint)buffer.Length)
                    return JsonToken.NeedMore;
                next = buffer[position];
                if (next > ' ')
                    break;
                if (next == '\n')
                {
                    if (isLines && !EndLine())
                        return Unexpected(buffer, position);
                    locator.StartLine(position + 1);
                }
                else if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                    return Unexpected(buffer, position);

                position++;
            }

            switch (_expected)
            {
                case Expected.Separator when next == ',':
                    _expected = IsInObject ? Expected.Name : Expected.Value;
                    position++;
                    continue;

                case Expected.Colon when next == ':':
                    _expected = Expected.Value;
                    position++;
                    continue;

                case Expected.Separator or Expected.FirstName when next == '}' && IsInObject:
                    position++;
                    Close();
                    return JsonToken.EndObject;

                case Expected.Separator or Expected.FirstElement when next == ']' && !IsInObject:
                    position++;
                    Close();
                    return JsonToken.EndArray;

                case Expected.FirstName or Expected.Name when next == '"':
                    Position = locator.Locate(buffer, position);
                    ReadName(buffer, ref position);
                    return JsonToken.Name;

                case Expected.Value or Expected.FirstElement:
                    Position = locator.Locate(buffer, position);
                    return ReadValue(buffer, ref position, next);

                default:
                    return Unexpected(buffer, position);
            }
        }
    }

    private JsonToken ReadValue(ReadOnlySpan<byte> buffer, ref int position, byte first)
    {
        switch (first)
        {
            case (byte)'"':
                position++;
                EndValue();
                return JsonToken.String;
            case (byte)'{':
                position++;
                return Open(JsonToken.StartObject);
            case (byte)'[':
                position++;
                return Open(JsonToken.StartArray);
            case (byte)'t':
                return ReadLiteral(buffer, ref position, JsonToken.True);
            case (byte)'f':
                return ReadLiteral(buffer, ref position, JsonToken.False);
            case (byte)'n':
                return ReadLiteral(buffer, ref position, JsonToken.Null);
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return ReadNumber(buffer, ref position);
            default:
                return Unexpected(buffer, position);
        }
    }

    /// <summary>Reads a name that is plain, short, and whole in the buffer; else leaves it to the caller.</summary>
    private void ReadName(ReadOnlySpan<byte> buffer, ref int position)
    {
        position++;
        Name = (position, -1);
        _expected = Expected.Colon;
        if (buffer.Length - position <= Vector128<byte>.Count)
            return;

        // Signed, so that bytes that are not ASCII count as too small as well.
        Vector128<byte> start = Vector128.Create(buffer[position..]);
        uint ends = (Vector128.Equals(start, Vector128.Create((byte)'"')) | Vector128.Equals(start, Vector128.Create((byte)'\\'))
            | Vector128.LessThan(start.AsSByte(), Vector128.Create((sbyte)0x20)).AsByte()).ExtractMostSignificantBits();
        int length = BitOperations.TrailingZeroCount(ends);
        if (ends == 0 || buffer[position + length] != '"')
            return;

        Name = (position, length);
        position += length + 1;
        if (buffer[position] == ':')
        {
            position++;
            _expected = Expected.Value;
        }
    }

    private JsonToken ReadLiteral(ReadOnlySpan<byte> buffer, ref int position, JsonToken token)
    {
        ReadOnlySpan<byte> word = Word(token);
        if (!buffer[position..].StartsWith(word))
        {
            _unfinished = token;
            _textLength = 0;
            return Resume(buffer, ref position);
        }

        position += word.Length;
        EndValue();
        return token;
    }

    private JsonToken ReadNumber(ReadOnlySpan<byte> buffer, ref int position)
    {
        // What follows decides where a number ends, so one that meets the buffer's end goes the slow way.
        int length = JsonNumber.Read(buffer[position..], out _number);
        if (length == 0 || length > MaxNumberLength || length >= buffer.Length - position || IsNumberByte(buffer[position + length]))
        {
            _unfinished = JsonToken.Number;
            _textLength = 0;
            return Resume(buffer, ref position);
        }

        position += length;
        EndValue();
        return JsonToken.Number;
    }

    private JsonToken Resume(ReadOnlySpan<byte> buffer, ref int position)
    {
        JsonToken token = _unfinished;
        if (token == JsonToken.Number)
        {
            for (; ; position++)
            {
                if (position == buffer.Length)
                    return JsonToken.NeedMore;
                if (!IsNumberByte(buffer[position]))
                    break;
                _text[_textLength++] = buffer[position];
                if (_textLength > MaxNumberLength)
                {
                    IsBeyondLimit = true;
                    Error = string.Create(CultureInfo.InvariantCulture, $"The number has more than {MaxNumberLength} characters. Shorten it.");
                    return JsonToken.Invalid;
                }
            }

            if (JsonNumber.Read(_text.AsSpan(0, _textLength), out _number) != _textLength)
                return Fail("found a number that is not written as JSON writes numbers");
        }
        else
        {
            ReadOnlySpan<byte> word = Word(token);
            for (; _textLength < word.Length; _textLength++, position++)
            {
                if (position == buffer.Length)
                    return JsonToken.NeedMore;
                if (buffer[position] != word[_textLength])
                    return Fail($"found a word that is not true, false or null where {Wanted} belongs");
            }
        }

        _unfinished = JsonToken.NeedMore;
        EndValue();
        return token;
    }

    private JsonToken Open(JsonToken token)
    {
        if (Depth == MaxDepth)
        {
            IsBeyondLimit = true;
            Error = string.Create(
                CultureInfo.InvariantCulture, $"Arrays and objects are nested more than {MaxDepth} deep. Remove some of the nesting.");
            return JsonToken.Invalid;
        }

        Enter(token == JsonToken.StartObject);
        return token;
    }

    private void Enter(bool isObject)
    {
        Depth++;
        _isObject = (_isObject << 1) | (isObject ? 1UL : 0);
        _expected = isObject ? Expected.FirstName : Expected.FirstElement;
    }

    private void Close()
    {
        Depth--;
        _isObject >>= 1;
        EndValue();
    }

    private void EndValue() => _expected = Depth == 0 ? Expected.End : Expected.Separator;

    /// <summary>Whether a line may end here.</summary>
    private bool EndLine()
    {
        if (!IsAtEnd)
            return false;
        _expected = Expected.Value;
        return true;
    }

    private JsonToken Unexpected(ReadOnlySpan<byte> buffer, int position)
    {
        byte next = buffer[position];
        string found = next switch
        {
            (byte)'\n' => "the end of the line",
            > 0x20 and < 0x7F => $"'{(char)next}'",
            _ => string.Create(CultureInfo.InvariantCulture, $"the byte 0x{next:X2}"),
        };
        Position = locator.Locate(buffer, position);
        return Fail($"found {found} where {Wanted} belongs");
    }

    private JsonToken Fail(string error)
    {
        IsBeyondLimit = false;
        Error = error;
        return JsonToken.Invalid;
    }

    private static ReadOnlySpan<byte> Word(JsonToken token) => token switch
    {
        JsonToken.True => "true"u8,
        JsonToken.False => "false"u8,
        _ => "null"u8,
    };

    private static bool IsNumberByte(byte b) => b is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'e' or (byte)'E';
}

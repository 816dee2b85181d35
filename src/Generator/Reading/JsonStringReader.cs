using System.Globalization;
using System.Runtime.CompilerServices;
using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>
/// Reads one string after another: checks every escape and surrogate, counts the bytes of UTF-8, and keeps only as many
/// characters as are asked for.
/// </summary>
internal sealed class JsonStringReader(
    TextWindow window, Action<InputFault, string, SourcePosition> report, Action<string, SourcePosition> fail)
{
    private char[] _kept = new char[256];
    private int _length;
    private int _keep;
    private bool _firstLine;
    private char _high;
    private SourcePosition _highPosition;

    /// <summary>The characters that were kept of the last string.</summary>
    public string Text => new(_kept, 0, _length);

    /// <summary>The property whose name was read.</summary>
    public InputProperty Property => SourceProperties.Find(_kept, 0, _length);

    /// <summary>How many bytes of UTF-8 the last string has; at most <see cref="int.MaxValue"/> is counted.</summary>
    public int Utf8Length { get; private set; }

    /// <summary>Whether the last string holds half of a surrogate pair, which has been reported.</summary>
    public bool HasLoneSurrogate { get; private set; }

    /// <summary>Reads the string whose opening quote comes next.</summary>
    /// <param name="keep">How many characters are kept.</param>
    /// <returns>Whether it ends, and every escape is one.</returns>
    [MethodImpl(Hot.Method)]
    public bool Read(int keep)
    {
        _length = 0;
        _keep = keep;
        _firstLine = false;
        return ReadOn();
    }

    /// <summary>Reads the string whose opening quote comes next, and keeps its first line that is not blank.</summary>
    /// <param name="maxChars">How many characters of the line are wanted; one more is kept.</param>
    /// <inheritdoc cref="Read"/>
    [MethodImpl(Hot.Method)]
    public bool ReadFirstLine(int maxChars)
    {
        _length = 0;
        _keep = maxChars + 1;
        _firstLine = true;
        return ReadOn();
    }

    [MethodImpl(Hot.Method)]
    private bool ReadOn()
    {
        Utf8Length = 0;
        HasLoneSurrogate = false;
        _high = '\0';
        window.Next++;
        while (true)
        {
            if (_high == '\0')
            {
                if (_length >= _keep)
                    SkipPlain();
                else
                    KeepPlain();
            }

            int c = window.Peek();
            if (c == '"')
            {
                EndPair();
                window.Next++;
                return true;
            }

            SourcePosition position = window.Position;
            switch (c)
            {
                case '\\':
                    if (!ReadEscape(position, out c))
                        return false;
                    break;
                case TextWindow.End:
                    FailAtEnd();
                    return false;
                case < ' ':
                    string found = c == '\n'
                        ? "a line break"
                        : "the control character 0x" + c.ToString("X2", CultureInfo.InvariantCulture);
                    EndPair();
                    fail($"found {found} inside a string", position);
                    return false;
                default:
                    window.Next++;
                    break;
            }

            Take((char)c, position);
        }
    }

    /// <summary>Keeps the next run of ASCII at once, up to where the text or what is at hand ends.</summary>
    [MethodImpl(Hot.Method)]
    private void KeepPlain()
    {
        char[] buffer = window.Buffer;
        int start = window.Next;
        int end = Math.Min(window.Limit, start + (_keep - _length));
        int at = start;
        while (at < end && buffer[at] is >= ' ' and < (char)0x7F and not '"' and not '\\')
            at++;

        // The blanks before a first line are not of it.
        if (at == start || _firstLine && _length == 0 && buffer[start] == ' ')
            return;
        Array.Copy(buffer, start, Room(at - start), _length, at - start);
        _length += at - start;
        window.Next = at;
        Count(at - start);
    }

    /// <summary>Skips what needs neither keeping nor a closer look: most of every content.</summary>
    [MethodImpl(Hot.Method)]
    private void SkipPlain()
    {
        while (window.Next < window.Limit || window.Fill())
        {
            char[] buffer = window.Buffer;
            int limit = window.Limit;
            int start = window.Next;
            int at = start;
            int wide = 0;
            for (; at < limit; at++)
            {
                char c = buffer[at];
                if (c < 0x80)
                {
                    if (c is '"' or < ' ')
                        break;
                    if (c != '\\')
                        continue;
                    if (at + 1 >= limit || buffer[at + 1] is not ('"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't'))
                        break;
                    at++;
                    wide--;
                }
                else if (c is >= '\uD800' and <= '\uDFFF')
                {
                    break;
                }
                else
                {
                    wide += c < 0x800 ? 1 : 2;
                }
            }

            window.Next = at;
            Count(at - start + wide);
            if (at < limit)
                return;
        }
    }

    private bool ReadEscape(SourcePosition position, out int c)
    {
        window.Next++;
        c = window.Peek();
        switch (c)
        {
            case '"' or '\\' or '/':
                break;
            case 'b':
                c = '\b';
                break;
            case 'f':
                c = '\f';
                break;
            case 'n':
                c = '\n';
                break;
            case 'r':
                c = '\r';
                break;
            case 't':
                c = '\t';
                break;
            case 'u':
                return ReadHex(position, out c);
            case TextWindow.End:
                FailAtEnd();
                return false;
            default:
                EndPair();
                fail(
                    c is > ' ' and < 0x7F
                        ? $"found '\\{(char)c}', which is no escape"
                        : "found a backslash that begins no escape",
                    position);
                return false;
        }

        window.Next++;
        return true;
    }

    private bool ReadHex(SourcePosition position, out int c)
    {
        c = 0;
        for (int i = 0; i < 4; i++)
        {
            window.Next++;
            int digit = window.Peek();
            int value = digit switch
            {
                >= '0' and <= '9' => digit - '0',
                >= 'a' and <= 'f' => digit - 'a' + 10,
                >= 'A' and <= 'F' => digit - 'A' + 10,
                _ => -1,
            };
            if (value < 0)
            {
                if (digit == TextWindow.End)
                {
                    FailAtEnd();
                    return false;
                }

                EndPair();
                fail("found '\\u' without four hexadecimal digits behind it", position);
                return false;
            }

            c = (c << 4) | value;
        }

        window.Next++;
        return true;
    }

    private void FailAtEnd() => fail("found the end of the text inside a string", window.Position);

    private void Take(char c, SourcePosition position)
    {
        if (char.IsLowSurrogate(c) && _high != '\0')
        {
            Count(4);
            Keep(_high, c);
            _high = '\0';
            return;
        }

        EndPair();
        if (char.IsHighSurrogate(c))
        {
            _high = c;
            _highPosition = position;
        }
        else if (char.IsLowSurrogate(c))
        {
            Lone(position);
        }
        else
        {
            Count(c < 0x80 ? 1 : c < 0x800 ? 2 : 3);
            Keep(c);
        }
    }

    private void EndPair()
    {
        if (_high == '\0')
            return;
        _high = '\0';
        Lone(_highPosition);
    }

    private void Lone(SourcePosition position)
    {
        if (!HasLoneSurrogate)
            report(InputFault.LoneSurrogate, InputMessages.LoneSurrogate(), position);
        HasLoneSurrogate = true;
    }

    private void Keep(char c)
    {
        if (_length >= _keep)
            return;
        if (!_firstLine)
            Append(c);
        else if (c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029' or '\v' or '\f')
            _keep = _length > 0 ? _length : _keep;
        else if (_length > 0 || !char.IsWhiteSpace(c))
            Append(c);
    }

    private void Keep(char high, char low)
    {
        // A pair is kept whole or not at all.
        if (_length + 2 <= _keep)
        {
            Append(high);
            Append(low);
        }
        else
        {
            _keep = Math.Min(_keep, _length);
        }
    }

    private void Append(char c) => Room(1)[_length++] = c;

    /// <summary>What is kept, with room for <paramref name="count"/> characters more.</summary>
    private char[] Room(int count)
    {
        if (count > _kept.Length - _length)
            Array.Resize(ref _kept, Math.Max(2 * _kept.Length, _length + count));
        return _kept;
    }

    private void Count(int bytes) => Utf8Length = bytes > int.MaxValue - Utf8Length ? int.MaxValue : Utf8Length + bytes;
}

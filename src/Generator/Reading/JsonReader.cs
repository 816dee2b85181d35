using System.Globalization;
using System.Runtime.CompilerServices;
using Lamina.Format;
using Lamina.Format.Schema;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator.Reading;

/// <summary>
/// Reads strict JSON forward, at exact positions, in memory that does not grow with the text: a string's characters are kept
/// only as far as the caller asks for them. The first place that is not JSON ends the reading; from then on every method
/// answers as at the end of an object or array, so that callers unwind by themselves.
/// </summary>
internal sealed class JsonReader
{
    /// <summary>How deep values may be nested, as in the converter.</summary>
    public const int MaxNesting = 64;

    private const string AnyValue = "a value";

    private readonly TextWindow _window;
    private readonly JsonStringReader _strings;
    private readonly JsonStringReader _firstLines;
    private readonly JsonNumberReader _numbers;
    private readonly Action<InputFault, string, SourcePosition> _report;
    private readonly bool _lines;
    private string _wanted = AnyValue;

    /// <summary>Begins to read <paramref name="text"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lines">Whether it is one value a line.</param>
    /// <param name="report">Takes what is wrong with the text.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public JsonReader(
        SourceText text, bool lines, Action<InputFault, string, SourcePosition> report, CancellationToken cancellationToken)
    {
        _window = new TextWindow(text, cancellationToken);
        _report = report;
        _lines = lines;
        _strings = new JsonStringReader(_window, report, Fail);
        _firstLines = new JsonStringReader(_window, report, Fail);
        _numbers = new JsonNumberReader(_window);
    }

    /// <summary>Whether the text turned out not to be JSON.</summary>
    public bool Failed { get; private set; }

    /// <summary>What <see cref="Peek"/> saw last.</summary>
    public JsonKind Kind { get; private set; }

    /// <summary>Where the value begins that <see cref="Peek"/> saw last.</summary>
    public SourcePosition ValuePosition { get; private set; }

    /// <summary>The property that <see cref="NextProperty"/> came to.</summary>
    public InputProperty Property { get; private set; }

    /// <summary>Its name, until its value is read.</summary>
    public string PropertyText => Property == InputProperty.Unknown ? _strings.Text : InputPropertyNames.NameOf(Property);

    /// <summary>Whether its name is text, and not one with half of a surrogate pair, which has been reported.</summary>
    public bool IsPropertyText { get; private set; }

    /// <summary>Where its name begins.</summary>
    public SourcePosition PropertyPosition { get; private set; }

    /// <summary>What comes next. Values are read or skipped by the method of their kind.</summary>
    [MethodImpl(Hot.Method)]
    public JsonKind Peek()
    {
        Kind = JsonKind.None;
        if (Failed)
            return Kind;
        int c = SkipSpace();
        ValuePosition = _window.Position;
        Kind = c switch
        {
            '{' => JsonKind.Object,
            '[' => JsonKind.Array,
            '"' => JsonKind.String,
            '-' or (>= '0' and <= '9') => JsonKind.Number,
            't' or 'f' => JsonKind.Boolean,
            'n' => JsonKind.Null,
            _ => JsonKind.None,
        };
        if (Kind == JsonKind.None)
            Unexpected(_wanted);
        return Kind;
    }

    /// <summary>Takes the bracket that <see cref="Peek"/> saw.</summary>
    public void Enter() => _window.Next++;

    /// <summary>Comes to the next property of the object that was entered; false at its end, which is taken.</summary>
    /// <param name="first">True before the first property; set to false.</param>
    [MethodImpl(Hot.Method)]
    public bool NextProperty(ref bool first)
    {
        bool isFirst = first;
        if (!NextItem(ref first, '}'))
            return false;
        if (_window.Peek() != '"')
        {
            Unexpected(isFirst ? "a property name or '}'" : "a property name");
            return false;
        }

        PropertyPosition = _window.Position;
        if (TryTakeKnownName())
            return true;
        if (!_strings.Read(Limits.MaxNameLength))
            return false;
        Property = _strings.Property;
        IsPropertyText = !_strings.HasLoneSurrogate;
        return true;
    }

    /// <summary>Takes a name that is written plainly, is at hand and is of a known property, as nearly all are.</summary>
    [MethodImpl(Hot.Method)]
    private bool TryTakeKnownName()
    {
        char[] buffer = _window.Buffer;
        int start = _window.Next + 1;
        int limit = Math.Min(_window.Limit, start + SourceProperties.MaxLength + 1);
        int end = start;
        while (end < limit && buffer[end] != '"')
            end++;
        Property = end < limit ? SourceProperties.Find(buffer, start, end - start) : InputProperty.Unknown;
        if (Property == InputProperty.Unknown)
            return false;
        IsPropertyText = true;
        _window.Next = end + 1;
        return true;
    }

    /// <summary>Comes to the value of the property that <see cref="NextProperty"/> came to; says of what kind it is.</summary>
    [MethodImpl(Hot.Method)]
    public JsonKind PeekPropertyValue()
    {
        if (SkipSpace() == ':')
            _window.Next++;
        else
            Unexpected("':'");
        _wanted = AnyValue;
        return Peek();
    }

    /// <summary>Comes to the next element of the array that was entered; false at its end, which is taken.</summary>
    /// <param name="first">True before the first element; set to false.</param>
    [MethodImpl(Hot.Method)]
    public bool NextElement(ref bool first)
    {
        _wanted = first ? "a value or ']'" : AnyValue;
        return NextItem(ref first, ']');
    }

    /// <summary>Reads the string that <see cref="Peek"/> saw.</summary>
    /// <param name="maxChars">How many characters of it are wanted.</param>
    /// <param name="text">Its first characters.</param>
    /// <param name="utf8Length">How many bytes of UTF-8 the whole string has.</param>
    /// <returns>Whether it is a string, of whole characters.</returns>
    [MethodImpl(Hot.Method)]
    public bool ReadString(int maxChars, out string text, out int utf8Length)
    {
        bool read = _strings.Read(maxChars);
        text = _strings.Text;
        utf8Length = _strings.Utf8Length;
        return read && !_strings.HasLoneSurrogate;
    }

    /// <summary>The first line that was read last, trimmed; one character longer than wanted if it goes on; empty without one.</summary>
    public string FirstLine => _firstLines.Text.TrimEnd();

    /// <summary>Reads the string that <see cref="Peek"/> saw for its <see cref="FirstLine"/>.</summary>
    /// <param name="maxChars">How many characters of the line are wanted.</param>
    /// <returns>Whether it ends, and every escape is one.</returns>
    public bool ReadFirstLine(int maxChars) => _firstLines.ReadFirstLine(maxChars);

    /// <summary>Reads the number that <see cref="Peek"/> saw, if it is written plainly; else takes nothing.</summary>
    /// <inheritdoc cref="JsonNumberReader.TryReadPlain"/>
    public bool TryReadPlainNumber(out long digits, out int decimals) => _numbers.TryReadPlain(out digits, out decimals);

    /// <summary>Reads the number that <see cref="Peek"/> saw.</summary>
    /// <returns>Its text, or null if it is not JSON's form of a number.</returns>
    public string? ReadNumber()
    {
        string text = _numbers.Read();
        if (text.Length > JsonNumberReader.MaxLength)
            FailLimit(FormattableString.Invariant($"The number has more than {JsonNumberReader.MaxLength} characters. Shorten it."));
        else if (!JsonNumberReader.IsNumber(text))
            Fail("found a number that is not written as JSON writes numbers", ValuePosition);
        return Failed ? null : text;
    }

    /// <summary>Skips the <c>true</c>, <c>false</c> or <c>null</c> that <see cref="Peek"/> saw.</summary>
    public void SkipLiteral()
    {
        string word = _window.Peek() switch
        {
            't' => "true",
            'f' => "false",
            _ => "null",
        };
        foreach (char c in word)
        {
            if (_window.Peek() != c)
            {
                Fail($"found a word that is not true, false or null where {_wanted} belongs", ValuePosition);
                return;
            }

            _window.Next++;
        }
    }

    /// <summary>Skips the value that <see cref="Peek"/> saw, whatever it is, without recursion.</summary>
    /// <param name="nesting">How many objects and arrays the value is in.</param>
    /// <returns>
    /// Whether it is a value: a number or word once it has been read, a string, array or object however it goes on.
    /// </returns>
    public bool SkipValue(int nesting)
    {
        // Bit n says whether nesting level n is an object.
        ulong objects = 0;
        int depth = 0;
        bool first = true;
        bool more;
        JsonKind kind = Peek();
        bool isValue = kind is JsonKind.String or JsonKind.Array or JsonKind.Object;
        do
        {
            switch (kind)
            {
                case JsonKind.Object or JsonKind.Array when nesting + depth == MaxNesting:
                    FailLimit(FormattableString.Invariant(
                        $"Arrays and objects are nested more than {MaxNesting} deep. Remove some of the nesting."));
                    return false;
                case JsonKind.Object:
                    Enter();
                    objects |= 1UL << depth++;
                    first = true;
                    break;
                case JsonKind.Array:
                    Enter();
                    objects &= ~(1UL << depth++);
                    first = true;
                    break;
                case JsonKind.String:
                    _strings.Read(0);
                    break;
                case JsonKind.Number:
                    if (!TryReadPlainNumber(out _, out _))
                        ReadNumber();
                    break;
                case JsonKind.Boolean or JsonKind.Null:
                    SkipLiteral();
                    break;
            }

            // Leaves what has ended, up to the next value of an object or array that has not.
            more = false;
            while (depth > 0 && !Failed && !more)
            {
                bool inObject = (objects >> (depth - 1) & 1) != 0;
                more = inObject ? NextProperty(ref first) : NextElement(ref first);
                if (more)
                    kind = inObject ? PeekPropertyValue() : Peek();
                else
                    depth--;
            }
        }
        while (more && !Failed);
        return isValue || !Failed;
    }

    /// <summary>Goes to the next line that is not blank; false at the end of the text.</summary>
    public bool NextLine()
    {
        for (int c = SkipSpace(); c == '\n'; c = SkipSpace())
        {
            _window.Next++;
            _window.BeginLine();
        }

        return _window.Peek() != TextWindow.End;
    }

    /// <summary>How many characters come before <paramref name="position"/>, which has been passed.</summary>
    public int OffsetOf(SourcePosition position) => _window.OffsetOf(position);

    /// <summary>Checks that nothing comes after a value: in the text, or in its line.</summary>
    public void EndText()
    {
        if (!Failed && SkipSpace() is not (TextWindow.End or '\n'))
            Unexpected(_lines ? "the end of the line" : "the end of the text");
    }

    /// <summary>Goes on at the next line after a line that is not JSON.</summary>
    public void Recover()
    {
        for (int c = _window.Peek(); c is not (TextWindow.End or '\n'); c = _window.Peek())
            _window.Next++;
        Failed = false;
    }

    [MethodImpl(Hot.Method)]
    private bool NextItem(ref bool first, char end)
    {
        if (Failed)
            return false;
        bool isFirst = first;
        first = false;
        int c = SkipSpace();
        if (c == end)
        {
            _window.Next++;
            return false;
        }

        if (isFirst)
            return true;
        if (c != ',')
        {
            Unexpected($"',' or '{end}'");
            return false;
        }

        _window.Next++;
        SkipSpace();
        return true;
    }

    /// <summary>Skips white space, in a text of lines up to the end of the line, and gives the character after it.</summary>
    [MethodImpl(Hot.Method)]
    private int SkipSpace()
    {
        int next = _window.Peek();
        return next > ' ' ? next : SkipSpaceOn();
    }

    private int SkipSpaceOn()
    {
        while (true)
        {
            int c = _window.Peek();
            switch (c)
            {
                case ' ' or '\t' or '\r':
                    _window.Next++;
                    break;
                case '\n' when !_lines:
                    _window.Next++;
                    _window.BeginLine();
                    break;
                default:
                    return c;
            }
        }
    }

    private void Unexpected(string wanted)
    {
        int c = _window.Peek();
        string found = c switch
        {
            TextWindow.End => "the end of the text",
            '\n' => "the end of the line",
            > ' ' and < 0x7F => $"'{(char)c}'",
            _ => "the byte 0x" + FirstByte(c).ToString("X2", CultureInfo.InvariantCulture),
        };
        Fail($"found {found} where {wanted} belongs", _window.Position);
    }

    /// <summary>The first byte of a character in UTF-8, as which the author's file has it.</summary>
    private static int FirstByte(int c) => c switch
    {
        < 0x80 => c,
        < 0x800 => 0xC0 | (c >> 6),
        >= 0xD800 and < 0xDC00 => 0xF0 | ((c - 0xD800 + 0x40) >> 8),
        _ => 0xE0 | (c >> 12),
    };

    private void Fail(string found, SourcePosition position)
    {
        if (!Failed)
            _report(InputFault.InvalidJson, InputMessages.InvalidJson(found), position);
        Failed = true;
    }

    private void FailLimit(string message)
    {
        if (!Failed)
            _report(InputFault.LimitExceeded, message, ValuePosition);
        Failed = true;
    }
}

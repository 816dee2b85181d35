using System.Runtime.CompilerServices;
using System.Text;
using Lamina.Format;
using Lamina.Format.Schema;
using Lamina.Generator.Model;

namespace Lamina.Generator.Reading;

/// <summary>
/// Reads one dimension or layer after another and checks every value of its own. What is wrong with an object is held until
/// its end, so that every message can name it, whatever the order of its properties.
/// </summary>
/// <param name="json">The text.</param>
/// <param name="members">Which layers get a member: what only documents one is not kept for the others.</param>
/// <param name="report">Takes what is wrong.</param>
internal sealed class RecordReader(JsonReader json, MemberKinds members, Action<InputFault, string, SourcePosition> report)
{
    /// <summary>How many characters of a content's first line document a layer.</summary>
    private const int FirstLineLength = 120;

    /// <summary>How many characters of keywords document a layer.</summary>
    private const int KeywordsLength = 200;

    /// <summary>Bytes of UTF-8 of a <c>content_file</c>, as in the converter.</summary>
    private const int MaxPathLength = 4096;

    private readonly List<(InputFault Fault, string Message, SourcePosition Position)> _found = new();
    private readonly SourcePosition[] _propertyPositions = new SourcePosition[InputPropertyNames.Count];
    private readonly HashSet<string> _keywords = new(StringComparer.Ordinal);
    private readonly StringBuilder _keywordText = new();
    private SourcePosition _start;
    private SourcePosition _secondContent;
    private bool _hasContent;
    private uint _seen;
    private int _nesting;

    /// <summary>What the last object declares.</summary>
    public SourceRecord Record { get; } = new();

    /// <summary>Whether an object is being read: what is wrong with the text belongs to it.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Reads the object that comes next.</summary>
    /// <param name="kind">What it describes, or that it is a line.</param>
    /// <param name="nesting">How many objects and arrays it is in.</param>
    /// <returns>Whether it has no error.</returns>
    [MethodImpl(Hot.Method)]
    public bool Read(RecordKind kind, int nesting)
    {
        _nesting = nesting + 1;
        _start = json.ValuePosition;
        _secondContent = default;
        _hasContent = false;
        _seen = 0;
        _found.Clear();
        Record.Clear(kind);

        IsReading = true;
        json.Enter();
        for (bool first = true; json.NextProperty(ref first);)
        {
            InputProperty property = TakeName();
            json.PeekPropertyValue();
            if (property == InputProperty.Unknown)
                json.SkipValue(_nesting);
            else
                ReadValue(property);
        }

        IsReading = false;
        if (!json.Failed)
            Close();
        else if (Record.Kind == RecordKind.Line)
            Record.Kind = KindOfLine();
        return ReportFound() && !json.Failed;
    }

    /// <summary>Notes that something is wrong with the object.</summary>
    public void Note(InputFault fault, string message, SourcePosition position)
    {
        if (_found.Count < 2 * DiagnosticBag.Capacity)
            _found.Add((fault, message, position));
    }

    [MethodImpl(Hot.Method)]
    private InputProperty TakeName()
    {
        if (!json.IsPropertyText)
            return InputProperty.Unknown;

        InputProperty property = SourceProperties.Find(json.Property);
        if (!SourceProperties.Has(Record.Kind, property))
        {
            NoteUnknown(Printable.Of(json.Property), json.PropertyPosition);
            return InputProperty.Unknown;
        }

        if (HasSeen(property))
        {
            Note(InputFault.DuplicateProperty, InputMessages.DuplicateProperty(json.Property), json.PropertyPosition);
            return InputProperty.Unknown;
        }

        _seen |= 1u << (int)property;
        _propertyPositions[(int)property] = json.PropertyPosition;
        return property;
    }

    private bool HasSeen(InputProperty property) => (_seen & 1u << (int)property) != 0;

    /// <summary>Settles what the object is and whether all is there that must be.</summary>
    private void Close()
    {
        if (Record.Kind == RecordKind.Line)
            SettleLine();
        if (Record.Kind == RecordKind.Dimension)
        {
            Require(InputProperty.Id, "dimension");
        }
        else if (Record.Kind == RecordKind.Layer)
        {
            Require(InputProperty.DimensionId, "layer");
            Require(InputProperty.LayerNum, "layer");
        }
    }

    private void SettleLine()
    {
        Record.Kind = KindOfLine();
        if (Record.Kind == RecordKind.None)
        {
            if (!HasSeen(InputProperty.Schema) || HasSeen(InputProperty.Name))
                Note(InputFault.MissingProperty, InputMessages.LineWithoutId(), _start);
            return;
        }

        for (InputProperty property = InputProperty.Schema; property <= InputProperty.ContentFile; property++)
        {
            if (HasSeen(property) && !SourceProperties.Has(Record.Kind, property))
                NoteUnknown(InputPropertyNames.NameOf(property), _propertyPositions[(int)property]);
        }
    }

    private RecordKind KindOfLine()
    {
        if (HasSeen(InputProperty.DimensionId))
            return RecordKind.Layer;
        if (HasSeen(InputProperty.Id))
            return RecordKind.Dimension;
        for (InputProperty property = InputProperty.ContentFile; property > InputProperty.Layers; property--)
        {
            if (HasSeen(property) && property != InputProperty.Name)
                return property >= InputProperty.DimensionId ? RecordKind.Layer : RecordKind.Dimension;
        }

        return RecordKind.None;
    }

    private void Require(InputProperty property, string owner)
    {
        if (!HasSeen(property))
            Note(InputFault.MissingProperty, InputMessages.MissingProperty(InputPropertyNames.NameOf(property), owner), _start);
    }

    private void NoteUnknown(string name, SourcePosition position)
    {
        string owner = SourceProperties.ArticleAndName(Record.Kind);
        string known = SourceProperties.ListOf(Record.Kind);
        Note(InputFault.UnknownProperty, InputMessages.UnknownProperty(name, owner, known), position);
    }

    /// <summary>Reports what was noted, with the object's name before it; false if there is an error among it.</summary>
    private bool ReportFound()
    {
        if (_found.Count == 0 && _secondContent.Line == 0)
            return true;
        bool valid = true;
        string name = Record.Text;
        foreach ((InputFault fault, string message, SourcePosition position) in _found)
        {
            report(fault, name.Length == 0 ? message : InputMessages.Of(name, message), position);
            valid &= fault == InputFault.RepeatedKeyword;
        }

        if (_secondContent.Line == 0)
            return valid;
        string ambiguous = InputMessages.AmbiguousContent(name.Length == 0 ? "The layer" : name);
        report(InputFault.AmbiguousContent, ambiguous, _secondContent);
        return false;
    }

    [MethodImpl(Hot.Method)]
    private void ReadValue(InputProperty property)
    {
        SourcePosition position = json.ValuePosition;
        switch (property)
        {
            case InputProperty.Id:
                Record.Id = (ushort)(ReadWhole(property, ushort.MaxValue) ?? 0);
                Record.IdPosition = position;
                break;
            case InputProperty.DimensionId:
                Record.Dimension = (ushort)(ReadWhole(property, ushort.MaxValue) ?? 0);
                Record.DimensionPosition = position;
                break;
            case InputProperty.LayerNum:
                Record.Number = (uint?)ReadWhole(property, uint.MaxValue);
                Record.NumberPosition = position;
                break;
            case InputProperty.ParentLayer:
                Record.Parent = (uint?)ReadWhole(property, uint.MaxValue);
                Record.ParentPosition = position;
                break;
            case InputProperty.Depth:
                Record.Depth = (int?)ReadWhole(property, Limits.MaxDepth);
                Record.DepthPosition = position;
                break;
            case InputProperty.SizeBytes:
                ReadWhole(property, Limits.MaxFileLength);
                break;
            case InputProperty.FrequencyMin:
                Record.FrequencyMin = ReadFrequency(property);
                Record.FrequencyMinPosition = position;
                break;
            case InputProperty.FrequencyMax:
                Record.FrequencyMax = ReadFrequency(property);
                break;
            case InputProperty.Frequency:
                Record.Frequency = ReadFrequency(property);
                Record.FrequencyPosition = position;
                break;
            case InputProperty.Keywords:
                ReadKeywords();
                break;
            case InputProperty.MmapOffset:
                if (json.Peek() == JsonKind.Number)
                    json.ReadNumber();
                else
                    SkipWrong(property);
                break;
            case InputProperty.Name:
                Record.Name = json.Peek() == JsonKind.String ? ReadText(property, Limits.MaxNameLength) : SkipWrong(property);
                Record.NamePosition = position;
                break;
            default:
                ReadContent(property);
                break;
        }
    }

    [MethodImpl(Hot.Method)]
    private void ReadContent(InputProperty property)
    {
        if (json.Peek() != JsonKind.String)
        {
            SkipWrong(property);
            return;
        }

        if (property == InputProperty.Schema || _hasContent)
        {
            if (property != InputProperty.Schema)
                _secondContent = json.ValuePosition;
            json.SkipValue(_nesting);
            return;
        }

        _hasContent = true;
        if (property == InputProperty.Content && members != MemberKinds.None)
            Record.FirstLine = Describe(json.ReadFirstLine(FirstLineLength));
        else if (property == InputProperty.ContentFile)
            ReadText(property, MaxPathLength);
        else
            json.SkipValue(_nesting);
    }

    /// <summary>Makes documentation of a first line; a lone bracket or rule says nothing of a layer.</summary>
    private static string? Describe(string? line)
    {
        foreach (char c in line ?? "")
        {
            if (char.IsLetterOrDigit(c))
                return Printable.Cut(Printable.Clean(line!), FirstLineLength);
        }

        return null;
    }

    [MethodImpl(Hot.Method)]
    private void ReadKeywords()
    {
        if (json.Peek() != JsonKind.Array)
        {
            SkipWrong(InputProperty.Keywords);
            return;
        }

        _keywords.Clear();
        _keywordText.Clear();
        bool isFull = false;
        int index = 0;
        json.Enter();
        for (bool first = true; json.NextElement(ref first); index++)
        {
            if (json.Peek() != JsonKind.String)
            {
                SkipWrong(InputProperty.Keywords, inArray: true);
                continue;
            }

            if (_keywords.Count == Limits.MaxKeywordsPerLayer)
            {
                if (!isFull)
                    Note(InputFault.LimitExceeded, InputMessages.TooManyKeywords(Limits.MaxKeywordsPerLayer), json.ValuePosition);
                isFull = true;
                json.SkipValue(_nesting + 1);
                continue;
            }

            if (ReadText(InputProperty.Keywords, Limits.MaxKeywordLength, index) is string keyword)
                TakeKeyword(keyword);
        }

        Record.Keywords = _keywordText.Length == 0 ? null : Printable.Cut(_keywordText.ToString(), KeywordsLength);
    }

    [MethodImpl(Hot.Method)]
    private void TakeKeyword(string keyword)
    {
        if (!_keywords.Add(keyword))
            Note(InputFault.RepeatedKeyword, InputMessages.RepeatedKeyword(Printable.Of(keyword)), json.ValuePosition);
        else if (_keywordText.Length < KeywordsLength && members != MemberKinds.None)
            _keywordText.Append(_keywordText.Length == 0 ? "" : ", ").Append(keyword);
    }

    /// <summary>Reads the string that comes next; null if it is not text, or passes its limits.</summary>
    [MethodImpl(Hot.Method)]
    private string? ReadText(InputProperty property, int limit, int index = -1)
    {
        if (!json.ReadString(limit, out string text, out int utf8Length))
            return null;
        if (utf8Length > 0 && utf8Length <= limit)
            return text;
        string owner = InputPropertyNames.NameOf(property);
        if (index >= 0)
            owner += FormattableString.Invariant($"[{index}]");
        Note(
            InputFault.LimitExceeded,
            utf8Length == 0 ? InputMessages.TextEmpty(owner) : InputMessages.TextTooLong(owner, utf8Length, limit),
            json.ValuePosition);
        return null;
    }

    [MethodImpl(Hot.Method)]
    private double? ReadFrequency(InputProperty property)
    {
        if (json.Peek() != JsonKind.Number)
        {
            SkipWrong(property);
            return null;
        }

        if (json.ReadNumber() is not string text)
            return null;
        if (SourceNumber.TryGetFrequency(text, out double value))
            return value;
        NoteRange(property);
        return null;
    }

    [MethodImpl(Hot.Method)]
    private long? ReadWhole(InputProperty property, long max)
    {
        if (json.Peek() != JsonKind.Number)
        {
            SkipWrong(property);
            return null;
        }

        if (json.ReadNumber() is not string text)
            return null;
        bool isPositive = property is InputProperty.Id or InputProperty.DimensionId;
        if (SourceNumber.TryGetWhole(text, max, out long value) && (value > 0 || !isPositive))
            return value;
        NoteRange(property);
        return null;
    }

    private void NoteRange(InputProperty property) => Note(
        InputFault.NumberOutOfRange,
        InputMessages.NumberOutOfRange(InputPropertyNames.NameOf(property), InputPropertyNames.TakenBy(property)),
        json.ValuePosition);

    /// <summary>
    /// Skips a value of another type than its property takes and notes that, unless it is <c>null</c>, which for all but what
    /// identifies an object means that the property is not there.
    /// </summary>
    private string? SkipWrong(InputProperty property, bool inArray = false)
    {
        SourcePosition position = json.ValuePosition;
        bool isAbsent = json.Peek() == JsonKind.Null && !inArray
            && property is not (InputProperty.Id or InputProperty.DimensionId or InputProperty.LayerNum);
        if (json.SkipValue(inArray ? _nesting + 1 : _nesting) && !isAbsent)
        {
            Note(
                InputFault.WrongType,
                InputMessages.WrongType(InputPropertyNames.NameOf(property), InputPropertyNames.TakenBy(property)),
                position);
        }

        return null;
    }
}

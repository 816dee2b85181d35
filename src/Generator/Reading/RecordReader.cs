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
internal sealed class RecordReader
{
    /// <summary>How many characters of a content's first line document a layer.</summary>
    private const int FirstLineLength = 120;

    /// <summary>How many characters of keywords document a layer.</summary>
    private const int KeywordsLength = 200;

    /// <summary>Bytes of UTF-8 of a <c>content_file</c>, as in the converter.</summary>
    private const int MaxPathLength = 4096;

    private readonly JsonReader _json;
    private readonly ValueReader _values;
    private readonly MemberKinds _members;
    private readonly Action<InputFault, string, SourcePosition> _report;
    private readonly List<(InputFault Fault, string Message, SourcePosition Position)> _found = new();
    private readonly SourcePosition[] _propertyPositions = new SourcePosition[InputPropertyNames.Count];
    private readonly HashSet<string> _keywords = new(StringComparer.Ordinal);
    private readonly StringBuilder _keywordText = new();
    private SourcePosition _start;
    private SourcePosition _secondContent;
    private bool _hasContent;
    private bool _hasFirstLine;
    private uint _seen;

    /// <summary>Begins to read objects.</summary>
    /// <param name="json">The text.</param>
    /// <param name="members">Which layers get a member: what only documents one is not kept for the others.</param>
    /// <param name="report">Takes what is wrong.</param>
    public RecordReader(JsonReader json, MemberKinds members, Action<InputFault, string, SourcePosition> report)
    {
        _json = json;
        _members = members;
        _report = report;
        _values = new ValueReader(json, Note);
    }

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
        _values.Nesting = nesting + 1;
        _start = _json.ValuePosition;
        _secondContent = default;
        _hasContent = _hasFirstLine = false;
        _keywordText.Clear();
        _seen = 0;
        _found.Clear();
        Record.Clear(kind);

        IsReading = true;
        _json.Enter();
        for (bool first = true; _json.NextProperty(ref first);)
        {
            InputProperty property = TakeName();
            _json.PeekPropertyValue();
            if (property == InputProperty.Unknown)
                _json.SkipValue(_values.Nesting);
            else
                ReadValue(property);
        }

        IsReading = false;
        if (HasMember())
            Describe();
        if (!_json.Failed)
            Close();
        else if (Record.Kind == RecordKind.Line)
            Record.Kind = KindOfLine();
        return ReportFound() && !_json.Failed;
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
        if (!_json.IsPropertyText)
            return InputProperty.Unknown;

        InputProperty property = _json.Property;
        if (!SourceProperties.Has(Record.Kind, property))
        {
            NoteUnknown(Printable.Of(_json.PropertyText), _json.PropertyPosition);
            return InputProperty.Unknown;
        }

        if (HasSeen(property))
        {
            Note(InputFault.DuplicateProperty, InputMessages.DuplicateProperty(_json.PropertyText), _json.PropertyPosition);
            return InputProperty.Unknown;
        }

        _seen |= 1u << (int)property;
        _propertyPositions[(int)property] = _json.PropertyPosition;
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
            _report(fault, name.Length == 0 ? message : InputMessages.Of(name, message), position);
            valid &= fault == InputFault.RepeatedKeyword;
        }

        if (_secondContent.Line == 0)
            return valid;
        string ambiguous = InputMessages.AmbiguousContent(name.Length == 0 ? "The layer" : name);
        _report(InputFault.AmbiguousContent, ambiguous, _secondContent);
        return false;
    }

    [MethodImpl(Hot.Method)]
    private void ReadValue(InputProperty property)
    {
        SourcePosition position = _json.ValuePosition;
        switch (property)
        {
            case InputProperty.Id:
                Record.Id = (ushort)(_values.ReadWhole(property, ushort.MaxValue) ?? 0);
                Record.IdPosition = position;
                break;
            case InputProperty.DimensionId:
                Record.Dimension = (ushort)(_values.ReadWhole(property, ushort.MaxValue) ?? 0);
                Record.DimensionPosition = position;
                break;
            case InputProperty.LayerNum:
                Record.Number = (uint?)_values.ReadWhole(property, uint.MaxValue);
                Record.NumberPosition = position;
                break;
            case InputProperty.ParentLayer:
                Record.Parent = (uint?)_values.ReadWhole(property, uint.MaxValue);
                Record.ParentPosition = position;
                break;
            case InputProperty.Depth:
                Record.Depth = (int?)_values.ReadWhole(property, Limits.MaxDepth);
                Record.DepthPosition = position;
                break;
            case InputProperty.SizeBytes:
                _values.ReadWhole(property, Limits.MaxFileLength);
                break;
            case InputProperty.FrequencyMin:
                Record.FrequencyMin = _values.ReadFrequency(property);
                Record.FrequencyMinPosition = position;
                break;
            case InputProperty.FrequencyMax:
                Record.FrequencyMax = _values.ReadFrequency(property);
                break;
            case InputProperty.Frequency:
                Record.Frequency = _values.ReadFrequency(property);
                Record.FrequencyPosition = position;
                break;
            case InputProperty.Keywords:
                ReadKeywords();
                break;
            case InputProperty.MmapOffset:
                _values.SkipNumber(property);
                break;
            case InputProperty.Name:
                Record.Name = _values.ReadText(property, Limits.MaxNameLength);
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
        if (_json.Kind != JsonKind.String)
        {
            _values.SkipWrong(property);
            return;
        }

        if (property == InputProperty.Schema || _hasContent)
        {
            if (property != InputProperty.Schema)
                _secondContent = _json.ValuePosition;
            _json.SkipValue(_values.Nesting);
            return;
        }

        _hasContent = true;
        if (property == InputProperty.Content && _members != MemberKinds.None)
            _hasFirstLine = _json.ReadFirstLine(FirstLineLength);
        else if (property == InputProperty.ContentFile)
            _values.ReadText(property, MaxPathLength);
        else
            _json.SkipValue(_values.Nesting);
    }

    /// <summary>Whether the layer that was read may get a member; in a large dimension it may turn out that it does not.</summary>
    private bool HasMember() => _members switch
    {
        MemberKinds.None => false,
        MemberKinds.Named => Record.Name is not null,
        _ => true,
    };

    /// <summary>Makes the member's documentation of what was kept; a first line of a lone bracket or rule says nothing.</summary>
    private void Describe()
    {
        if (_keywordText.Length > 0)
            Record.Keywords = Printable.Cut(_keywordText.ToString(), KeywordsLength);
        string line = _hasFirstLine ? _json.FirstLine : "";
        if (line.Any(char.IsLetterOrDigit))
            Record.FirstLine = Printable.Cut(Printable.Clean(line), FirstLineLength);
    }

    [MethodImpl(Hot.Method)]
    private void ReadKeywords()
    {
        if (_json.Kind != JsonKind.Array)
        {
            _values.SkipWrong(InputProperty.Keywords);
            return;
        }

        _keywords.Clear();
        bool isFull = false;
        int index = 0;
        _json.Enter();
        for (bool first = true; _json.NextElement(ref first); index++)
        {
            if (_json.Peek() == JsonKind.String && _keywords.Count == Limits.MaxKeywordsPerLayer)
            {
                if (!isFull)
                    Note(InputFault.LimitExceeded, InputMessages.TooManyKeywords(Limits.MaxKeywordsPerLayer), _json.ValuePosition);
                isFull = true;
                _json.SkipValue(_values.Nesting + 1);
                continue;
            }

            if (_values.ReadText(InputProperty.Keywords, Limits.MaxKeywordLength, index) is string keyword)
                TakeKeyword(keyword);
        }
    }

    [MethodImpl(Hot.Method)]
    private void TakeKeyword(string keyword)
    {
        if (!_keywords.Add(keyword))
            Note(InputFault.RepeatedKeyword, InputMessages.RepeatedKeyword(Printable.Of(keyword)), _json.ValuePosition);
        else if (_keywordText.Length < KeywordsLength && _members != MemberKinds.None)
            _keywordText.Append(_keywordText.Length == 0 ? "" : ", ").Append(keyword);
    }
}

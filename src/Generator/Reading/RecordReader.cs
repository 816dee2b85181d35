using System.Globalization;
using System.Text;
using Lamina.Format;
using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>Reads one dimension or layer after another and checks every value of its own.</summary>
internal sealed class RecordReader(JsonReader json, Action<InputFault, string, SourcePosition> report)
{
    /// <summary>How many characters of a content's first line document a layer.</summary>
    public const int FirstLineLength = 120;

    /// <summary>How many characters of keywords document a layer.</summary>
    private const int KeywordsLength = 200;

    private readonly HashSet<string> _keywords = new(StringComparer.Ordinal);
    private readonly StringBuilder _keywordText = new();
    private int _nesting;

    /// <summary>What the last object declares.</summary>
    public SourceRecord Record { get; } = new();

    /// <summary>Reads the object that comes next.</summary>
    /// <param name="kind">What it describes, if that is known before.</param>
    /// <param name="nesting">How many objects and arrays it is in.</param>
    /// <returns>Whether there is an object, and it is JSON to its end.</returns>
    public bool Read(RecordKind kind, int nesting)
    {
        _nesting = nesting + 1;
        Record.Clear(kind);
        JsonKind found = json.Peek();
        if (found == JsonKind.None)
            return false;
        if (found != JsonKind.Object)
        {
            string property = kind == RecordKind.Dimension ? "dimensions" : kind == RecordKind.Layer ? "layers" : "a line";
            SkipWrong(property, "objects", nesting);
            return false;
        }

        SourcePosition start = json.ValuePosition;
        SourcePosition extraContent = default;
        uint seen = 0;
        json.Enter();
        for (bool first = true; json.NextProperty(ref first);)
        {
            SourceProperty property = SourceProperties.Find(json.Property);
            RecordKind owner = SourceProperties.OwnerOf(property);
            if (Record.Kind == RecordKind.Unknown)
                Record.Kind = owner;
            if (property == SourceProperty.Unknown || owner != RecordKind.Unknown && owner != Record.Kind)
            {
                string known = SourceProperties.KnownTo(Record.Kind);
                report(
                    InputFault.UnknownProperty,
                    InputMessages.UnknownProperty(Printable.Of(json.Property), "a " + SourceProperties.NameOf(Record.Kind), known),
                    json.PropertyPosition);
                SkipNext();
                continue;
            }

            if ((seen & 1u << (int)property) != 0)
            {
                report(InputFault.DuplicateProperty, InputMessages.DuplicateProperty(json.Property), json.PropertyPosition);
                SkipNext();
                continue;
            }

            seen |= 1u << (int)property;
            ReadValue(property, ref extraContent);
        }

        if (json.Failed)
            return false;

        if (Record.Contents > 1)
            report(InputFault.AmbiguousContent, InputMessages.AmbiguousContent(Record.LayerText), extraContent);
        Require(seen, start);
        return true;
    }

    private void Require(uint seen, SourcePosition start)
    {
        switch (Record.Kind)
        {
            case RecordKind.Dimension:
                Require(SourceProperty.Id, "id");
                break;
            case RecordKind.Layer:
                Require(SourceProperty.DimensionId, "dimension_id");
                Require(SourceProperty.LayerNum, "layer_num");
                break;
            default:
                Missing("id' or 'dimension_id");
                break;
        }

        void Require(SourceProperty property, string name)
        {
            if ((seen & 1u << (int)property) == 0)
                Missing(name);
        }

        void Missing(string name) => report(
            InputFault.MissingProperty, InputMessages.MissingProperty(name, SourceProperties.NameOf(Record.Kind)), start);
    }

    private void ReadValue(SourceProperty property, ref SourcePosition extraContent)
    {
        switch (property)
        {
            case SourceProperty.Id or SourceProperty.DimensionId:
                Record.Dimension = (ushort)(ReadInteger(1, ushort.MaxValue, required: true) ?? 0);
                Record.DimensionPosition = json.ValuePosition;
                break;
            case SourceProperty.LayerNum:
                Record.Number = (uint?)ReadInteger(0, uint.MaxValue, required: true);
                Record.NumberPosition = json.ValuePosition;
                break;
            case SourceProperty.Name:
                Record.Name = ReadText("name", "a string");
                Record.NamePosition = json.ValuePosition;
                break;
            case SourceProperty.SizeBytes:
                ReadInteger(0, Limits.MaxFileLength, required: false);
                break;
            case SourceProperty.FrequencyMin:
                Record.FrequencyMin = ReadFrequency();
                Record.FrequencyMinPosition = json.ValuePosition;
                break;
            case SourceProperty.FrequencyMax:
                Record.FrequencyMax = ReadFrequency();
                break;
            case SourceProperty.Frequency:
                Record.Frequency = ReadFrequency();
                Record.FrequencyPosition = json.ValuePosition;
                break;
            case SourceProperty.Depth:
                Record.Depth = (int?)ReadInteger(0, Limits.MaxDepth, required: false);
                Record.DepthPosition = json.ValuePosition;
                break;
            case SourceProperty.ParentLayer:
                Record.HasBrokenParent = json.Peek() != JsonKind.Null;
                Record.Parent = (uint?)ReadInteger(0, uint.MaxValue, required: false);
                Record.HasBrokenParent &= Record.Parent is null;
                Record.ParentPosition = json.ValuePosition;
                break;
            case SourceProperty.MmapOffset:
                if (json.Peek() == JsonKind.Number)
                    json.ReadNumber();
                else
                    ReadNothingElse("a number");
                break;
            case SourceProperty.Keywords:
                ReadKeywords();
                break;
            default:
                ReadContent(property, ref extraContent);
                break;
        }
    }

    private void ReadContent(SourceProperty property, ref SourcePosition extraContent)
    {
        if (json.Peek() != JsonKind.String)
        {
            ReadNothingElse("a string");
            return;
        }

        Record.Contents++;
        if (Record.Contents == 2)
            extraContent = json.ValuePosition;
        if (property == SourceProperty.Content)
            Record.FirstLine = Describe(json.ReadFirstLine(FirstLineLength));
        else if (json.ReadString(0, out _, out int length) && property == SourceProperty.ContentFile && length == 0)
            report(InputFault.LimitExceeded, InputMessages.TextEmpty("content_file"), json.ValuePosition);
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

    private void ReadKeywords()
    {
        const string Expected = "an array of strings";
        if (json.Peek() != JsonKind.Array)
        {
            ReadNothingElse(Expected);
            return;
        }

        _keywords.Clear();
        _keywordText.Clear();
        SourcePosition start = json.ValuePosition;
        int count = 0;
        json.Enter();
        for (bool first = true; json.NextElement(ref first);)
        {
            if (json.Peek() != JsonKind.String)
            {
                SkipWrong("keywords", Expected, _nesting + 1);
                continue;
            }

            if (ReadCheckedString("keywords", Limits.MaxKeywordLength) is not string keyword)
                continue;
            if (!_keywords.Add(keyword))
            {
                string repeated = InputMessages.RepeatedKeyword(Printable.Of(keyword));
                report(InputFault.RepeatedKeyword, repeated, json.ValuePosition);
                continue;
            }

            if (++count == Limits.MaxKeywordsPerLayer + 1)
                report(InputFault.LimitExceeded, InputMessages.TooManyKeywords(Limits.MaxKeywordsPerLayer), start);
            if (_keywordText.Length < KeywordsLength)
                _keywordText.Append(_keywordText.Length == 0 ? "" : ", ").Append(keyword);
        }

        Record.Keywords = _keywordText.Length == 0 ? null : Printable.Cut(_keywordText.ToString(), KeywordsLength);
    }

    private string? ReadText(string property, string expected)
    {
        if (json.Peek() == JsonKind.String)
            return ReadCheckedString(property, Limits.MaxNameLength);
        ReadNothingElse(expected);
        return null;
    }

    /// <summary>Reads the string that comes next; null if it is not one, or passes its limits.</summary>
    private string? ReadCheckedString(string property, int limit)
    {
        if (!json.ReadString(limit, out string text, out int utf8Length))
            return null;
        if (utf8Length > 0 && utf8Length <= limit)
            return text;
        report(
            InputFault.LimitExceeded,
            utf8Length == 0 ? InputMessages.TextEmpty(property) : InputMessages.TextTooLong(property, utf8Length, limit),
            json.ValuePosition);
        return null;
    }

    private double? ReadFrequency()
    {
        if (json.Peek() != JsonKind.Number)
        {
            ReadNothingElse("a number of at least 0");
            return null;
        }

        string property = json.Property;
        if (json.ReadNumber() is not string text)
            return null;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value >= 0 && !double.IsInfinity(value))
        {
            return value;
        }

        report(
            InputFault.NumberOutOfRange, InputMessages.NumberOutOfRange(property, "a number of at least 0"), json.ValuePosition);
        return null;
    }

    private long? ReadInteger(long min, long max, bool required)
    {
        string property = json.Property;
        string range = FormattableString.Invariant($"an integer from {min} to {max}");
        if (json.Peek() != JsonKind.Number)
        {
            ReadNothingElse(range, required);
            return null;
        }

        if (json.ReadNumber() is not string text)
            return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= min && value <= max)
            return value;
        report(InputFault.NumberOutOfRange, InputMessages.NumberOutOfRange(property, range), json.ValuePosition);
        return null;
    }

    /// <summary>Skips a value that is not of its property's type: <c>null</c>, which is as good as none, or an error.</summary>
    private void ReadNothingElse(string expected, bool required = false)
    {
        if (json.Peek() == JsonKind.Null && !required)
            json.SkipLiteral();
        else
            SkipWrong(json.Property, expected, _nesting);
    }

    /// <summary>Skips a value of a wrong type, and says so if it is a value.</summary>
    private void SkipWrong(string property, string expected, int nesting)
    {
        SourcePosition position = json.ValuePosition;
        json.SkipValue(nesting);
        if (!json.Failed)
            report(InputFault.WrongType, InputMessages.WrongType(property, expected), position);
    }

    private void SkipNext()
    {
        json.Peek();
        json.SkipValue(_nesting);
    }
}

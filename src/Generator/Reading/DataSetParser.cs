using System.Runtime.CompilerServices;
using System.Text;
using Lamina.Format.Schema;
using Lamina.Generator.Model;
using Lamina.Generator.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator.Reading;

/// <summary>Reads a data set's file, checks it, and makes the models that code is generated from.</summary>
internal sealed class DataSetParser
{
    private readonly string _path;
    private readonly SourceText _text;
    private readonly DiagnosticBag _diagnostics = new();
    private readonly JsonReader _json;
    private readonly RecordReader _records;
    private readonly DataSetDraft _draft;
    private readonly bool _lines;

    private DataSetParser(string path, SourceText text, MemberKinds members, CancellationToken cancellationToken)
    {
        _path = path;
        _text = text;
        _lines = path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        _json = new JsonReader(text, _lines, ReportText, cancellationToken);
        _records = new RecordReader(_json, members, Report);
        _draft = new DataSetDraft(path, Report, _diagnostics.Add);
    }

    /// <summary>Reads <paramref name="source"/>; never throws for what the file holds.</summary>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static ParsedDataSet Parse(DataSetSource source, CancellationToken cancellationToken)
    {
        string path = source.Text.Path;

        // A file that cannot be read is the compiler's to report.
        ParsedDataSet parsed = source.Text.GetText(cancellationToken) is SourceText text
            ? new DataSetParser(path, text, source.Options.Members, cancellationToken).Parse(source.Options, cancellationToken)
            : new ParsedDataSet(path, source.Options, default, default);
        if (source.Error is not OptionError error)
            return parsed;

        string message = InputMessages.InvalidOption(error.Option, error.Value, error.Expected);
        DiagnosticInfo diagnostic = new(InputFault.InvalidOption, DiagnosticSeverity.Error, message, path, 0, 0, 0, 0);
        return parsed with { Diagnostics = new EquatableArray<DiagnosticInfo>([diagnostic, .. parsed.Diagnostics]) };
    }

    private ParsedDataSet Parse(DataSetOptions options, CancellationToken cancellationToken)
    {
        List<OrderedDimension> ordered = new();
        if (CheckEncoding())
        {
            if (_lines)
                ReadLines();
            else
                ReadText();
            ordered = _draft.Check();
        }

        // With an error, what uses the accessors is not wrong as well: they are made of what can be read.
        bool isWhole = !_diagnostics.HasErrors;
        if (!isWhole)
            ordered = _draft.Rescue(NameScan.Of(_text, cancellationToken));
        DataSetNames names = new(options, FileName(_path), isWhole, isWhole ? Report : static (_, _, _) => { });
        EquatableArray<DimensionModel> dimensions = names.Name(ordered);

        List<InputDiagnostic> found = _diagnostics.InOrder();
        DiagnosticInfo[] diagnostics = new DiagnosticInfo[found.Count];
        for (int i = 0; i < diagnostics.Length; i++)
            diagnostics[i] = Locate(found[i], options.Strict);
        return new ParsedDataSet(_path, options, dimensions, new EquatableArray<DiagnosticInfo>(diagnostics));
    }

    /// <summary>What is not UTF-8 the compiler decodes by its mark or the system's code page; the converter does not.</summary>
    private bool CheckEncoding()
    {
        if (_text.Encoding is not Encoding encoding || encoding.CodePage == Encoding.UTF8.CodePage)
            return true;
        bool isUtf16Or32 = encoding.CodePage is 1200 or 1201 or 12000 or 12001;
        Report(
            InputFault.InvalidUtf8,
            isUtf16Or32 ? InputMessages.NotUtf8Encoding(encoding.WebName.ToUpperInvariant()) : InputMessages.InvalidUtf8(),
            new SourcePosition(1, 1));
        return false;
    }

    private void ReadText()
    {
        if (_json.Peek() == JsonKind.Object)
            ReadTopLevel();
        else
            SkipNotObject(InputMessages.TextNotObject());
        _json.EndText();
    }

    private void ReadTopLevel()
    {
        const int Nesting = 1;
        HashSet<InputProperty> seen = new();
        _json.Enter();
        for (bool first = true; _json.NextProperty(ref first);)
        {
            InputProperty property = _json.IsPropertyText ? TakeName(seen) : InputProperty.Unknown;
            JsonKind kind = _json.PeekPropertyValue();
            if (kind == JsonKind.Array && property is InputProperty.Dimensions or InputProperty.Layers)
            {
                ReadRecords(property);
                continue;
            }

            bool isTaken = property == InputProperty.Unknown || kind is JsonKind.Null or JsonKind.None
                || property == InputProperty.Schema && kind == JsonKind.String;
            SourcePosition position = _json.ValuePosition;
            if (_json.SkipValue(Nesting) && !isTaken)
                RefuseType(property, position);
        }
    }

    private InputProperty TakeName(HashSet<InputProperty> seen)
    {
        InputProperty property = _json.Property;
        if (!SourceProperties.Has(RecordKind.None, property))
        {
            string owner = SourceProperties.ArticleAndName(RecordKind.None);
            string known = SourceProperties.ListOf(RecordKind.None);
            string message = InputMessages.UnknownProperty(Printable.Of(_json.PropertyText), owner, known);
            Refuse(InputFault.UnknownProperty, message, _json.PropertyPosition);
            return InputProperty.Unknown;
        }

        if (seen.Add(property))
            return property;
        Refuse(InputFault.DuplicateProperty, InputMessages.DuplicateProperty(_json.PropertyText), _json.PropertyPosition);
        return InputProperty.Unknown;
    }

    [MethodImpl(Hot.Method)]
    private void ReadRecords(InputProperty property)
    {
        const int Nesting = 2;
        _json.Enter();
        for (bool first = true; _json.NextElement(ref first);)
        {
            if (_json.Peek() == JsonKind.Object)
            {
                ReadRecord(property == InputProperty.Dimensions ? RecordKind.Dimension : RecordKind.Layer, Nesting);
                continue;
            }

            SourcePosition position = _json.ValuePosition;
            if (_json.SkipValue(Nesting))
                RefuseType(property, position);
        }
    }

    private void ReadLines()
    {
        while (_json.NextLine())
        {
            if (_json.Peek() == JsonKind.Object)
                ReadRecord(RecordKind.Line, nesting: 0);
            else
                SkipNotObject(InputMessages.LineNotObject());

            _json.EndText();
            if (_json.Failed)
                _json.Recover();
        }
    }

    private void SkipNotObject(string message)
    {
        SourcePosition position = _json.ValuePosition;
        if (_json.SkipValue(nesting: 0))
            Refuse(InputFault.WrongType, message, position);
    }

    [MethodImpl(Hot.Method)]
    private void ReadRecord(RecordKind kind, int nesting)
    {
        bool valid = _records.Read(kind, nesting);
        _draft.Add(_records.Record, failed: !valid);
    }

    /// <summary>Takes what is wrong with the text: half of a surrogate pair in an object is the object's to report.</summary>
    private void ReportText(InputFault fault, string message, SourcePosition position)
    {
        if (fault == InputFault.LoneSurrogate && _records.IsReading)
            _records.Note(fault, message, position);
        else
            Refuse(fault, message, position);
    }

    private void RefuseType(InputProperty property, SourcePosition position) => Refuse(
        InputFault.WrongType,
        InputMessages.WrongType(InputPropertyNames.NameOf(property), InputPropertyNames.TakenBy(property)),
        position);

    /// <summary>Reports what may hide an object, so that none is said to be missing.</summary>
    private void Refuse(InputFault fault, string message, SourcePosition position)
    {
        _draft.Lose();
        Report(fault, message, position);
    }

    private void Report(InputFault fault, string message, SourcePosition position) => _diagnostics.Add(new InputDiagnostic(
        fault,
        fault is InputFault.FrequencyOutsideRange or InputFault.FrequencyRangeReversed or InputFault.RepeatedKeyword
            or InputFault.NameSuffixed
            ? InputSeverity.Warning
            : InputSeverity.Error,
        message,
        _path,
        position));

    private DiagnosticInfo Locate(InputDiagnostic diagnostic, bool strict)
    {
        DiagnosticSeverity severity = DiagnosticDescriptors.Of(diagnostic.Fault).DefaultSeverity;
        if (strict && severity == DiagnosticSeverity.Warning)
            severity = DiagnosticSeverity.Error;
        SourcePosition position = diagnostic.Position;
        int start = _json.OffsetOf(position);
        return new DiagnosticInfo(
            diagnostic.Fault, severity, diagnostic.Message, _path, start, LengthOfValue(start), position.Line - 1,
            position.Column - 1);
    }

    /// <summary>How much to underline: a string or a word whole, but for what is too long to look at.</summary>
    private int LengthOfValue(int start)
    {
        const int MaxLength = 200;
        int limit = Math.Min(_text.Length - start, MaxLength);
        if (limit <= 0 || _text[start] is '\n' or '\r')
            return 0;
        bool isString = _text[start] == '"';
        for (int i = 1; i < limit; i++)
        {
            char c = _text[start + i];
            if (isString && c == '"' && _text[start + i - 1] != '\\')
                return i + 1;
            if (c is '\n' or '\r' || !isString && !(char.IsLetterOrDigit(c) || c is '.' or '-' or '+'))
                return isString ? 1 : i;
        }

        return isString ? 1 : limit;
    }

    /// <summary>The file's name without its folder.</summary>
    public static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}

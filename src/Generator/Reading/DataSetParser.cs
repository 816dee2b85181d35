using System.Text;
using Lamina.Format.Schema;
using Lamina.Generator.Model;
using Lamina.Generator.Naming;
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

    private DataSetParser(string path, SourceText text, CancellationToken cancellationToken)
    {
        _path = path;
        _text = text;
        _lines = path.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase);
        _json = new JsonReader(text, _lines, Report, cancellationToken);
        _records = new RecordReader(_json, Report);
        _draft = new DataSetDraft(path, Report, _diagnostics.Add);
    }

    /// <summary>Reads <paramref name="source"/>; never throws for what the file holds.</summary>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public static ParsedDataSet Parse(DataSetSource source, CancellationToken cancellationToken)
    {
        string path = source.Text.Path;
        if (source.Error is OptionError error)
        {
            DiagnosticInfo diagnostic = new(
                InputFault.InvalidOption, InputMessages.InvalidOption(error.Option, error.Value, error.Expected), path, 0, 0, 0, 0);
            return new ParsedDataSet(path, null, default, new EquatableArray<DiagnosticInfo>([diagnostic]));
        }

        // A file that cannot be read is the compiler's to report.
        if (source.Text.GetText(cancellationToken) is not SourceText text)
            return new ParsedDataSet(path, null, default, default);
        return new DataSetParser(path, text, cancellationToken).Parse(source.Options!);
    }

    private ParsedDataSet Parse(DataSetOptions options)
    {
        EquatableArray<DimensionModel> dimensions = default;
        if (CheckEncoding())
        {
            SourcePosition dimensionsPosition = _lines ? ReadLines() : ReadRoot();
            bool whole = !_json.Failed && !_diagnostics.IsFull;
            List<OrderedDimension> ordered = whole ? _draft.Check(dimensionsPosition) : [];
            if (!_diagnostics.HasErrors)
                dimensions = new DataSetNames(options, FileName(_path), Report).Name(ordered);
        }

        List<InputDiagnostic> found = _diagnostics.InOrder();
        DiagnosticInfo[] diagnostics = new DiagnosticInfo[found.Count];
        for (int i = 0; i < diagnostics.Length; i++)
            diagnostics[i] = Locate(found[i]);
        return new ParsedDataSet(
            _path,
            _diagnostics.HasErrors ? null : options,
            dimensions,
            new EquatableArray<DiagnosticInfo>(diagnostics));
    }

    /// <summary>The compiler decodes what is not UTF-8 by its mark, or as the system's code page; the converter does not.</summary>
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

    private SourcePosition ReadRoot()
    {
        const int Nesting = 1;
        if (_json.Peek() is JsonKind kind and not JsonKind.Object)
        {
            if (kind != JsonKind.None)
                Report(InputFault.WrongType, InputMessages.WrongType("the file", "an object with 'dimensions' and 'layers'"), _json.ValuePosition);
            _draft.Lose(RecordKind.Unknown);
            return _json.ValuePosition;
        }

        SourcePosition dimensionsPosition = _json.ValuePosition;
        HashSet<string> seen = new(StringComparer.Ordinal);
        _json.Enter();
        for (bool first = true; _json.NextProperty(ref first);)
        {
            string property = _json.Property;
            bool known = property is "dimensions" or "layers" or "$schema";
            if (!known)
            {
                string message = InputMessages.UnknownProperty(Printable.Of(property), "the data set", SourceProperties.RootNames);
                Report(InputFault.UnknownProperty, message, _json.PropertyPosition);
            }
            else if (!seen.Add(property))
            {
                Report(InputFault.DuplicateProperty, InputMessages.DuplicateProperty(property), _json.PropertyPosition);
                known = false;
            }

            JsonKind kindOfValue = _json.Peek();
            SourcePosition position = _json.ValuePosition;
            JsonKind expected = property == "$schema" ? JsonKind.String : JsonKind.Array;
            if (known && kindOfValue != expected && kindOfValue != JsonKind.None)
            {
                string takes = property == "$schema" ? "a string" : "an array of objects";
                Report(InputFault.WrongType, InputMessages.WrongType(property, takes), position);
                known = false;
            }

            if (property == "dimensions")
                dimensionsPosition = position;
            RecordKind kindOfRecords = property switch
            {
                "dimensions" => RecordKind.Dimension,
                "layers" => RecordKind.Layer,
                _ => RecordKind.Unknown,
            };
            if (known && expected == JsonKind.Array)
            {
                ReadRecords(kindOfRecords);
                continue;
            }

            if (kindOfRecords != RecordKind.Unknown)
                _draft.Lose(kindOfRecords);
            _json.SkipValue(Nesting);
        }

        if (!_json.Failed)
            _json.EndText();
        return dimensionsPosition;
    }

    private void ReadRecords(RecordKind kind)
    {
        const int Nesting = 2;
        _json.Enter();
        for (bool first = true; _json.NextElement(ref first);)
            ReadRecord(kind, Nesting);
    }

    private SourcePosition ReadLines()
    {
        bool failed = false;
        while (_json.NextLine())
        {
            ReadRecord(RecordKind.Unknown, nesting: 0);
            _json.EndText();
            if (!_json.Failed)
                continue;
            failed = true;
            _json.Recover();
        }

        if (failed)
        {
            // A line that could not be read may have been either.
            _draft.Lose(RecordKind.Unknown);
        }

        return new SourcePosition(1, 1);
    }

    private void ReadRecord(RecordKind kind, int nesting)
    {
        if (_records.Read(kind, nesting))
            _draft.Add(_records.Record);
        else
            _draft.Lose(kind);
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

    private DiagnosticInfo Locate(InputDiagnostic diagnostic)
    {
        SourcePosition position = diagnostic.Position;
        int start = _json.OffsetOf(position);
        return new DiagnosticInfo(
            diagnostic.Fault, diagnostic.Message, _path, start, LengthOfValue(start), position.Line - 1, position.Column - 1);
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

    private static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
}

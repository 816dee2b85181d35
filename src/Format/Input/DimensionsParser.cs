using Lamina.Format.Conversion;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>Reads dimensions and layers out of the text's bytes as they come, however they are cut.</summary>
internal sealed partial class DimensionsParser
{
    private const int NotSkipping = -1;

    private readonly DiagnosticBag _diagnostics;
    private readonly IInputSink _sink;
    private readonly bool _isLines;

    private readonly SourceLocator _locator = new();
    private readonly JsonTokenizer _tokenizer;
    private readonly InputText _text;
    private readonly InputObject _object;
    private readonly InputStrings _strings;

    private ParserScope _scope;
    private InputProperty _property;
    private int _keywords;
    private int _skipDepth = NotSkipping;
    private bool _isLineSkipped;
    private bool _isStopped;

    /// <summary>Begins a text.</summary>
    /// <param name="file">What diagnostics call the input.</param>
    /// <param name="syntax">How the input is written.</param>
    /// <param name="sink">Takes dimensions, and what could not be handed over; layers are the caller's to hand over.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="maxContentLength">The most bytes of a content, at most <see cref="Limits.MaxLayerLength"/>.</param>
    public DimensionsParser(string file, InputSyntax syntax, IInputSink sink, DiagnosticBag diagnostics, int maxContentLength)
    {
        _text = new InputText(file, diagnostics);
        _diagnostics = diagnostics;
        _sink = sink;
        MaxContentLength = maxContentLength;
        _isLines = syntax == InputSyntax.JsonLines;
        _tokenizer = new JsonTokenizer(_locator, _isLines);
        _object = new InputObject(file, diagnostics, maxContentLength);
        _strings = new InputStrings(_object, _locator, maxContentLength);
    }

    /// <summary>Whether all of the text was read and every object in it is known to the sink, if only as one that failed.</summary>
    public bool IsComplete => _text.IsWhole && _object.AllAreNamed && !_isStopped;

    /// <summary>The layer, after <see cref="ParserStep.Layer"/>.</summary>
    public LayerInput Layer => _object.Layer;

    /// <summary>Its content; null if it has none.</summary>
    public ReadOnlyMemory<byte>? LayerContent =>
        _object.ContentProperty == InputProperty.Unknown ? (ReadOnlyMemory<byte>?)null : _object.Content.Array.AsMemory(0, _object.Content.Length);

    /// <summary>The path of the content's file, after <see cref="ParserStep.ContentFile"/>.</summary>
    public string ContentPath => _strings.ContentPath;

    /// <summary>Takes the file's bytes, after <see cref="ParserStep.ContentFile"/>.</summary>
    public ByteBuffer ContentTarget => _object.Content;

    /// <summary>The most bytes of a content.</summary>
    public int MaxContentLength { get; }

    /// <summary>Reports that nothing of the text can be read.</summary>
    public void Refuse(InputFault fault, string message) => Fail(fault, message, new SourcePosition(1, 1), canRecover: false);

    /// <summary>Reads on.</summary>
    /// <param name="buffer">The bytes at hand.</param>
    /// <param name="position">Where to begin in them; moved.</param>
    public ParserStep Read(ReadOnlySpan<byte> buffer, ref int position)
    {
        while (!_isStopped)
        {
            if (_isLineSkipped && !SkipLine(buffer, ref position))
                return EndBuffer(buffer);

            if (_strings.Use != StringUse.None)
            {
                ScanStatus status = _strings.Read(buffer, ref position);
                if (status == ScanStatus.NeedMore)
                    return EndBuffer(buffer);
                EndString(status);
                continue;
            }

            if (IsBetweenLayers && ReadPlainLayer(buffer, ref position))
            {
                ParserStep plain = CloseObject();
                if (plain != ParserStep.NeedMore)
                    return plain;
                continue;
            }

            // Reading plainly may have stopped inside a string, or where no token comes.
            if (_strings.Use != StringUse.None || _isStopped || _isLineSkipped)
                continue;

            JsonToken token = _tokenizer.Next(buffer, ref position);
            switch (token)
            {
                case JsonToken.NeedMore:
                    return EndBuffer(buffer);
                case JsonToken.Invalid when _tokenizer.IsBeyondLimit:
                    Fail(InputFault.LimitExceeded, _tokenizer.Error, _tokenizer.Position, canRecover: true);
                    break;
                case JsonToken.Invalid:
                    FailJson(_tokenizer.Error, _tokenizer.Position, canRecover: true);
                    break;
                case JsonToken.Name when _tokenizer.Name.Length < 0:
                    _strings.BeginPropertyName();
                    break;
                case JsonToken.Name:
                    Name(buffer.Slice(_tokenizer.Name.Start, _tokenizer.Name.Length));
                    break;
                case JsonToken.EndObject or JsonToken.EndArray:
                    ParserStep step = Close();
                    if (step != ParserStep.NeedMore)
                        return step;
                    break;
                default:
                    Value(token);
                    break;
            }
        }

        return ParserStep.Stop;
    }

    /// <summary>Takes the content's file as read.</summary>
    /// <param name="error">What is wrong with it; null if the content is there.</param>
    /// <returns>Whether the layer is to be handed over.</returns>
    public bool EndContentFile(string? error)
    {
        if (error is not null)
            _object.Report(InputFault.InvalidContentFile, error, Layer.ContentPosition);
        else
            _object.IsContentTooLong = _object.Content.Length > MaxContentLength;
        return TryComplete();
    }

    /// <summary>Ends the text.</summary>
    public void End()
    {
        SourcePosition end = _locator.Locate(default, 0);
        if (_strings.Use == StringUse.None)
        {
            // Behind a number or a word, the end of the text is as good as a space.
            int position = 0;
            Read(" "u8, ref position);
        }

        if (_isStopped || _isLineSkipped || (_strings.Use == StringUse.None && _tokenizer.IsAtEnd))
            return;
        if (_strings.Use != StringUse.None)
            ReportTextFault();
        string where = _strings.Use == StringUse.None ? $"where {_tokenizer.Wanted} belongs" : "inside a string";
        FailJson($"found the end of the text {where}", end, canRecover: false);
    }

    private ParserStep EndBuffer(ReadOnlySpan<byte> buffer)
    {
        _locator.EndBuffer(buffer);
        return ParserStep.NeedMore;
    }

    private bool SkipLine(ReadOnlySpan<byte> buffer, ref int position)
    {
        int length = buffer[position..].IndexOf((byte)'\n');
        if (length < 0)
        {
            position = buffer.Length;
            return false;
        }

        position += length + 1;
        _locator.StartLine(position);
        _isLineSkipped = false;
        return true;
    }

    private void Name(ReadOnlySpan<byte> name)
    {
        if (_skipDepth != NotSkipping)
            return;
        if (_scope == ParserScope.Object)
            _property = _object.Name(name, _tokenizer.Position);
        else
            _text.Name(name, _tokenizer.Position);
        StopIfFull();
    }

    private void UnreadableName()
    {
        if (_skipDepth != NotSkipping)
            return;
        if (_scope == ParserScope.Object)
            _property = InputProperty.Unknown;
        else
            _text.UnreadableName();
    }

    private void Value(JsonToken token)
    {
        if (_skipDepth != NotSkipping)
        {
            if (token == JsonToken.String)
                _strings.BeginSkipped();
            return;
        }

        switch (_scope)
        {
            case ParserScope.Object:
                PropertyValue(token);
                break;
            case ParserScope.Keywords:
                KeywordValue(token);
                break;
            case ParserScope.Dimensions when token == JsonToken.StartObject:
                BeginObject(InputObjectKind.Dimension, _tokenizer.Position);
                break;
            case ParserScope.Layers when token == JsonToken.StartObject:
                BeginObject(InputObjectKind.Layer, _tokenizer.Position);
                break;
            case ParserScope.Root when token == JsonToken.StartObject && _isLines:
                BeginObject(InputObjectKind.Line, _tokenizer.Position);
                break;
            case ParserScope.Root when token == JsonToken.StartObject:
                _scope = ParserScope.Top;
                break;
            case ParserScope.Top:
                _scope = _text.Value(token, _tokenizer.Position);
                if (_scope == ParserScope.Top)
                    Skip(token);
                StopIfFull();
                break;
            case ParserScope.Root:
                string message = _isLines ? InputMessages.LineNotObject() : InputMessages.TextNotObject();
                Report(InputFault.WrongType, message, _tokenizer.Position);
                Skip(token);
                break;
            default:
                _text.WrongType(_tokenizer.Position);
                Skip(token);
                StopIfFull();
                break;
        }
    }

    private void BeginObject(InputObjectKind kind, SourcePosition start)
    {
        _object.Begin(kind, start);
        _strings.Reset();
        _scope = ParserScope.Object;
    }

    private void PropertyValue(JsonToken token)
    {
        SourcePosition position = _tokenizer.Position;
        switch (token)
        {
            case JsonToken.Number:
                _object.Number(_property, in _tokenizer.Number, position);
                break;
            case JsonToken.String:
                _strings.BeginValue(_property, position);
                break;
            case JsonToken.Null:
                _object.Null(_property, position);
                break;
            case JsonToken.StartArray when _property == InputProperty.Keywords:
                _scope = ParserScope.Keywords;
                _keywords = 0;
                break;
            default:
                _object.WrongType(_property, position);
                Skip(token);
                break;
        }

        StopIfFull();
    }

    private void KeywordValue(JsonToken token)
    {
        SourcePosition position = _tokenizer.Position;
        int index = _keywords++;
        if (token != JsonToken.String)
        {
            _object.WrongType(InputProperty.Keywords, position);
            Skip(token);
        }
        else
            _strings.BeginKeyword(index, position);

        StopIfFull();
    }

    private void Skip(JsonToken token)
    {
        if (token == JsonToken.String)
            _strings.BeginSkipped();
        else if (token is JsonToken.StartObject or JsonToken.StartArray)
            _skipDepth = _tokenizer.Depth - 1;
    }

    private ParserStep Close()
    {
        if (_skipDepth != NotSkipping)
        {
            if (_tokenizer.Depth == _skipDepth)
                _skipDepth = NotSkipping;
            return ParserStep.NeedMore;
        }

        switch (_scope)
        {
            case ParserScope.Keywords:
                _scope = ParserScope.Object;
                return ParserStep.NeedMore;
            case ParserScope.Object:
                return CloseObject();
            default:
                _scope = _scope == ParserScope.Top ? ParserScope.Root : ParserScope.Top;
                return ParserStep.NeedMore;
        }
    }

    private ParserStep CloseObject()
    {
        _scope = _isLines ? ParserScope.Root : _object.Kind == InputObjectKind.Dimension ? ParserScope.Dimensions : ParserScope.Layers;
        if (_object.Close() == InputObjectKind.Layer && ContentPath.Length > 0)
            return ParserStep.ContentFile;
        return TryComplete() ? ParserStep.Layer : ParserStep.NeedMore;
    }

    private bool TryComplete()
    {
        bool isLayer = _object.TryComplete(_sink);
        StopIfFull();
        return isLayer;
    }

    private void EndString(ScanStatus status)
    {
        ReportTextFault();
        if (status == ScanStatus.Invalid)
            FailJson(_strings.Error, _strings.ErrorPosition, canRecover: true);
        else if (_strings.End() == StringUse.PropertyName)
        {
            // A name that is no text is reported as that, not as one that is not known.
            if (_strings.TextFault is null)
                Name(_strings.PropertyName);
            else
                UnreadableName();
        }

        StopIfFull();
    }

    private void ReportTextFault()
    {
        if (_strings.TextFault is not InputFault fault)
            return;
        string message = fault == InputFault.InvalidUtf8 ? InputMessages.InvalidUtf8() : InputMessages.LoneSurrogate();
        Report(fault, message, _strings.TextFaultPosition);
    }

    private void Report(InputFault fault, string message, SourcePosition position)
    {
        if (_object.Kind != InputObjectKind.None)
            _object.Report(fault, message, position);
        else
            _text.Report(fault, message, position);
        StopIfFull();
    }

    private void FailJson(string found, SourcePosition position, bool canRecover) =>
        Fail(InputFault.InvalidJson, InputMessages.InvalidJson(found), position, canRecover);

    /// <summary>Reports what makes the rest of the text, or of its line, impossible to understand.</summary>
    private void Fail(InputFault fault, string message, SourcePosition position, bool canRecover)
    {
        if (_object.Kind != InputObjectKind.None)
            _object.Abandon(_sink);
        Report(fault, message, position);
        _strings.Reset();
        _tokenizer.Reset();
        _scope = ParserScope.Root;
        _skipDepth = NotSkipping;
        _isLineSkipped = _isLines && canRecover;
        _isStopped |= !_isLineSkipped;
    }

    private void StopIfFull()
    {
        if (_object.Kind != InputObjectKind.None && _object.IsFull)
            _object.Abandon(_sink);
        _isStopped |= _diagnostics.IsFull;
    }
}

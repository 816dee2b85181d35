using System.Text;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>
/// A dimension or layer while its properties come in. What is wrong with it is held until its end, so that every message
/// can name it, whatever the order of its properties.
/// </summary>
internal sealed class InputObject(string file, DiagnosticBag diagnostics, int maxContentLength)
{
    private readonly List<InputDiagnostic> _found = [];
    private readonly SourcePosition[] _namePositions = new SourcePosition[(int)InputProperty.ContentFile + 1];
    private InputPropertySet _seen;
    private SourcePosition _start;
    private int _errors;
    private int _warnings;

    private ushort? _id;
    private SourcePosition _idPosition;
    private long? _size;
    private SourcePosition _sizePosition;
    private double? _frequencyMin;
    private SourcePosition _frequencyMinPosition;
    private double? _frequencyMax;

    private ushort? _dimension;
    private uint? _number;
    private SourcePosition _secondContentPosition;

    /// <summary>What the object is; <see cref="InputObjectKind.None"/> if there is none.</summary>
    public InputObjectKind Kind { get; private set; }

    /// <summary>Whether so much is wrong that nothing more would be kept.</summary>
    public bool IsFull => _errors >= DiagnosticBag.Capacity;

    /// <summary>Whether something is wrong that was seen before the object's end.</summary>
    public bool HasErrors => _errors > 0;

    /// <summary>Whether a further warning would be kept.</summary>
    public bool TakesWarnings => _warnings < DiagnosticBag.Capacity;

    public LayerInput Layer { get; } = new();

    public ByteBuffer Content { get; } = new(64 * 1024);

    /// <summary>Which property gives the content; <see cref="InputProperty.Unknown"/> if none does.</summary>
    public InputProperty ContentProperty { get; private set; }

    /// <summary>Whether the content is longer than it may be.</summary>
    public bool IsContentTooLong { get; set; }

    /// <summary>Whether the layer was found to have more keywords than it may.</summary>
    public bool HasTooManyKeywords { get; set; }

    /// <summary>Whether every object with an error could be named to the sink.</summary>
    public bool AllAreNamed { get; private set; } = true;

    /// <summary>Begins an object.</summary>
    public void Begin(InputObjectKind kind, SourcePosition start)
    {
        Kind = kind;
        _start = start;
        _seen = default;
        _found.Clear();
        _errors = _warnings = 0;
        _id = _dimension = null;
        _number = null;
        _size = null;
        _frequencyMin = _frequencyMax = null;
        _sizePosition = _frequencyMinPosition = _secondContentPosition = default;
        ContentProperty = InputProperty.Unknown;
        IsContentTooLong = HasTooManyKeywords = false;
        Content.Length = 0;
        Layer.Clear();
    }

    /// <summary>Takes a property's name; the property, or <see cref="InputProperty.Unknown"/> if its value is of no use.</summary>
    public InputProperty Name(ReadOnlySpan<byte> name, SourcePosition position)
    {
        InputProperty property = InputProperties.Find(name);
        InputPropertySet known = Kind switch
        {
            InputObjectKind.Dimension => InputProperties.OfDimension,
            InputObjectKind.Layer => InputProperties.OfLayer,
            _ => InputProperties.OfLine,
        };
        if (!known.Contains(property))
        {
            ReportUnknown(InputProperties.Shorten(name), Kind, position);
            return InputProperty.Unknown;
        }

        if (_seen.Contains(property))
        {
            Report(InputFault.DuplicateProperty, InputMessages.DuplicateProperty(InputPropertyNames.NameOf(property)), position);
            return InputProperty.Unknown;
        }

        _seen = _seen.With(property);
        if (Kind == InputObjectKind.Line)
            _namePositions[(int)property] = position;
        return property;
    }

    /// <summary>Takes the name of a property of a layer; false, and nothing is done, if it is there already.</summary>
    public bool TryName(InputProperty property, SourceLocator locator, ReadOnlySpan<byte> buffer, int index)
    {
        if (_seen.Contains(property))
            return false;
        _seen = _seen.With(property);
        if (Kind == InputObjectKind.Line)
            _namePositions[(int)property] = locator.Locate(buffer, index);
        return true;
    }

    /// <summary>Takes a whole number, if it is of a layer and as it must be; false, and nothing is done, if not.</summary>
    public bool TryWhole(InputProperty property, ulong number, SourcePosition position)
    {
        switch (property)
        {
            case InputProperty.DimensionId when number is > 0 and <= ushort.MaxValue:
                _dimension = (ushort)number;
                Layer.DimensionPosition = position;
                return true;
            case InputProperty.LayerNum when number <= uint.MaxValue:
                _number = (uint)number;
                Layer.Position = position;
                return true;
            case InputProperty.ParentLayer when number <= uint.MaxValue:
                Layer.Parent = (uint)number;
                Layer.ParentPosition = position;
                return true;
            case InputProperty.Depth when number <= Limits.MaxDepth:
                Layer.Depth = (int)number;
                Layer.DepthPosition = position;
                return true;
            default:
                return property == InputProperty.MmapOffset;
        }
    }

    /// <summary>Takes a number.</summary>
    public void Number(InputProperty property, in JsonNumber number, SourcePosition position)
    {
        bool fits = true;
        ulong whole;
        double frequency;
        switch (property)
        {
            case InputProperty.Id:
                fits = number.TryGetWhole(ushort.MaxValue, out whole) && whole != 0;
                _id = fits ? (ushort)whole : null;
                _idPosition = position;
                break;
            case InputProperty.DimensionId:
                fits = number.TryGetWhole(ushort.MaxValue, out whole) && whole != 0;
                _dimension = fits ? (ushort)whole : null;
                Layer.DimensionPosition = position;
                break;
            case InputProperty.LayerNum:
                fits = number.TryGetWhole(uint.MaxValue, out whole);
                _number = fits ? (uint)whole : null;
                Layer.Position = position;
                break;
            case InputProperty.ParentLayer:
                fits = number.TryGetWhole(uint.MaxValue, out whole);
                Layer.Parent = (uint)whole;
                Layer.ParentPosition = position;
                break;
            case InputProperty.Depth:
                fits = number.TryGetWhole(Limits.MaxDepth, out whole);
                Layer.Depth = (int)whole;
                Layer.DepthPosition = position;
                break;
            case InputProperty.SizeBytes:
                fits = number.TryGetWhole(Limits.MaxFileLength, out whole);
                _size = (long)whole;
                _sizePosition = position;
                break;
            case InputProperty.Frequency:
                fits = number.TryGetFrequency(out frequency);
                Layer.Frequency = frequency;
                Layer.FrequencyPosition = position;
                break;
            case InputProperty.FrequencyMin:
                fits = number.TryGetFrequency(out frequency);
                _frequencyMin = frequency;
                _frequencyMinPosition = position;
                break;
            case InputProperty.FrequencyMax:
                fits = number.TryGetFrequency(out frequency);
                _frequencyMax = frequency;
                break;
            case InputProperty.MmapOffset or InputProperty.Unknown:
                break;
            default:
                WrongType(property, position);
                break;
        }

        if (!fits)
        {
            Report(
                InputFault.NumberOutOfRange,
                InputMessages.NumberOutOfRange(InputPropertyNames.NameOf(property), InputPropertyNames.TakenBy(property)),
                position);
        }
    }

    /// <summary>Takes a null, which for all but what identifies an object means that the property is not there.</summary>
    public void Null(InputProperty property, SourcePosition position)
    {
        if (property is InputProperty.Id or InputProperty.DimensionId or InputProperty.LayerNum)
            WrongType(property, position);
    }

    /// <summary>Takes that a content property has a value; false if another gave the content already.</summary>
    public bool BeginContent(InputProperty property, SourcePosition position)
    {
        if (ContentProperty != InputProperty.Unknown)
        {
            _secondContentPosition = position;
            return false;
        }

        ContentProperty = property;
        Layer.ContentPosition = position;
        return true;
    }

    /// <summary>Takes a value of a type that the property does not take.</summary>
    public void WrongType(InputProperty property, SourcePosition position)
    {
        if (property != InputProperty.Unknown)
        {
            Report(
                InputFault.WrongType,
                InputMessages.WrongType(InputPropertyNames.NameOf(property), InputPropertyNames.TakenBy(property)),
                position);
        }
    }

    /// <summary>Notes that something is wrong with the object.</summary>
    public void Report(
        InputFault fault, string message, SourcePosition position, InputSeverity severity = InputSeverity.Error)
    {
        if (severity == InputSeverity.Error)
            _errors++;
        else
            _warnings++;
        if ((severity == InputSeverity.Error ? _errors : _warnings) <= DiagnosticBag.Capacity)
            _found.Add(new InputDiagnostic(fault, severity, message, file, position));
    }

    /// <summary>Ends the object: settles what it is and whether all is there that must be.</summary>
    /// <returns>What it is; <see cref="InputObjectKind.None"/> if it is nothing.</returns>
    public InputObjectKind Close()
    {
        if (Kind == InputObjectKind.Line)
            SettleLine();
        if (Kind == InputObjectKind.Dimension)
            Require(InputProperty.Id, "dimension");
        else if (Kind == InputObjectKind.Layer)
        {
            Require(InputProperty.DimensionId, "layer");
            Require(InputProperty.LayerNum, "layer");
        }

        return Kind;
    }

    /// <summary>Hands the object over, or what is wrong with it.</summary>
    /// <param name="sink">Takes a dimension, and the name of an object that has an error.</param>
    /// <returns>Whether it is a layer to be handed over; otherwise the object is done with.</returns>
    public bool TryComplete(IInputSink sink)
    {
        if (Kind == InputObjectKind.Layer && _dimension is ushort dimension && _number is uint number)
            Layer.Id = new LayerId(dimension, number);
        if (_found.Count > 0 || IsContentTooLong || _secondContentPosition.Line > 0)
            ReportFound();

        InputObjectKind kind = Kind;
        if (_errors > 0)
            Fail(sink);
        else if (kind == InputObjectKind.Dimension)
            sink.Dimension(ToDimension());
        Kind = InputObjectKind.None;
        return kind == InputObjectKind.Layer && _errors == 0;
    }

    /// <summary>Gives up an object whose end will not be seen.</summary>
    public void Abandon(IInputSink sink)
    {
        if (Kind == InputObjectKind.Line)
            Kind = KindOfLine();
        _errors++;
        _ = TryComplete(sink);
    }

    private void Fail(IInputSink sink)
    {
        if (Kind == InputObjectKind.Dimension && _id is ushort id)
            sink.DimensionFailed(new DimensionId(id), _idPosition);
        else if (Kind == InputObjectKind.Layer && Layer.Id != default)
            sink.LayerFailed(Layer.Id, Layer.Position);
        else
            AllAreNamed = false;
    }

    private DimensionInput ToDimension() => new()
    {
        Id = new DimensionId(_id!.Value),
        Name = Layer.Name.IsEmpty ? null : Encoding.UTF8.GetString(Layer.Name),
        SizeBytes = _size,
        FrequencyMin = _frequencyMin,
        FrequencyMax = _frequencyMax,
        Position = _idPosition,
        SizePosition = _sizePosition,
        FrequencyMinPosition = _frequencyMinPosition,
    };

    private void ReportFound()
    {
        string name = Kind switch
        {
            InputObjectKind.Dimension when _id is ushort id => $"Dimension {new DimensionId(id)}",
            InputObjectKind.Layer when Layer.Id != default => $"Layer {Layer.Id}",
            _ => "",
        };
        foreach (InputDiagnostic found in _found)
        {
            string message = name.Length == 0 ? found.Message : InputMessages.Of(name, found.Message);
            diagnostics.Add(new InputDiagnostic(found.Fault, found.Severity, message, file, found.Position));
        }

        _found.Clear();
        if (IsContentTooLong)
        {
            string layer = name.Length == 0 ? "the layer" : "l" + name[1..];
            Add(InputFault.LimitExceeded, InputMessages.ContentTooLong(layer, maxContentLength), Layer.ContentPosition);
        }

        if (_secondContentPosition.Line > 0)
        {
            string layer = name.Length == 0 ? "The layer" : name;
            Add(InputFault.AmbiguousContent, InputMessages.AmbiguousContent(layer), _secondContentPosition);
        }

        void Add(InputFault fault, string message, SourcePosition position)
        {
            _errors++;
            diagnostics.Add(new InputDiagnostic(fault, InputSeverity.Error, message, file, position));
        }
    }

    private void Require(InputProperty property, string owner)
    {
        if (!_seen.Contains(property))
            Report(InputFault.MissingProperty, InputMessages.MissingProperty(InputPropertyNames.NameOf(property), owner), _start);
    }

    private InputObjectKind KindOfLine()
    {
        if (_seen.Contains(InputProperty.DimensionId))
            return InputObjectKind.Layer;
        if (_seen.Contains(InputProperty.Id))
            return InputObjectKind.Dimension;
        if (_seen.Overlaps(InputProperties.OfLayer.Without(InputProperties.OfDimension)))
            return InputObjectKind.Layer;
        return _seen.Overlaps(InputProperties.OfDimension.Without(InputProperties.OfLayer))
            ? InputObjectKind.Dimension
            : InputObjectKind.None;
    }

    private void SettleLine()
    {
        Kind = KindOfLine();
        if (Kind == InputObjectKind.None)
        {
            if (!_seen.Contains(InputProperty.Schema) || _seen.Contains(InputProperty.Name))
                Report(InputFault.MissingProperty, InputMessages.LineWithoutId(), _start);
            return;
        }

        InputPropertySet known = Kind == InputObjectKind.Dimension ? InputProperties.OfDimension : InputProperties.OfLayer;
        for (InputProperty property = InputProperty.Schema; property <= InputProperty.ContentFile; property++)
        {
            if (_seen.Contains(property) && !known.Contains(property))
                ReportUnknown(InputPropertyNames.NameOf(property), Kind, _namePositions[(int)property]);
        }
    }

    private void ReportUnknown(string name, InputObjectKind kind, SourcePosition position)
    {
        string message = kind switch
        {
            InputObjectKind.Dimension => InputMessages.UnknownProperty(name, "a dimension", InputProperties.OfDimension.ToString()),
            InputObjectKind.Layer => InputMessages.UnknownProperty(name, "a layer", InputProperties.OfLayer.ToString()),
            _ => InputMessages.UnknownProperty(name, "a dimension or a layer", InputProperties.OfLine.ToString()),
        };
        Report(InputFault.UnknownProperty, message, position);
    }
}

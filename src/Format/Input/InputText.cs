using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>What is outside of dimensions and layers: the text's own properties, and what is wrong there.</summary>
internal sealed class InputText(string file, DiagnosticBag diagnostics)
{
    private InputPropertySet _seen;

    /// <summary>Whether nothing is wrong that may have hidden an object.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The property whose value comes; <see cref="InputProperty.Unknown"/> if it is of no use.</summary>
    public InputProperty Property { get; private set; }

    /// <summary>Takes a property's name.</summary>
    public void Name(ReadOnlySpan<byte> name, SourcePosition position)
    {
        InputProperty property = InputProperties.Find(name);
        Property = InputProperty.Unknown;
        if (!InputProperties.OfText.Contains(property))
        {
            string known = InputProperties.OfText.ToString();
            string message = InputMessages.UnknownProperty(InputProperties.Shorten(name), "the top level", known);
            Report(InputFault.UnknownProperty, message, position);
        }
        else if (_seen.Contains(property))
            Report(InputFault.DuplicateProperty, InputMessages.DuplicateProperty(InputPropertyNames.NameOf(property)), position);
        else
        {
            Property = property;
            _seen = _seen.With(property);
        }
    }

    /// <summary>Takes the name for one that cannot be read.</summary>
    public void UnreadableName() => Property = InputProperty.Unknown;

    /// <summary>Takes the property's value.</summary>
    /// <returns>What is entered with it; <see cref="ParserScope.Top"/> if it is skipped.</returns>
    public ParserScope Value(JsonToken token, SourcePosition position)
    {
        switch (Property)
        {
            case InputProperty.Dimensions when token == JsonToken.StartArray:
                return ParserScope.Dimensions;
            case InputProperty.Layers when token == JsonToken.StartArray:
                return ParserScope.Layers;
            case InputProperty.Schema when token == JsonToken.String:
            case InputProperty.Unknown:
                break;
            default:
                if (token != JsonToken.Null)
                    WrongType(position);
                break;
        }

        return ParserScope.Top;
    }

    /// <summary>Reports a value, or an element of one, of a type that the property does not take.</summary>
    public void WrongType(SourcePosition position) => Report(
        InputFault.WrongType,
        InputMessages.WrongType(InputPropertyNames.NameOf(Property), InputPropertyNames.TakenBy(Property)),
        position);

    /// <summary>Reports what is wrong.</summary>
    public void Report(InputFault fault, string message, SourcePosition position)
    {
        diagnostics.Add(new InputDiagnostic(fault, InputSeverity.Error, message, file, position));
        IsWhole = false;
    }
}

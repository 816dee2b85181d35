using System.Runtime.CompilerServices;
using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>Reads the value of one property after another, and checks that it is one that the property takes.</summary>
/// <param name="json">The text, at a value that was peeked at.</param>
/// <param name="note">Takes what is wrong.</param>
internal sealed class ValueReader(JsonReader json, Action<InputFault, string, SourcePosition> note)
{
    /// <summary>How many objects and arrays the values are in.</summary>
    public int Nesting { get; set; }

    /// <summary>Reads a string.</summary>
    /// <param name="property">The property.</param>
    /// <param name="limit">How many bytes of UTF-8 it may have.</param>
    /// <param name="index">Where it is in the property's array; -1 if it is in none.</param>
    /// <returns>The string; null if it is none, is empty, or passes its limit.</returns>
    [MethodImpl(Hot.Method)]
    public string? ReadText(InputProperty property, int limit, int index = -1)
    {
        if (json.Kind != JsonKind.String)
        {
            SkipWrong(property, inArray: index >= 0);
            return null;
        }

        if (!json.ReadString(limit, out string text, out int utf8Length))
            return null;
        if (utf8Length > 0 && utf8Length <= limit)
            return text;
        string owner = InputPropertyNames.NameOf(property);
        if (index >= 0)
            owner += FormattableString.Invariant($"[{index}]");
        note(
            InputFault.LimitExceeded,
            utf8Length == 0 ? InputMessages.TextEmpty(owner) : InputMessages.TextTooLong(owner, utf8Length, limit),
            json.ValuePosition);
        return null;
    }

    /// <summary>Reads a number of hertz; null if it is none.</summary>
    [MethodImpl(Hot.Method)]
    public double? ReadFrequency(InputProperty property)
    {
        if (json.Kind != JsonKind.Number)
        {
            SkipWrong(property);
            return null;
        }

        if (json.TryReadPlainNumber(out long digits, out int decimals))
            return SourceNumber.Divide(digits, decimals);
        if (json.ReadNumber() is not string text)
            return null;
        if (SourceNumber.TryGetFrequency(text, out double value))
            return value;
        NoteRange(property);
        return null;
    }

    /// <summary>Reads a whole number from 0, or of what identifies a dimension from 1; null if it is none.</summary>
    [MethodImpl(Hot.Method)]
    public long? ReadWhole(InputProperty property, long max)
    {
        if (json.Kind != JsonKind.Number)
        {
            SkipWrong(property);
            return null;
        }

        bool isWhole;
        if (json.TryReadPlainNumber(out long value, out int decimals))
            isWhole = decimals == 0 || SourceNumber.TryGetWhole(value, decimals, out value);
        else if (json.ReadNumber() is string text)
            isWhole = SourceNumber.TryGetWhole(text, out value);
        else
            return null;
        long min = property is InputProperty.Id or InputProperty.DimensionId ? 1 : 0;
        if (isWhole && value >= min && value <= max)
            return value;
        NoteRange(property);
        return null;
    }

    /// <summary>Skips a number, whatever it is.</summary>
    public void SkipNumber(InputProperty property)
    {
        if (json.Kind == JsonKind.Number)
            json.SkipValue(Nesting);
        else
            SkipWrong(property);
    }

    /// <summary>
    /// Skips a value of another type than its property takes and notes that, unless it is <c>null</c>, which for all but what
    /// identifies an object means that the property is not there.
    /// </summary>
    public void SkipWrong(InputProperty property, bool inArray = false)
    {
        SourcePosition position = json.ValuePosition;
        bool isAbsent = json.Kind == JsonKind.Null && !inArray
            && property is not (InputProperty.Id or InputProperty.DimensionId or InputProperty.LayerNum);
        if (json.SkipValue(inArray ? Nesting + 1 : Nesting) && !isAbsent)
        {
            note(
                InputFault.WrongType,
                InputMessages.WrongType(InputPropertyNames.NameOf(property), InputPropertyNames.TakenBy(property)),
                position);
        }
    }

    private void NoteRange(InputProperty property) => note(
        InputFault.NumberOutOfRange,
        InputMessages.NumberOutOfRange(InputPropertyNames.NameOf(property), InputPropertyNames.TakenBy(property)),
        json.ValuePosition);
}

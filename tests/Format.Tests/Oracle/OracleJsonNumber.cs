using System.Globalization;
using System.Text.RegularExpressions;

namespace Lamina.Format.Tests.Oracle;

/// <summary>A JSON number as it is written.</summary>
internal sealed partial record OracleJsonNumber(string Text)
{
    /// <summary>The number, if it is an integer of 64 bits that is not negative; JSON may write zero with a sign.</summary>
    public ulong? Integer =>
        Text == "-0" ? 0 : ulong.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong value) ? value : null;

    /// <summary>CAN-5.</summary>
    public double Double
    {
        get
        {
            double value = double.Parse(Text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return value == 0 ? 0 : value;
        }
    }

    public static OracleJsonNumber? Parse(string text) => Grammar().IsMatch(text) ? new OracleJsonNumber(text) : null;

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}

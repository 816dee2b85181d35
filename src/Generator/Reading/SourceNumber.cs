using System.Globalization;

namespace Lamina.Generator.Reading;

/// <summary>Reads values out of the text of a number that is known to be one of JSON.</summary>
internal static class SourceNumber
{
    private const int MaxExponent = 100_000;

    private static readonly double[] PowersOfTen =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    private static readonly char[] NeitherDigitNorPoint = ['-', 'e', 'E'];

    /// <summary>
    /// What <paramref name="digits"/> with a point before the last <paramref name="decimals"/> is as a <c>double</c>, rounded as by
    /// parsing: of at most 15 digits, both it and the power of ten are exact, and division rounds once.
    /// </summary>
    public static double Divide(long digits, int decimals) => digits / PowersOfTen[decimals];

    /// <summary>The number, if it is whole; <c>3.0</c> and <c>3e0</c> are 3. Of one of more than 18 digits, false.</summary>
    public static bool TryGetWhole(string text, out long value)
    {
        const int MaxDigits = 18;
        value = 0;
        string digits = Digits(text, out int exponent);
        if (digits.Length == 0)
            return true;
        if (text[0] == '-' || exponent < 0 || digits.Length + exponent > MaxDigits)
            return false;
        value = long.Parse(digits + new string('0', exponent), NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>What <paramref name="digits"/> with a point before the last <paramref name="decimals"/> is, if it is whole.</summary>
    public static bool TryGetWhole(long digits, int decimals, out long value)
    {
        long power = (long)PowersOfTen[decimals];
        value = digits / power;
        return value * power == digits;
    }

    /// <summary>The number, if it is finite and not negative; minus zero is zero.</summary>
    public static bool TryGetFrequency(string text, out double value)
    {
        value = 0;
        if (text.IndexOfAny(NeitherDigitNorPoint) >= 0 && Digits(text, out _).Length == 0)
            return true;
        return text[0] != '-'
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && !double.IsInfinity(value);
    }

    /// <summary>The significant digits, without zeros before and behind them, and the power of ten to multiply them by.</summary>
    private static string Digits(string text, out int exponent)
    {
        int end = text.IndexOfAny(['e', 'E']);
        exponent = end < 0 ? 0 : Exponent(text.Substring(end + 1));
        string mantissa = (end < 0 ? text : text.Substring(0, end)).TrimStart('-');
        int point = mantissa.IndexOf('.');
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        string digits = mantissa.TrimEnd('0');
        exponent += mantissa.Length - digits.Length;
        return digits.TrimStart('0');
    }

    /// <summary>An exponent, cut to where it makes no more difference.</summary>
    private static int Exponent(string text)
    {
        bool isNegative = text[0] == '-';
        string digits = text.TrimStart('+', '-').TrimStart('0');
        int value = digits.Length == 0 ? 0
            : digits.Length > 5 ? MaxExponent
            : int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return isNegative ? -value : value;
    }
}

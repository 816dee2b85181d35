using System.Globalization;

namespace Lamina.Format.Input;

/// <summary>A number as JSON writes it: <c>± Digits × 10^Exponent</c>.</summary>
internal readonly struct JsonNumber
{
    private const int MaxDigits = 19;
    private const int MaxShortDigits = 15;
    private const ulong MaxExactDouble = 1UL << 53;

    private readonly ulong _digits;
    private readonly int _exponent;
    private readonly bool _isNegative;

    /// <summary>Whether the digits are all the digits there are.</summary>
    private readonly bool _isWhole;

    /// <summary>The value where digits and exponent do not give it exactly by one operation.</summary>
    private readonly double _value;

    private JsonNumber(ReadOnlySpan<byte> text, bool isNegative, ulong digits, int exponent, bool isWhole)
    {
        _isNegative = isNegative;
        _digits = digits;
        _exponent = exponent;
        _isWhole = isWhole;
        if (!IsExact)
            _value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    private JsonNumber(ulong digits, int exponent)
    {
        _digits = digits;
        _exponent = exponent;
        _isWhole = true;
    }

    // Both the digits and the power are exact doubles, so one division or product rounds once, as it must.
    private bool IsExact => _isWhole && _digits <= MaxExactDouble && _exponent is >= -22 and <= 22;

    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
        1e21, 1e22,
    ];

    /// <summary>Reads the number that <paramref name="text"/> begins with.</summary>
    /// <param name="text">The text.</param>
    /// <param name="number">Gets the number.</param>
    /// <returns>Its length; 0 if there is none.</returns>
    public static int Read(ReadOnlySpan<byte> text, out JsonNumber number)
    {
        number = default;
        int i = 0;
        bool isNegative = !text.IsEmpty && text[0] == '-';
        if (isNegative)
            i++;

        ulong digits = 0;
        int significant = 0;
        long exponent = 0;
        bool isWhole = true;

        int integer = i;
        for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
        {
            if (significant < MaxDigits)
                digits = (digits * 10) + (uint)(text[i] - '0');
            else
            {
                exponent++;
                isWhole &= text[i] == '0';
            }

            if (digits != 0)
                significant++;
        }

        if (i == integer || (text[integer] == '0' && i - integer > 1))
            return 0;

        if (i < text.Length && text[i] == '.')
        {
            int fraction = ++i;
            for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
            {
                if (significant < MaxDigits)
                {
                    digits = (digits * 10) + (uint)(text[i] - '0');
                    exponent--;
                }
                else
                    isWhole &= text[i] == '0';

                if (digits != 0)
                    significant++;
            }

            if (i == fraction)
                return 0;
        }

        if (i < text.Length && (text[i] | 0x20) == 'e')
        {
            i++;
            bool isSmall = i < text.Length && text[i] == '-';
            if (i < text.Length && text[i] is (byte)'+' or (byte)'-')
                i++;
            int power = i;
            long value = 0;
            for (; i < text.Length && (uint)(text[i] - '0') <= 9; i++)
                value = Math.Min((value * 10) + (uint)(text[i] - '0'), int.MaxValue / 2);
            if (i == power)
                return 0;
            exponent += isSmall ? -value : value;
        }

        number = new JsonNumber(text[..i], isNegative, digits, (int)exponent, isWhole);
        return i;
    }

    /// <summary>Reads the number that <paramref name="text"/> begins with if it is a short one, as nearly all are: not negative,
    /// fifteen digits at most, without an exponent, and with something behind it that ends it.</summary>
    /// <param name="text">The text, longer than such a number.</param>
    /// <param name="digits">Gets its digits.</param>
    /// <param name="fraction">Gets how many of them stand behind the point.</param>
    /// <returns>Its length; 0 if it has to be read with <see cref="Read"/>.</returns>
    public static int ReadShort(ReadOnlySpan<byte> text, out ulong digits, out int fraction)
    {
        // One more than the digits and the point take, for what is behind.
        text = text[..(MaxShortDigits + 2)];
        digits = 0;
        fraction = 0;
        int i = 0;
        uint digit;
        for (; i < text.Length && (digit = text[i] - (uint)'0') <= 9; i++)
            digits = (digits * 10) + digit;
        if (i == 0 || i > MaxShortDigits || (i > 1 && text[0] == '0'))
            return 0;

        if (text[i] == '.')
        {
            int point = i++;
            for (; i < text.Length && (digit = text[i] - (uint)'0') <= 9; i++)
                digits = (digits * 10) + digit;
            fraction = i - point - 1;
            if (fraction == 0 || i == text.Length)
                return 0;
        }

        if (text[i] is not ((byte)',' or (byte)'}' or (byte)'\n' or (byte)'\r' or (byte)' '))
            return 0;
        return i;
    }

    /// <summary>The number that <see cref="ReadShort"/> has read.</summary>
    public static JsonNumber OfShort(ulong digits, int fraction) => new(digits, -fraction);

    /// <summary>The number, if it is whole, not negative and at most <paramref name="max"/>. <c>3.0</c> and <c>3e0</c> are 3.</summary>
    public bool TryGetWhole(ulong max, out ulong value)
    {
        value = _digits;
        if (_digits == 0 || (_exponent == 0 && _isWhole && !_isNegative))
            return value <= max;
        if (_isNegative || !_isWhole)
            return false;

        int exponent = _exponent;
        for (; exponent < 0; exponent++)
        {
            if (value % 10 != 0)
                return false;
            value /= 10;
        }

        for (; exponent > 0 && value <= max; exponent--)
        {
            if (value > ulong.MaxValue / 10)
                return false;
            value *= 10;
        }

        return value <= max;
    }

    /// <summary>The number, if it is finite and not negative; minus zero is zero.</summary>
    public bool TryGetFrequency(out double value)
    {
        value = 0;
        if (_digits == 0)
            return true;
        if (_isNegative)
            return false;

        value = !IsExact ? _value : _exponent < 0 ? _digits / PowersOfTen[-_exponent] : _digits * PowersOfTen[_exponent];
        return double.IsFinite(value);
    }
}

using System.Runtime.CompilerServices;
using System.Text;

namespace Lamina.Generator.Reading;

/// <summary>Reads one number after another: those that are written plainly, as nearly all are, without making text of them.</summary>
internal sealed class JsonNumberReader(TextWindow window)
{
    /// <summary>How many characters a number may have.</summary>
    public const int MaxLength = 1024;

    /// <summary>Every number of so many digits is one that a <c>double</c> holds exactly.</summary>
    private const int MaxDigits = 15;

    private readonly StringBuilder _token = new();

    /// <summary>
    /// Reads the number that comes next, if it is digits, perhaps with a point between them, and whole at hand; else takes nothing.
    /// </summary>
    /// <param name="digits">The number without its point: at most 15 digits.</param>
    /// <param name="decimals">How many of them are behind the point.</param>
    [MethodImpl(Hot.Method)]
    public bool TryReadPlain(out long digits, out int decimals)
    {
        char[] buffer = window.Buffer;
        int limit = Math.Min(window.Limit, window.Next + MaxDigits + 2);
        int start = window.Next;
        digits = 0;
        int point = SkipDigits(buffer, start, limit, ref digits);
        int end = point;
        decimals = 0;
        if (point < limit && buffer[point] == '.')
        {
            end = SkipDigits(buffer, point + 1, limit, ref digits);
            decimals = end - point - 1;
            if (decimals == 0)
                return false;
        }

        // A zero before other digits is not JSON's.
        bool isJson = point > start && (point == start + 1 || buffer[start] != '0');
        if (!isJson || point - start + decimals > MaxDigits || end == limit || IsPart(buffer[end]))
            return false;
        window.Next = end;
        return true;
    }

    /// <summary>Takes the number that comes next; of one that is too long, what comes first.</summary>
    public string Read()
    {
        _token.Clear();
        for (int c = window.Peek(); IsPart(c); c = window.Peek())
        {
            if (_token.Length <= MaxLength)
                _token.Append((char)c);
            window.Next++;
        }

        return _token.ToString();
    }

    /// <summary>Whether <paramref name="text"/> is <c>-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?</c>.</summary>
    public static bool IsNumber(string text)
    {
        int at = 0;
        if (At('-'))
            at++;
        if (At('0'))
            at++;
        else if (!Digits())
            return false;
        if (At('.'))
        {
            at++;
            if (!Digits())
                return false;
        }

        if (At('e') || At('E'))
        {
            at++;
            if (At('+') || At('-'))
                at++;
            if (!Digits())
                return false;
        }

        return at == text.Length;

        bool At(char c) => at < text.Length && text[at] == c;

        bool Digits()
        {
            int start = at;
            while (at < text.Length && text[at] is >= '0' and <= '9')
                at++;
            return at > start;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int SkipDigits(char[] buffer, int at, int limit, ref long digits)
    {
        for (; at < limit && buffer[at] is >= '0' and <= '9'; at++)
            digits = 10 * digits + (buffer[at] - '0');
        return at;
    }

    private static bool IsPart(int c) => c is (>= '0' and <= '9') or '+' or '-' or '.' or 'e' or 'E';
}

using System.Text;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Changes JSON token by token, so that most of what comes out still is JSON.</summary>
internal static class JsonMutator
{
    private static readonly byte[][] General =
    [
        .. new[]
        {
            "null", "true", "false", "0", "-0", "-1", "1", "1.0", "1e0", "1E+2", "-0.0e-0", "0.1", "1e400", "1e-400", "01", "1.", ".5", "+1", "1e",
            "255", "256", "65535", "65536", "33554432", "33554433", "2147483647", "2147483648", "4294967295", "4294967296",
            "9007199254740993", "281474976710656", "281474976710657", "9223372036854775807", "9223372036854775808",
            "18446744073709551615", "18446744073709551616", "99999999999999999999999999", "0.30000000000000004",
            "\"\"", "\"a\"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\ude00\"", "\"\\ud83d\\ude00\"", "\"\\uD83D\\u0041\"", "\"\\u00e9\"", "\"é\"", "\"😀\"",
            "\"\\q\"", "\"\\u12\"", "\"\\", "\"\t\"", "\"\\/\\b\\f\\n\\r\\t\\\"\\\\\"", "{}", "[]", "[[]]", "{\"a\":{\"a\":[]}}",
            ",", ":", "{", "}", "[", "]", "\"", "\n", "\r\n", " ", "\t", "//", "/**/", "'", "NaN", "Infinity", "nul", "trueX",
        }.Select(Encoding.UTF8.GetBytes),
        [0xEF, 0xBB, 0xBF], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22],
        [0xFF, 0xFE], [0x00], [0x80], [0x22, 0xFF, 0x22],
        Encoding.UTF8.GetBytes(new string('[', 70)), Encoding.UTF8.GetBytes("\"" + new string('é', 513) + "\""),
        Encoding.UTF8.GetBytes(new string('7', 1025)), Encoding.UTF8.GetBytes("\"" + new string('x', 1024) + "\""),
    ];

    /// <summary>Makes one change.</summary>
    /// <param name="input">What to change; left as it is.</param>
    /// <param name="other">Where tokens may come from.</param>
    /// <param name="words">Tokens that mean something to the target.</param>
    /// <param name="random">Decides what is changed.</param>
    public static byte[] Mutate(byte[] input, byte[] other, byte[][] words, Random random)
    {
        if (random.Next(6) == 0)
            return ByteMutator.Mutate(input, other, random);
        (int start, int end) = Token(input, random.Next(input.Length + 1));
        switch (random.Next(7))
        {
            case 0:
                return Put(input, start, end, []);
            case 1:
                return Put(input, end, end, input[start..end]);
            case 2:
                return Put(input, start, start, Word(words, random));
            case 3:
                (int from, int to) = Token(other, random.Next(other.Length + 1));
                return Put(input, start, end, other[from..to]);
            case 4:
                // From one bracket, quote or comma to a later one.
                (_, int last) = Token(input, Math.Min(input.Length, end + random.Next(1, 200)));
                return random.Next(2) == 0 ? Put(input, start, last, []) : Put(input, last, last, input[start..last]);
            case 5:
                byte[] changed = (byte[])input.Clone();
                ByteMutator.Change(changed.AsSpan(start, end - start), random);
                return changed;
            default:
                return Put(input, start, end, Word(words, random));
        }
    }

    private static byte[] Word(byte[][] words, Random random) =>
        random.Next(2) == 0 ? words[random.Next(words.Length)] : General[random.Next(General.Length)];

    private static byte[] Put(byte[] input, int start, int end, byte[] part) =>
        input.Length - (end - start) + part.Length > ByteMutator.MaxLength ? input : [.. input[..start], .. part, .. input[end..]];

    /// <summary>A string, a word or number, or one other byte: what begins at or soon after <paramref name="from"/>.</summary>
    private static (int Start, int End) Token(byte[] text, int from)
    {
        int start = from;
        while (start < text.Length && (IsWord(text[start]) || text[start] == ' '))
            start++;
        while (start < text.Length && text[start] == ' ')
            start++;
        if (start >= text.Length)
            return (text.Length, text.Length);
        int end = start + 1;
        if (text[start] == '"')
        {
            while (end < text.Length && text[end] != '"' && text[end] != '\n')
                end += text[end] == '\\' ? 2 : 1;
            end++;
        }
        else if (IsWord(text[start]))
        {
            while (end < text.Length && IsWord(text[end]))
                end++;
        }
        else if (text[start] is (byte)':' or (byte)',' or (byte)'[')
        {
            // What follows is the more interesting token.
            while (end < text.Length && text[end] == ' ')
                end++;
            start = end;
            while (end < text.Length && (IsWord(text[end]) || text[end] == '"'))
                end++;
            end = Math.Max(end, start + 1);
        }

        return (Math.Min(start, text.Length), Math.Min(end, text.Length));
    }

    private static bool IsWord(byte b) => char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'+' or (byte)'.' or (byte)'_';
}

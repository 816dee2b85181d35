namespace Lamina.Format.Tests.Oracle;

/// <summary>The LZ4 block format, byte by byte (BLK-8, BLK-9).</summary>
internal static class OracleLz4
{
    private const int MinMatch = 4;
    private const int LastLiterals = 5;
    private const int MatchEndLimit = 12;
    private const int Reach = 65535;

    /// <summary>Encodes greedily: the last place with the same four bytes is the match.</summary>
    public static byte[] Encode(byte[] plain, byte[] dictionary)
    {
        byte[] all = [.. dictionary, .. plain];
        Dictionary<ulong, int> last = [];
        List<byte> output = [];
        int literalStart = dictionary.Length;
        int position = dictionary.Length;
        for (int i = 0; i + MinMatch <= dictionary.Length; i++)
            last[OracleBytes.Get(all, i, MinMatch)] = i;

        while (position < all.Length - MatchEndLimit)
        {
            ulong four = OracleBytes.Get(all, position, MinMatch);
            bool found = last.TryGetValue(four, out int match) && position - match <= Reach;
            last[four] = position;
            if (!found)
            {
                position++;
                continue;
            }

            int length = MinMatch;
            while (position + length < all.Length - LastLiterals && all[match + length] == all[position + length])
                length++;
            Sequence(output, all[literalStart..position], position - match, length);
            position += length;
            literalStart = position;
        }

        Sequence(output, all[literalStart..], 0, 0);
        return [.. output];
    }

    /// <summary>Appends one sequence; without a match if <paramref name="matchLength"/> is 0, as the last one must be.</summary>
    public static void Sequence(List<byte> output, byte[] literals, int offset, int matchLength)
    {
        int match = matchLength == 0 ? 0 : matchLength - MinMatch;
        output.Add((byte)((Math.Min(literals.Length, 15) << 4) | Math.Min(match, 15)));
        Length(literals.Length);
        output.AddRange(literals);
        if (matchLength == 0)
            return;
        OracleBytes.Add(output, 2, (ulong)offset);
        Length(match);

        void Length(int value)
        {
            if (value < 15)
                return;
            int rest = value - 15;
            for (; rest >= 255; rest -= 255)
                output.Add(255);
            output.Add((byte)rest);
        }
    }

    /// <summary>Decodes all of <paramref name="stored"/> to exactly <paramref name="decodedLength"/> bytes, or throws.</summary>
    public static byte[] Decode(byte[] stored, int decodedLength, byte[] dictionary)
    {
        List<byte> output = [.. dictionary];
        int end = dictionary.Length + decodedLength;
        int position = 0;
        while (true)
        {
            byte token = Next("a token");
            int literals = Length(token >> 4);
            for (int i = 0; i < literals; i++)
                Append(Next("a literal"));

            // The last sequence ends here, whatever its token says of a match that it does not have.
            if (position == stored.Length)
                break;

            int offset = Next("an offset") | (Next("an offset") << 8);
            int match = Length(token & 15) + MinMatch;
            if (offset == 0 || offset > output.Count)
                throw new FormatException($"A match offset of {offset} with {output.Count} bytes before it.");
            for (int i = 0; i < match; i++)
                Append(output[^offset]);
        }

        if (output.Count != end)
            throw new FormatException($"{output.Count - dictionary.Length} bytes instead of {decodedLength}.");
        return output.GetRange(dictionary.Length, decodedLength).ToArray();

        byte Next(string what) =>
            position < stored.Length ? stored[position++] : throw new FormatException($"The block ends before {what}.");

        int Length(int nibble)
        {
            int length = nibble;
            while (nibble == 15)
            {
                byte more = Next("a length");
                length += more;
                if (more < 255)
                    break;
            }

            return length;
        }

        void Append(byte value)
        {
            if (output.Count >= end)
                throw new FormatException($"More than {decodedLength} bytes.");
            output.Add(value);
        }
    }
}

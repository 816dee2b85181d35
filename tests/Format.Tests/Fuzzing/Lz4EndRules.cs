using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>What LZ4 demands of the end of a block, and a reader may demand (BLK-8).</summary>
internal static class Lz4EndRules
{
    /// <summary>Whether every block of <paramref name="reading"/> keeps them.</summary>
    public static bool Hold(OracleReading reading) =>
        reading.Parts.Blocks.TrueForAll(static block => block.Codec == 0 || Hold(block.Stored));

    /// <summary>Whether the last five bytes of a well-formed block are literals, and its last match begins twelve bytes or more
    /// before its end.</summary>
    public static bool Hold(byte[] stored)
    {
        int at = 0;
        int written = 0;
        int lastMatch = -1;
        while (true)
        {
            byte token = stored[at++];
            int literals = Length(token >> 4);
            at += literals;
            written += literals;
            if (at == stored.Length)
                return lastMatch < 0 || (literals >= 5 && written - lastMatch >= 12);
            lastMatch = written;
            at += 2;
            written += Length(token & 15) + 4;
        }

        int Length(int nibble)
        {
            int length = nibble;
            while (nibble == 15)
            {
                byte more = stored[at++];
                length += more;
                if (more < 255)
                    break;
            }

            return length;
        }
    }
}

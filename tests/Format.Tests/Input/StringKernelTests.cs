using FsCheck.Xunit;
using Lamina.Format.Input;

namespace Lamina.Format.Tests.Input;

public class StringKernelTests
{
    private const string Letters = "\"\\/bfnrt";
    private const string Characters = "\"\\/\b\f\n\r\t";

    private delegate bool Kernel(ReadOnlySpan<byte> source, ref int from, Span<byte> target, ref int to, ref bool nonAscii);

    [Property(MaxTest = 3000)]
    public void CopyBlocks_RandomText_CopiesWhatOneByteAtATimeCopies(int seed) => Check(StringKernel.CopyBlocks, seed);

    [Property(MaxTest = 3000)]
    public void CopyBlocks512_RandomText_CopiesWhatOneByteAtATimeCopies(int seed)
    {
        // Only where the processor can; elsewhere the other kernel is the one that runs.
        if (StringKernel512.IsSupported)
            Check(StringKernel512.CopyBlocks, seed);
    }

    [Property(MaxTest = 1000)]
    public void CopyRest_RandomText_CopiesWhatOneByteAtATimeCopies(int seed)
    {
        Random random = new(seed);
        byte[] text = Text(random);
        byte[] target = new byte[text.Length];
        int from = 0;
        int to = 0;

        bool nonAscii = StringKernel.CopyRest(text, ref from, target, ref to);

        Assert.Equal(Unescape(text.AsSpan(0, from)), target[..to]);
        Assert.True(from == text.Length || IsForTheCaller(text, from));
        Assert.Equal(text.AsSpan(0, from).ContainsAnyInRange((byte)0x80, (byte)0xFF), nonAscii);
    }

    private static void Check(Kernel kernel, int seed)
    {
        Random random = new(seed);
        byte[] text = Text(random);
        byte[] target = new byte[random.Next(3) == 0 ? random.Next(text.Length + 1) : text.Length + StringKernel.Slack];
        int from = random.Next(3) == 0 ? random.Next(text.Length) : 0;
        int start = from;
        int to = 0;
        bool nonAscii = false;

        bool isJudged = kernel(text, ref from, target, ref to, ref nonAscii);

        Assert.Equal(Unescape(text.AsSpan(start, from - start)), target[..to]);
        Assert.True(nonAscii || !text.AsSpan(start, from - start).ContainsAnyInRange((byte)0x80, (byte)0xFF));
        if (isJudged)
            Assert.True(IsForTheCaller(text, from));
        else
            Assert.True(text.Length - from < StringKernel.Slack || target.Length - to < StringKernel.Slack);
    }

    private static byte[] Text(Random random)
    {
        byte[] text = new byte[random.Next(700)];
        int escapes = random.Next(2, 40);
        bool hasStops = random.Next(2) == 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (random.Next(escapes) == 0 && i + 1 < text.Length)
            {
                text[i++] = (byte)'\\';
                text[i] = (byte)Letters[random.Next(random.Next(2) == 0 ? 2 : Letters.Length)];
            }
            else
                text[i] = random.Next(20) == 0 ? (byte)random.Next(0x80, 0x100) : (byte)random.Next('#', '[');
        }

        if (hasStops && text.Length > 0)
            text[random.Next(text.Length)] = (byte)"\"\0\n\\ux\u001F"[random.Next(7)];
        return text;
    }

    /// <summary>Undoes one-letter escapes; the text has no others.</summary>
    private static byte[] Unescape(ReadOnlySpan<byte> text)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            Assert.False(text[i] is < 0x20 or (byte)'"');
            if (text[i] != '\\')
                bytes.Add(text[i]);
            else
                bytes.Add((byte)Characters[Letters.IndexOf((char)text[++i], StringComparison.Ordinal)]);
        }

        return [.. bytes];
    }

    private static bool IsForTheCaller(byte[] text, int index) =>
        text[index] is < 0x20 or (byte)'"'
        || (text[index] == '\\' && (index + 1 == text.Length || !Letters.Contains((char)text[index + 1], StringComparison.Ordinal)));
}

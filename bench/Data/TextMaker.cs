using System.Text;

namespace Lamina.Bench.Data;

/// <summary>Makes text of made-up words, often used ones often, the same for the same seed.</summary>
internal sealed class TextMaker
{
    private const int WordCount = 4096;
    private static readonly string[] Syllables =
        "ka lo mi ren ta shu vel dor an is ek to pra lin gar bo ne su fa wi cha or un dy pel mar tho ze".Split(' ');

    private static readonly byte[][] Words = MakeWords(new Random(1));

    private readonly Random _random;

    public TextMaker(int seed) => _random = new Random(seed);

    public string Word() => Encoding.UTF8.GetString(Words[_random.Next(WordCount)]).TrimEnd();

    /// <summary>A size around <paramref name="median"/>: lognormal, as sizes of texts are.</summary>
    public int Size(double median, double sigma, int least, int most)
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return (int)Math.Clamp(median * Math.Exp(sigma * normal), least, most);
    }

    public int Next(int below) => _random.Next(below);

    /// <summary>Fills <paramref name="text"/> with words.</summary>
    public void Fill(Span<byte> text)
    {
        while (!text.IsEmpty)
        {
            // A product of two uniform numbers: the first words come far more often than the last.
            byte[] word = Words[(int)(_random.NextDouble() * _random.NextDouble() * WordCount)];
            int length = Math.Min(word.Length, text.Length);
            word.AsSpan(0, length).CopyTo(text);
            text = text[length..];
        }
    }

    private static byte[][] MakeWords(Random random) =>
    [
        .. Enumerable.Range(0, WordCount).Select(_ => Encoding.UTF8.GetBytes(
            string.Concat(Enumerable.Range(0, random.Next(1, 5)).Select(_ => Syllables[random.Next(Syllables.Length)])) + " ")),
    ];
}

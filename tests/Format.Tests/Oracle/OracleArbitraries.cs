using FsCheck;
using FsCheck.Fluent;

namespace Lamina.Format.Tests.Oracle;

/// <summary>Random regions, biased to where rules and limits have their edges. A failing one shrinks part by part.</summary>
public static class OracleArbitraries
{
    private static readonly string[] Texts =
        ["a", "b", "ab", "abc", "B", "\0", "é", "e\u0301", "€", "\uFFFF", "😀", "😀a", " ", "\"\\", "\n", new string('n', 1024),
            new string('é', 512)];

    private static readonly double[] Frequencies = [0, double.Epsilon, 0.1, 1, 2.5, 40, 9007199254740993, double.MaxValue];

    public static Arbitrary<OracleCase> Case() =>
        Arb.From(
            Gen.Sized(size => Gen.Choose(int.MinValue, int.MaxValue).Select(seed => Build(new Random(seed), size))),
            Shrink);

    public static OracleCase Build(Random random, int size)
    {
        OracleOptions options = new()
        {
            BlockSizeLog2 = (byte)Pick(random, [10, 10, 10, 11, 16, 24]),
            AlignmentLog2 = (byte)Pick(random, [0, 3, 3, 6, 7, 10, 12]),
            Codec = (uint)random.Next(3),
            Dictionary = Content(random, Pick(random, [1, 4, 64, 1000])),
        };
        uint[] numbers = Numbers(random, random.Next(Math.Max(1, Math.Min(size, 24)) + 1));
        int[] order = Enumerable.Range(0, numbers.Length).ToArray();
        random.Shuffle(order);
        OracleLayer[] layers = new OracleLayer[numbers.Length];
        for (int i = 0; i < order.Length; i++)
        {
            // Only a layer placed before may be the parent: no circle, and parents stand before and after their children.
            layers[order[i]] = new OracleLayer
            {
                Number = numbers[order[i]],
                Name = Maybe(random, Texts),
                Frequency = random.Next(2) == 0 ? null : Pick(random, Frequencies),
                Parent = i == 0 || random.Next(3) == 0 ? null : numbers[order[random.Next(i)]],
                Keywords = Keywords(random),
                Content = Content(random, Length(random, options)),
                Simulated = random.Next(8) == 0,
            };
        }

        ulong length = (ulong)layers.Sum(static layer => (long)layer.Content.Length);
        OracleRegion region = new()
        {
            Dimension = (ushort)Pick(random, [1, 9, 10, 14, 65535, random.Next(1, 65536)]),
            Name = Maybe(random, Texts),
            SizeBytes = random.Next(2) == 0 ? null : length + (ulong)Pick(random, [0, 1, 20971520]),
            FrequencyMin = random.Next(2) == 0 ? null : Pick(random, Frequencies),
            FrequencyMax = random.Next(2) == 0 ? null : Pick(random, Frequencies),
            Layers = layers,
        };
        return new OracleCase(region, options);
    }

    private static T Pick<T>(Random random, T[] choices) => choices[random.Next(choices.Length)];

    private static string? Maybe(Random random, string[] choices) => random.Next(3) == 0 ? null : Pick(random, choices);

    private static uint[] Numbers(Random random, int count)
    {
        uint first = Pick(random, [0u, 0u, 1u, 1000u, uint.MaxValue - (uint)Math.Max(0, count - 1)]);
        if (random.Next(2) == 0)
            return Enumerable.Range(0, count).Select(i => first + (uint)i).ToArray();
        SortedSet<uint> numbers = [];
        while (numbers.Count < count)
            numbers.Add(Pick(random, [(uint)random.Next(count * 2), uint.MaxValue - (uint)random.Next(4),
                (uint)random.NextInt64(uint.MaxValue + 1L)]));
        return [.. numbers];
    }

    private static string[] Keywords(Random random)
    {
        string[] texts = (string[])Texts.Clone();
        random.Shuffle(texts);
        return texts[..Pick(random, [0, 0, 1, 2, 5])];
    }

    private static int Length(Random random, OracleOptions options)
    {
        int alignment = 1 << options.AlignmentLog2;
        return Pick(
            random,
            [0, 0, 1, 2, 7, 8, 9, 50, 100, 511, 512, 1023, 1024, 1025, 3000, alignment - 1, alignment, alignment + 1,
                random.Next(2000)]);
    }

    private static byte[] Content(Random random, int length)
    {
        byte[] content = new byte[length];
        switch (random.Next(4))
        {
            case 0:
                random.NextBytes(content);
                break;
            case 1:
                break;
            default:
                for (int i = 0; i < length; i++)
                    content[i] = (byte)"the same words again and again, "[(i + (random.Next(20) == 0 ? 1 : 0)) % 32];
                break;
        }

        return content;
    }

    private static IEnumerable<OracleCase> Shrink(OracleCase @case)
    {
        (OracleRegion region, OracleOptions options) = @case;
        int count = region.Layers.Count;
        if (count > 1)
        {
            yield return @case with { Region = Keep(region, 0, count / 2) };
            yield return @case with { Region = Keep(region, count / 2, count) };
        }

        for (int i = 0; i < count; i++)
            yield return @case with { Region = Keep(region, i, i, invert: true) };
        if (options.Codec != 0)
            yield return @case with { Options = options with { Codec = options.Codec - 1 } };
        if (options.AlignmentLog2 != 0)
            yield return @case with { Options = options with { AlignmentLog2 = 0 } };
        if (options.BlockSizeLog2 != 10)
            yield return @case with { Options = options with { BlockSizeLog2 = 10 } };
        if (region.Dimension != 1)
            yield return @case with { Region = region with { Dimension = 1 } };
        if (region.Name is not null)
            yield return @case with { Region = region with { Name = null } };
        if (region.SizeBytes is not null)
            yield return @case with { Region = region with { SizeBytes = null } };
        if (region.FrequencyMin is not null)
            yield return @case with { Region = region with { FrequencyMin = null } };
        if (region.FrequencyMax is not null)
            yield return @case with { Region = region with { FrequencyMax = null } };
        for (int i = 0; i < count; i++)
        {
            foreach (OracleLayer smaller in Shrink(region.Layers[i]))
            {
                OracleLayer[] layers = [.. region.Layers];
                layers[i] = smaller;
                yield return @case with { Region = region with { Layers = layers } };
            }
        }
    }

    private static IEnumerable<OracleLayer> Shrink(OracleLayer layer)
    {
        if (layer.Content.Length > 0)
        {
            yield return layer with { Content = [] };
            yield return layer with { Content = layer.Content[..(layer.Content.Length / 2)] };
            yield return layer with { Content = layer.Content[..^1] };
        }

        if (layer.Content.AsSpan().ContainsAnyExcept((byte)0))
            yield return layer with { Content = new byte[layer.Content.Length] };
        if (layer.Name is not null)
            yield return layer with { Name = null };
        if (layer.Frequency is not null)
            yield return layer with { Frequency = null };
        if (layer.Parent is not null)
            yield return layer with { Parent = null };
        if (layer.Keywords.Count > 0)
            yield return layer with { Keywords = [.. layer.Keywords.Skip(1)] };
        if (layer.Simulated)
            yield return layer with { Simulated = false };
    }

    private static OracleRegion Keep(OracleRegion region, int from, int to, bool invert = false)
    {
        OracleLayer[] layers = region.Layers
            .Where((_, i) => invert ? i != from : i >= from && i < to)
            .ToArray();
        HashSet<uint> numbers = layers.Select(static layer => layer.Number).ToHashSet();
        return region with
        {
            Layers = layers
                .Select(layer => layer.Parent is uint parent && !numbers.Contains(parent) ? layer with { Parent = null } : layer)
                .ToArray(),
        };
    }
}

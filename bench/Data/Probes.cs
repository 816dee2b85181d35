namespace Lamina.Bench.Data;

/// <summary>Which layers to read, in which order; as identifiers, and as places in the <see cref="LayerIndex"/>.</summary>
/// <remarks>Arrays, so that nobody pays for the kind of key that another one needs.</remarks>
internal sealed class Probes
{
    private const double ZipfianExponent = 0.99;

    private Probes(LayerId[] ids, int[] ordinals)
    {
        Ids = ids;
        Ordinals = ordinals;
        Numbers = Array.ConvertAll(ids, static id => id.Number);
    }

    private Probes(LayerIndex index, int[] ordinals)
        : this(Array.ConvertAll(ordinals, ordinal => index.Ids[ordinal]), ordinals)
    {
    }

    public LayerId[] Ids { get; }

    /// <summary>The numbers of <see cref="Ids"/>, for who reads one dimension.</summary>
    public uint[] Numbers { get; }

    public int[] Ordinals { get; }

    public int Count => Ordinals.Length;

    public static Probes Single(LayerId id, int ordinal) => new([id], [ordinal]);

    /// <summary>Every layer once, in order.</summary>
    public static Probes Scan(LayerIndex index) => new(index, [.. Enumerable.Range(0, index.Count)]);

    /// <summary>Each layer alike.</summary>
    public static Probes Uniform(LayerIndex index, int count, int seed) => Uniform(index, 0, index.Count, count, seed);

    /// <summary>Each layer of the dimension with the most layers alike, and no other.</summary>
    public static Probes OneDimension(LayerIndex index, int count, int seed)
    {
        // Layers are in order, so those of a dimension stand together.
        (int start, int length) = (0, 0);
        for (int i = 0, begin = 0; i < index.Count; i++)
        {
            if (index.Ids[i].Dimension != index.Ids[begin].Dimension)
                begin = i;
            if (i + 1 - begin > length)
                (start, length) = (begin, i + 1 - begin);
        }

        return Uniform(index, start, length, count, seed);
    }

    private static Probes Uniform(LayerIndex index, int start, int length, int count, int seed)
    {
        Random random = new(seed);
        int[] ordinals = new int[count];
        for (int i = 0; i < count; i++)
            ordinals[i] = start + random.Next(length);
        return new Probes(index, ordinals);
    }

    /// <summary>The n-th most wanted layer in proportion to n^-0.99; which layers are wanted is random.</summary>
    public static Probes Zipfian(LayerIndex index, int count, int seed)
    {
        Random random = new(seed);
        double[] cumulative = new double[index.Count];
        double sum = 0;
        for (int i = 0; i < cumulative.Length; i++)
            cumulative[i] = sum += Math.Pow(i + 1, -ZipfianExponent);
        int[] byRank = [.. Enumerable.Range(0, index.Count)];
        random.Shuffle(byRank);
        int[] ordinals = new int[count];
        for (int i = 0; i < count; i++)
        {
            int rank = Array.BinarySearch(cumulative, random.NextDouble() * sum);
            ordinals[i] = byRank[Math.Min(rank < 0 ? ~rank : rank, index.Count - 1)];
        }

        return new Probes(index, ordinals);
    }
}

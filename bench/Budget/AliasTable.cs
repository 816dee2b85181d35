using Lamina.Bench.Data;

namespace Lamina.Bench.Budget;

/// <summary>Draws from a Zipf distribution in constant time (A. J. Walker's alias method). Immutable, thread-safe.</summary>
internal sealed class AliasTable
{
    private readonly double[] _keep;
    private readonly int[] _alias;

    /// <summary>Makes the table for items 0 to below <paramref name="count"/>, item k with weight 1 / (k + 1)^<paramref name="exponent"/>.</summary>
    public AliasTable(int count, double exponent)
    {
        _keep = new double[count];
        _alias = new int[count];
        double sum = 0;
        for (int i = 0; i < count; i++)
            sum += _keep[i] = Math.Pow(i + 1, -exponent);
        Stack<int> small = new();
        Stack<int> large = new();
        for (int i = 0; i < count; i++)
        {
            _keep[i] *= count / sum;
            (_keep[i] < 1 ? small : large).Push(i);
        }

        while (small.Count > 0 && large.Count > 0)
        {
            int less = small.Pop();
            int more = large.Pop();
            _alias[less] = more;
            _keep[more] -= 1 - _keep[less];
            (_keep[more] < 1 ? small : large).Push(more);
        }

        // What is left is 1 but for rounding.
        foreach (int rest in small.Concat(large))
            _keep[rest] = 1;
    }

    /// <summary>Draws an item.</summary>
    public int Draw(ref ulong random)
    {
        int place = SplitMix.Next(ref random, _keep.Length);
        return (SplitMix.Next(ref random) >> 11) * (1.0 / (1UL << 53)) < _keep[place] ? place : _alias[place];
    }
}

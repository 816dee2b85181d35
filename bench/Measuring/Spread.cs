namespace Lamina.Bench.Measuring;

/// <summary>A median, and the quarters of the values that lie below and above.</summary>
internal readonly record struct Spread(double Median, double Low, double High)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0
            ? throw new ArgumentException("There is no value.", nameof(values))
            : new Spread(At(sorted, 0.5), At(sorted, 0.25), At(sorted, 0.75));
    }

    /// <summary>The ratios of what was measured in the same rounds.</summary>
    public static Spread OfRatios(IReadOnlyList<double> numerators, IReadOnlyList<double> denominators) =>
        Of(numerators.Zip(denominators, static (numerator, denominator) => numerator / denominator));

    private static double At(double[] sorted, double quantile)
    {
        double place = quantile * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((sorted[above] - sorted[below]) * (place - below));
    }
}

namespace Lamina.Bench.Measuring;

/// <summary>One figure. Area, data set, case, contender and unit name it: a later one with the same names replaces it.</summary>
/// <param name="Area">What was measured: <c>read</c>, <c>convert</c>…</param>
/// <param name="DataSet">On which data.</param>
/// <param name="Case">Under which circumstances.</param>
/// <param name="Contender">Who.</param>
/// <param name="Unit">In which unit; also tells what, as in <c>bytes allocated a read</c>.</param>
/// <param name="Median">The median of the rounds.</param>
/// <param name="Low">The lower quartile.</param>
/// <param name="High">The upper quartile.</param>
/// <param name="Rounds">How many rounds.</param>
internal sealed record Measurement(
    string Area, string DataSet, string Case, string Contender, string Unit, double Median, double Low, double High, int Rounds)
{
    /// <summary>What the ratio is to; null without one.</summary>
    public string? RatioTo { get; init; }

    /// <summary>
    /// How often the other one's speed, median of the ratios round by round: 0.8 is four fifths of its speed, whatever the unit.
    /// </summary>
    public double? Ratio { get; init; }

    public double? RatioLow { get; init; }

    public double? RatioHigh { get; init; }

    public static Measurement Of(
        string area, string dataSet, string circumstances, string contender, string unit, IReadOnlyList<double> values)
    {
        Spread spread = Spread.Of(values);
        return new Measurement(area, dataSet, circumstances, contender, unit, spread.Median, spread.Low, spread.High, values.Count);
    }

    /// <summary>With the ratio to what <paramref name="other"/> took in the same rounds; less is faster.</summary>
    public Measurement Against(string name, IReadOnlyList<double> own, IReadOnlyList<double> other)
    {
        Spread ratio = Spread.OfRatios(other, own);
        return this with { RatioTo = name, Ratio = ratio.Median, RatioLow = ratio.Low, RatioHigh = ratio.High };
    }
}

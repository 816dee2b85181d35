using Lamina.Bench.Measuring;

namespace Lamina.Bench.Page;

/// <summary>Finds figures of a report.</summary>
internal sealed class Figures(Report report)
{
    public IReadOnlyList<Measurement> Of(string area, string? dataSet = null, string? circumstances = null, string? unit = null) =>
    [
        .. report.Measurements.Where(measurement =>
            measurement.Area == area
            && (dataSet is null || measurement.DataSet == dataSet)
            && (circumstances is null || measurement.Case == circumstances)
            && (unit is null || measurement.Unit == unit)),
    ];

    /// <summary>The first of them, if there is one.</summary>
    public Measurement? FirstOf(string area, string? dataSet = null, string? circumstances = null, string? unit = null)
    {
        IReadOnlyList<Measurement> all = Of(area, dataSet, circumstances, unit);
        return all.Count == 0 ? null : all[0];
    }

    public Measurement? Find(string area, string dataSet, string circumstances, string contender, string unit) =>
        Of(area, dataSet, circumstances, unit).FirstOrDefault(measurement => measurement.Contender == contender);
}

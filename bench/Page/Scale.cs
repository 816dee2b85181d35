using System.Globalization;

namespace Lamina.Bench.Page;

/// <summary>From values to places on an axis.</summary>
internal sealed class Scale
{
    private readonly double _low;
    private readonly double _high;
    private readonly double _from;
    private readonly double _to;
    private readonly bool _isLog;

    /// <param name="values">What has to have a place.</param>
    /// <param name="from">The place of the least.</param>
    /// <param name="to">The place of the greatest.</param>
    /// <param name="isLog">Whether equal distances are equal factors; else the axis begins at zero.</param>
    public Scale(IEnumerable<double> values, double from, double to, bool isLog)
    {
        (_from, _to, _isLog) = (from, to, isLog);
        double[] all = [.. values.Where(value => !isLog || value > 0)];
        double most = all.Length == 0 ? 1 : all.Max();
        double least = all.Length == 0 ? 0.1 : all.Min();
        if (isLog)
        {
            _low = Math.Floor(Math.Log10(least) + 1e-9);
            _high = Math.Max(_low + 1, Math.Ceiling(Math.Log10(most) - 1e-9));
        }
        else
        {
            double step = Math.Pow(10, Math.Floor(Math.Log10(most)));
            _high = Math.Ceiling(most / step) * step;
        }
    }

    public IEnumerable<double> Ticks => _isLog
        ? Enumerable.Range((int)_low, (int)(_high - _low) + 1).Select(static power => Math.Pow(10, power))
        : Enumerable.Range(0, 5).Select(i => _high * i / 4);

    public double this[double value]
    {
        get
        {
            double at = _isLog ? Math.Log10(Math.Max(value, double.Epsilon)) : value;
            return _from + ((Math.Clamp(at, _low, _high) - _low) / (_high - _low) * (_to - _from));
        }
    }

    /// <summary>A value as an axis shows it: 0.01, 20, 3k, 1M.</summary>
    public static string Label(double value) =>
        value >= 1e6 ? (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M"
        : value >= 1e3 ? (value / 1e3).ToString("0.##", CultureInfo.InvariantCulture) + "k"
        : value.ToString("0.####", CultureInfo.InvariantCulture);
}

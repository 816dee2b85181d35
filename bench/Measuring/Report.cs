using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Lamina.Bench.Measuring;

/// <summary>All figures of a run, or of several that were put together.</summary>
internal sealed partial class Report
{
    public required Machine Machine { get; set; }

    public List<Measurement> Measurements { get; init; } = [];

    /// <summary>What could not be measured here, and why.</summary>
    public List<string> Skipped { get; init; } = [];

    /// <summary>What <paramref name="file"/> holds; an empty report if it is not there.</summary>
    public static Report Load(string? file) =>
        file is null || !File.Exists(file)
            ? new Report { Machine = Machine.Current() }
            : JsonSerializer.Deserialize(File.ReadAllBytes(file), ReportContext.Default.Report)
                ?? throw new InvalidDataException($"'{file}' holds no report.");

    /// <summary>Adds a figure, in the place of an older one of the same names, and shows it.</summary>
    public void Add(Measurement measurement)
    {
        Put(measurement);
        if (measurement.Unit.StartsWith("bytes allocated", StringComparison.Ordinal) && measurement.Median == 0)
            return;
        string ratio = measurement.Ratio is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"  {value:0.000}x {measurement.RatioTo} ({measurement.RatioLow:0.000} to {measurement.RatioHigh:0.000})")
            : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{measurement.Area} {measurement.DataSet} | {measurement.Case,-28} | {measurement.Contender,-34} {Rounded(measurement.Median),12} {measurement.Unit} ({Rounded(measurement.Low)} to {Rounded(measurement.High)}){ratio}"));
    }

    /// <summary>Says that something could not be measured.</summary>
    public void Skip(string what)
    {
        if (!Skipped.Contains(what))
            Skipped.Add(what);
        Console.WriteLine("skipped: " + what);
    }

    /// <summary>Takes over what <paramref name="other"/> has.</summary>
    public void Merge(Report other)
    {
        Machine = other.Machine;
        foreach (Measurement measurement in other.Measurements)
            Put(measurement);
        foreach (string skipped in other.Skipped.Where(skipped => !Skipped.Contains(skipped)))
            Skipped.Add(skipped);
    }

    public void Save(string? file)
    {
        if (file is not null)
            File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(this, ReportContext.Default.Report));
    }

    /// <summary>Four significant digits.</summary>
    public static string Rounded(double value) =>
        Math.Abs(value) >= 1000
            ? value.ToString("N0", CultureInfo.InvariantCulture)
            : value.ToString("G4", CultureInfo.InvariantCulture);

    private void Put(Measurement measurement)
    {
        Measurements.RemoveAll(old => Names(old) == Names(measurement));
        Measurements.Add(measurement);
    }

    private static (string, string, string, string, string) Names(Measurement measurement) =>
        (measurement.Area, measurement.DataSet, measurement.Case, measurement.Contender, measurement.Unit);

    [JsonSourceGenerationOptions(
        WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(Report))]
    private sealed partial class ReportContext : JsonSerializerContext;
}

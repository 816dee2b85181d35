using System.Globalization;
using Lamina.Bench.Data;
using Lamina.Bench.Measuring;
using Lamina.Bench.Peers;
using Lamina.Format.Conversion;

namespace Lamina.Bench.Suites;

/// <summary>What each level and block size makes of a data set: bytes, time, and the first touch of a block.</summary>
internal static class SizeSuite
{
    public const string Area = "size";

    private static readonly (CompressionLevel Level, int? Block)[] Variants =
    [
        (CompressionLevel.None, null),
        (CompressionLevel.Fast, 4 << 10),
        (CompressionLevel.Fast, 16 << 10),
        (CompressionLevel.Fast, null),
        (CompressionLevel.Fast, 256 << 10),
        (CompressionLevel.Fast, 1 << 20),
        (CompressionLevel.High, 16 << 10),
        (CompressionLevel.High, null),
        (CompressionLevel.High, 256 << 10),
        (CompressionLevel.Max, 4 << 10),
        (CompressionLevel.Max, null),
        (CompressionLevel.Max, 64 << 10),
        (CompressionLevel.Max, 1 << 20),
    ];

    public static string NameOf(CompressionLevel level, int? block) =>
        level.ToString().ToLowerInvariant() + (block is { } size ? string.Create(CultureInfo.InvariantCulture, $", {size >> 10} KiB blocks") : "");

    /// <param name="dataSet">What is converted.</param>
    /// <param name="report">Where the figures go.</param>
    /// <param name="levels">The levels to try.</param>
    /// <param name="count">How often the first touch is measured; each conversion runs once.</param>
    public static void Run(DataSet dataSet, Report report, CompressionLevel[] levels, int count)
    {
        string arrow = dataSet.StoreOf(ArrowPeer.Lz4);
        report.Add(Measurement.Of(Area, dataSet.Name, "Arrow IPC LZ4", "Arrow IPC LZ4", "MB on disk", [DataSet.SizeOf(arrow) / 1e6]));
        foreach ((CompressionLevel level, int? block) in Variants.Where(variant => levels.Contains(variant.Level)))
        {
            string folder = Path.Combine(dataSet.Folder, "size");
            DataSet.Delete(folder);
            ConversionOptions options = new() { Level = level };
            if (block is { } size)
                options = options with { BlockSize = size };
            ConversionResult result = DataSetConverter.ConvertAsync(dataSet.Source, folder, options).GetAwaiter().GetResult();

            string name = NameOf(level, block);
            report.Add(Measurement.Of(Area, dataSet.Name, name, "Lamina", "MB of blocks and dictionaries", [(result.StoredBytes + DictionariesOf(folder)) / 1e6]));
            report.Add(Measurement.Of(Area, dataSet.Name, name, "Lamina", "MB on disk", [DataSet.SizeOf(folder) / 1e6]));
            report.Add(Measurement.Of(Area, dataSet.Name, name, "Lamina", "s to convert", [result.Elapsed.TotalSeconds]));

            LayerId[] layers = FirstTouch.FirstLayers(folder);
            Rounds rounds = new();
            IReadOnlyList<double> touch = rounds.Add(() => FirstTouch.Microseconds(folder, layers));
            IReadOnlyList<double> bare = rounds.Add(() => FirstTouch.BareMicroseconds(folder));
            rounds.Run(count, warmUps: 3, warmUpTime: TimeSpan.FromMilliseconds(700));
            report.Add(Measurement.Of(Area, dataSet.Name, name, "Lamina", "us first touch", touch).Against("bare hash and decode", touch, bare));
            report.Add(Measurement.Of(Area, dataSet.Name, name, "Bare hash and decode", "us first touch", bare));
            DataSet.Delete(folder);
        }
    }

    private static long DictionariesOf(string folder)
    {
        long bytes = 0;
        foreach (string path in Directory.EnumerateFiles(folder, "*.lamina"))
        {
            using RegionBlocks region = new(path);
            bytes += region.StoredDictionaryLength;
        }

        return bytes;
    }
}

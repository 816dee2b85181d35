using System.Globalization;
using System.IO.Hashing;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Where inputs come from, and where those that break a law go.</summary>
internal static class FuzzFiles
{
    private const string Corpus = "fuzz";

    /// <summary>Where a run leaves what it found; not under version control.</summary>
    public static string Findings { get; } = Path.Combine(Repository.Root, "artifacts", "fuzz");

    /// <summary>The fixtures below <paramref name="folder"/> whose names match, in a fixed order.</summary>
    public static IEnumerable<byte[]> Read(string folder, string pattern) =>
        Paths(folder, pattern).Select(File.ReadAllBytes);

    /// <summary>The corpus of <paramref name="target"/> under <c>fixtures/fuzz/</c>.</summary>
    public static IEnumerable<string> CorpusOf(IFuzzTarget target) =>
        Paths(Path.Combine(Corpus, target.Name), "*." + target.Extension);

    /// <summary>Keeps <paramref name="input"/>.</summary>
    /// <returns>The file, ready to be moved to the target's corpus.</returns>
    public static string Save(IFuzzTarget target, byte[] input)
    {
        Directory.CreateDirectory(Findings);
        string name = XxHash3.HashToUInt64(input).ToString("x16", CultureInfo.InvariantCulture);
        string path = Path.Combine(Findings, $"{target.Name}-{name}.{target.Extension}");
        File.WriteAllBytes(path, input);
        return path;
    }

    private static IEnumerable<string> Paths(string folder, string pattern)
    {
        string path = Path.Combine(Repository.Fixtures, folder);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            : [];
    }
}

using System.Text;
using Lamina.Format.Publishing;

namespace Lamina.Runtime.Tests.Data;

/// <summary>A data set in a temporary folder of its own.</summary>
internal sealed class TestDataSet : IDisposable
{
    private readonly List<ManifestEntry> _entries = [];

    public TestDataSet(params TestRegion[] regions)
    {
        Folder = Directory.CreateTempSubdirectory("lamina-test-").FullName;
        foreach (TestRegion region in regions)
            _entries.Add(region.Write(Folder));
    }

    public string Folder { get; }

    public IReadOnlyList<ManifestEntry> Entries => _entries;

    /// <summary>A dimension of layers that compress well, each with a content of its own.</summary>
    public static TestRegion Texts(ushort dimension, int count, int length = 1000, bool compress = true, int blockSizeLog2 = 12) =>
        new(dimension, [.. Enumerable.Range(0, count).Select(i => new TestLayer((uint)i, Text(dimension, i, length)))])
        {
            Compress = compress,
            BlockSizeLog2 = blockSizeLog2,
        };

    /// <summary>The content that <see cref="Texts"/> gives a layer.</summary>
    public static byte[] Text(ushort dimension, int number, int length = 1000)
    {
        string unit = $"<{dimension}:{number}>";
        StringBuilder text = new(length + unit.Length);
        while (text.Length < length)
            text.Append(unit);
        return Encoding.UTF8.GetBytes(text.ToString(0, length));
    }

    public MmapManager Open(MemoryConfig? config = null) => MmapManager.Open(Folder, _entries, config);

    public string PathOf(ushort dimension) =>
        Path.Combine(Folder, _entries.Single(entry => entry.Dimension.Value == dimension).File);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

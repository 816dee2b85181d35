using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Lamina.Hosting.Tests;

/// <summary>Each notice has a message of its own, with its number and name, as the documentation says.</summary>
public sealed class MemoryNoticeLoggerTests
{
    public static TheoryData<MemoryNotice> Notices() => [.. Enum.GetValues<MemoryNotice>()];

    [Theory, MemberData(nameof(Notices))]
    public void Create_EachNotice_WritesItsEventOnce(MemoryNotice notice)
    {
        using DataSet data = DataSet.Published();
        using MmapManager manager = MmapManager.Open(data.Folder);
        using RecordingLogger logger = new();
        InvalidOperationException failure = new("It did not work.");

        MemoryNoticeLogger.Create(logger)(manager, new MemoryNoticeEventArgs(notice, new DimensionId(7), 85, failure, 1234));

        (_, LogLevel level, EventId id, string message, Exception? exception) = Assert.Single(logger.Lines);
        Assert.Equal((int)notice, id.Id);
        Assert.Equal(notice.ToString(), id.Name);
        Assert.Equal(Documented()[notice], level);
        Assert.Contains(manager.Folder, message, StringComparison.Ordinal);
        Assert.DoesNotContain("(null)", message, StringComparison.Ordinal);
        if (level == LogLevel.Error)
            Assert.Same(failure, exception);
    }

    [Theory]
    [InlineData(MemoryNotice.ThresholdCrossed, "85")]
    [InlineData(MemoryNotice.DimensionSimulated, "D07")]
    [InlineData(MemoryNotice.LeasesLeaked, "1234")]
    [InlineData(MemoryNotice.BlocksEvicted, "1234")]
    [InlineData(MemoryNotice.LimitExceeded, "D07")]
    public void Create_NoticeWithAFigure_WritesIt(MemoryNotice notice, string figure)
    {
        using DataSet data = DataSet.Published();
        using MmapManager manager = MmapManager.Open(data.Folder);
        using RecordingLogger logger = new();

        MemoryNoticeLogger.Create(logger)(manager, new MemoryNoticeEventArgs(notice, new DimensionId(7), 85, null, 1234));

        Assert.Contains(figure, Assert.Single(logger.Lines).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Documentation_Table_HasEachNoticeWithItsNumber() =>
        Assert.Equal(Enum.GetValues<MemoryNotice>(), Documented().Keys.Order());

    /// <summary>The levels that the documentation gives; its numbers are checked.</summary>
    private static Dictionary<MemoryNotice, LogLevel> Documented()
    {
        Dictionary<MemoryNotice, LogLevel> levels = [];
        foreach (string line in File.ReadLines(Path.Combine(Repository(), "docs", "monitoring.md")))
        {
            string[] cells = [.. line.Split('|').Select(static cell => cell.Trim())];
            if (cells.Length < 5 || !Enum.TryParse(cells[1].Trim('`'), out MemoryNotice notice))
                continue;
            Assert.Equal(((int)notice).ToString(CultureInfo.InvariantCulture), cells[2]);
            levels.Add(notice, Enum.Parse<LogLevel>(cells[3]));
        }

        return levels;
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Format.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("Format.sln is in no folder above.");
    }
}

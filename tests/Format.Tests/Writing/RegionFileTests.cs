using Lamina.Format.Tests.Conversion;
using Lamina.Format.Writing;

namespace Lamina.Format.Tests.Writing;

/// <summary>A file that is finished and waits to be flushed.</summary>
public sealed class RegionFileTests
{
    [Theory, InlineData(false), InlineData(true)]
    public void FlushToDisk_AfterFinish_LeavesTheWholeFileClosed(bool isClosedInBetween)
    {
        using TemporaryFolder folder = new();
        using RegionFile file = new(folder.Under("region"), new OpenFiles(4));
        file.Append([1, 2, 3]);
        file.Finish();
        if (isClosedInBetween)
            file.CloseForNow();
        file.BeginFlush();

        file.FlushToDisk();

        using FileStream alone = new(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        byte[] bytes = new byte[3];
        alone.ReadExactly(bytes);
        Assert.Equal((3, "010203"), (alone.Length, Convert.ToHexString(bytes)));
    }

    [Fact]
    public void Append_AfterFinish_GoesOnWhereTheFileEnds()
    {
        using TemporaryFolder folder = new();
        using RegionFile file = new(folder.Under("region"), new OpenFiles(4));
        file.Append([1, 2, 3]);
        file.Finish();
        file.Truncate(2);
        file.Append([4]);

        file.FlushToDisk();

        Assert.Equal([1, 2, 4], File.ReadAllBytes(file.Path));
    }

    [Fact]
    public void FlushToDisk_OfAFileThatIsGone_SaysSo()
    {
        using TemporaryFolder folder = new();
        using RegionFile file = new(folder.Under("region"), new OpenFiles(4));
        file.Append([1, 2, 3]);
        file.Finish();
        file.CloseForNow();
        File.Delete(file.Path);

        Assert.Throws<FileNotFoundException>(file.FlushToDisk);
    }
}

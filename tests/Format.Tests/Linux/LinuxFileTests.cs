using Lamina.Format.Linux;
using Lamina.Format.Tests.Conversion;

namespace Lamina.Format.Tests.Linux;

/// <summary>The short way to a file. Everywhere else than on Linux it always answers that the framework is to be asked.</summary>
public unsafe class LinuxFileTests
{
    [Fact]
    public void TryMap_File_IsTheShortWayOnLinux()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.Under("file"), [1, 2, 3]);

        bool mapped = LinuxFile.TryMap(folder.Under("file"), out byte* start, out long length);

        Assert.Equal(OperatingSystem.IsLinux() && nint.Size == 8, mapped);
        if (mapped)
        {
            Assert.Equal((byte[])[1, 2, 3], new ReadOnlySpan<byte>(start, (int)length));
            LinuxMemory.Unmap(start, length);
        }
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void TryRead_FileOfThreeBytes_IsNotMoreThanAllowed(int most, bool isRead)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.Under("file"), [1, 2, 3]);

        byte[]? bytes = LinuxFile.TryRead(folder.Under("file"), most);

        byte[]? expected = isRead && OperatingSystem.IsLinux() && nint.Size == 8 ? [1, 2, 3] : null;
        Assert.Equal(expected, bytes);
    }

    [Fact]
    public void TryRead_NothingThatItCanRead_LeavesItToTheFramework()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.Under("empty"), []);
        File.WriteAllBytes(folder.Under("taken"), [1]);
        using FileStream taken = new(folder.Under("taken"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Null(LinuxFile.TryRead(folder.Under("none"), int.MaxValue));
        Assert.Null(LinuxFile.TryRead(folder.Under("empty"), int.MaxValue));
        Assert.Null(LinuxFile.TryRead(folder.Under("taken"), int.MaxValue));
        Assert.Null(LinuxFile.TryRead(Path.GetDirectoryName(folder.Under("none"))!, int.MaxValue));
        Assert.Null(LinuxFile.TryRead(string.Empty, int.MaxValue));
        Assert.Null(LinuxFile.TryRead(new string('x', 1025), int.MaxValue));
        Assert.Null(LinuxFile.TryRead("zero\0", int.MaxValue));
    }
}

using Lamina.Format.Reading;
using Lamina.Format.Tests.Conversion;

namespace Lamina.Format.Tests.Reading;

public class MappedFileTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(5000)]
    public void View_AnyFile_IsItsBytes(int length)
    {
        using TemporaryFolder folder = new();
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        File.WriteAllBytes(folder.Under("file"), bytes);

        using MappedFile file = new(folder.Under("file"));

        Assert.Equal(length, file.View.Length);
        Assert.Equal(bytes, file.View.Slice(0, length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Dispose_Twice_DoesNothingMore(int length)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.Under("file"), new byte[length]);
        MappedFile file = new(folder.Under("file"));

        file.Dispose();
        file.Dispose();

        File.Delete(folder.Under("file"));
    }

    [Fact]
    public void View_FileThatAnotherReads_IsItsBytes()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.Under("file"), [1, 2, 3]);
        using FileStream other = new(folder.Under("file"), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

        using MappedFile file = new(folder.Under("file"));
        using MappedFile again = new(folder.Under("file"));

        Assert.Equal((byte[])[1, 2, 3], file.View.Slice(0, 3));
        Assert.Equal((byte[])[1, 2, 3], again.View.Slice(0, 3));
    }

    [Fact]
    public void Constructor_NoFile_SaysSo()
    {
        using TemporaryFolder folder = new();

        Assert.Throws<FileNotFoundException>(() => new MappedFile(folder.Under("none")));
    }

    [Fact]
    public void Constructor_Folder_SaysSo()
    {
        using TemporaryFolder folder = new();

        Assert.Throws<UnauthorizedAccessException>(() => new MappedFile(Path.GetDirectoryName(folder.Under("none"))!));
    }

    [Fact]
    public void Constructor_FileThatAnotherHasToItself_SaysSo()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.Under("file"), [1, 2, 3]);
        using FileStream other = new(folder.Under("file"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Throws<IOException>(() => new MappedFile(folder.Under("file")));
    }

    [Fact]
    public void Constructor_NameWithZero_SaysSo() =>
        Assert.Throws<ArgumentException>(() => new MappedFile("file\0name"));

    [Theory]
    [InlineData("ä name")]
    [InlineData("名前😀")]
    public void View_AnyName_IsItsBytes(string name)
    {
        using TemporaryFolder folder = new();
        string path = folder.Under(name);
        File.WriteAllBytes(path, [1, 2, 3]);

        using MappedFile file = new(path);

        Assert.Equal((byte[])[1, 2, 3], file.View.Slice(0, 3));
    }
}

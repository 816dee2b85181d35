using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Input;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input;

public sealed class ContentFileTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("lamina-content").FullName;
    private readonly string _folder;

    public ContentFileTests()
    {
        _folder = Path.Combine(_root, "folder");
        Directory.CreateDirectory(Path.Combine(_folder, "sub"));
        File.WriteAllText(Path.Combine(_folder, "sub", "joy.txt"), "joy");
        File.WriteAllText(Path.Combine(_root, "secret.txt"), "secret");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("sub/joy.txt")]
    [InlineData("./sub/./joy.txt")]
    [InlineData("sub//joy.txt")]
    [InlineData("sub\\/joy.txt")] // a JSON escape of the slash
    public void ReadAsync_PathInside_GivesTheFilesBytes(string path)
    {
        InputReading reading = Read(path);

        Assert.Empty(reading.Diagnostics);
        Assert.Equal("joy"u8.ToArray(), Assert.Single(reading.Sink.Contents));
    }

    [Theory]
    [InlineData("../secret.txt")]
    [InlineData("sub/../../secret.txt")]
    [InlineData("sub/../sub/joy.txt")]
    [InlineData("..")]
    [InlineData("sub/.. /x")]
    [InlineData("sub/...")]
    [InlineData("/etc/passwd")]
    [InlineData("//server/share/x")]
    [InlineData("\\\\\\\\server\\\\share")]
    [InlineData("..\\\\secret.txt")]
    [InlineData("C:/x.txt")]
    [InlineData("C:x.txt")]
    [InlineData("joy.txt:stream")]
    [InlineData("a\\u0000b")]
    [InlineData("a\\nb")]
    [InlineData("con")]
    [InlineData("sub/NUL.txt")]
    [InlineData("COM1")]
    [InlineData("lpt\\u00b9.log")]
    public void ReadAsync_PathThatMayLeaveTheFolder_IsRefusedAtItsValue(string path)
    {
        InputReading reading = Read(path);

        InputDiagnostic error = reading.Single();
        Assert.Equal((InputFault.InvalidContentFile, 1, 28), (error.Fault, error.Position.Line, error.Position.Column));
        Assert.StartsWith("Layer D01:L2: 'content_file' is '", error.Message, StringComparison.Ordinal);
        Assert.Equal("layer D01:L2@1,77 failed"[..12], Assert.Single(reading.Sink.Events)[..12]);
    }

    [Theory]
    [InlineData("missing.txt", "there is no such file.")]
    [InlineData("sub/missing/x.txt", "there is no such file.")]
    [InlineData("sub", "it is a folder, or access is denied.")]
    public void ReadAsync_FileThatCannotBeRead_SaysWhy(string path, string reason) =>
        Read(path).AssertError(
            InputFault.InvalidContentFile, 1, 28, $"Layer D01:L2: The content file '{path}' could not be read: {reason}");

    [Fact]
    public void ReadAsync_LinkThatLeadsOutside_IsRefused()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "link.txt"), Path.Combine(_root, "secret.txt"));
        File.CreateSymbolicLink(Path.Combine(_folder, "relative.txt"), Path.Combine("sub", "..", "..", "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "up"), "..");

        foreach (string path in new[] { "link.txt", "relative.txt", "up/secret.txt" })
        {
            Read(path).AssertError(
                InputFault.InvalidContentFile, 1, 28,
                $"Layer D01:L2: The content file '{path}' could not be read: a link on its way leads outside the folder.");
        }
    }

    [Fact]
    public void ReadAsync_LinkThatStaysInside_IsFollowed()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "link.txt"), Path.Combine("sub", "joy.txt"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "other"), Path.Combine(_folder, "sub"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "back"), Path.Combine("..", "folder", "other"));

        foreach (string path in new[] { "link.txt", "other/joy.txt", "back/joy.txt" })
            Assert.Equal("joy"u8.ToArray(), Assert.Single(Read(path).Sink.Contents));
    }

    [Fact]
    public void ReadAsync_FolderThatIsALink_IsTheFolderItLeadsTo()
    {
        string link = Path.Combine(_root, "link");
        Directory.CreateSymbolicLink(link, _folder);

        InputReading reading = InputReading.Of(Text("sub/joy.txt"), InputSyntax.Json, null, link);

        Assert.Equal("joy"u8.ToArray(), Assert.Single(reading.Sink.Contents));
    }

    [Fact]
    public void ReadAsync_LinksInACircle_AreReported()
    {
        File.CreateSymbolicLink(Path.Combine(_folder, "a"), "b");
        File.CreateSymbolicLink(Path.Combine(_folder, "b"), "a");

        Assert.Equal(
            "Layer D01:L2: The content file 'a' could not be read: there are too many links on its way.", Read("a").Single().Message);
    }

    [Fact]
    public void ReadAsync_NoFolder_MayNotNameFiles() =>
        InputReading.Of(Text("sub/joy.txt"), InputSyntax.Json).AssertError(
            InputFault.InvalidContentFile, 1, 28,
            "Layer D01:L2: 'content_file' needs a folder to start from, and standard input has none. Convert the file by its name.");

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public void ReadAsync_File_HoldsAtTheLimitAndNotOnePast(int length, bool holds)
    {
        File.WriteAllBytes(Path.Combine(_folder, "long"), new byte[length]);

        InputReading reading = InputReading.Of(Text("long"), InputSyntax.Json, null, _folder, maxContentLength: 100);

        if (holds)
            Assert.Equal(length, Assert.Single(reading.Sink.Contents)!.Length);
        else
            reading.AssertError(InputFault.LimitExceeded, 1, 28, "The content of layer D01:L2 passes 100 bytes. Split the layer.");
    }

    [Theory]
    [InlineData(ContentFileResolver.MaxPathLength, false)]
    [InlineData(ContentFileResolver.MaxPathLength + 1, true)]
    public void ReadAsync_Path_HoldsAtTheLimitAndNotOnePast(int length, bool isTooLong)
    {
        string path = string.Concat(Enumerable.Repeat("x/", length / 2)) + new string('y', length % 2);

        Assert.Equal(isTooLong ? InputFault.LimitExceeded : InputFault.InvalidContentFile, Read(path).Single().Fault);
    }

    [Fact]
    public void ReadAsync_LayerWithAnotherError_IsStillToldAboutItsFile()
    {
        InputReading reading = InputReading.Of(
            "{\"layers\":[{\"content_file\":\"../x\",\"dimension_id\":1,\"layer_num\":2,\"depth\":-1}]}"u8.ToArray(), InputSyntax.Json, null, _folder);

        Assert.Equal([InputFault.InvalidContentFile, InputFault.NumberOutOfRange], reading.Diagnostics.Select(d => d.Fault));
    }

    private InputReading Read(string path) => InputReading.Of(Text(path), InputSyntax.Json, null, _folder);

    private static byte[] Text(string path) =>
        Encoding.UTF8.GetBytes("{\"layers\":[{\"content_file\":\"" + path + "\",\"dimension_id\":1,\"layer_num\":2}]}");
}

using Lamina.Format.Conversion;
using Lamina.Format.Publishing;
using Lamina.Format.Tests.Conversion;

namespace Lamina.Format.Tests.Publishing;

public sealed class PublishingTests
{
    private static readonly InputScript Old = new InputScript().Dimension(1, "same").Layer(1, 0).Dimension(2, "old").Layer(2, 0);
    private static readonly InputScript New = new InputScript().Dimension(1, "same").Layer(1, 0).Dimension(2, "new").Layer(2, 0);

    public static TheoryData<string> Steps => [.. Enum.GetNames<PublishStep>()];

    [Theory, MemberData(nameof(Steps)), Trait("Spec", "PUB-2")]
    public async Task Convert_FailureAfterAnyStep_LeavesTheOldDataSetAndNothingElse(string step)
    {
        using TemporaryFolder folder = new();
        await Old.ConvertAsync(folder.Path);
        Dictionary<string, string> before = PublishedDataSet.Hashes(folder.Path);

        IOException failure = await Assert.ThrowsAsync<IOException>(() => New.ConvertAsync(
            folder.Path, onStep: done => ThrowAt(done, step, new IOException("disk full"))));

        Assert.Equal("disk full", failure.Message);
        Assert.Equal(before, PublishedDataSet.Hashes(folder.Path));
        await New.ConvertAsync(folder.Path);
        Assert.Equal("new", PublishedDataSet.Read(folder.Path)[1].Name);
    }

    [Theory, MemberData(nameof(Steps)), Trait("Spec", "PUB-2")]
    public async Task Convert_CancelledAfterAnyStep_LeavesTheOldDataSetAndNothingElse(string step)
    {
        using TemporaryFolder folder = new();
        await Old.ConvertAsync(folder.Path);
        Dictionary<string, string> before = PublishedDataSet.Hashes(folder.Path);
        using CancellationTokenSource cancel = new();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => New.ConvertAsync(
            folder.Path,
            onStep: done =>
            {
                if (done.ToString() == step)
                    cancel.Cancel();
            },
            cancellationToken: cancel.Token));

        Assert.Equal(cancel.Token, cancelled.CancellationToken);
        Assert.Equal(before, PublishedDataSet.Hashes(folder.Path));
    }

    [Theory, MemberData(nameof(Steps))]
    public async Task Convert_FailureInAFolderItMade_RemovesTheFolders(string step)
    {
        using TemporaryFolder root = new();

        await Assert.ThrowsAsync<IOException>(() => New.ConvertAsync(
            root.Under("a/b"), onStep: done => ThrowAt(done, step, new IOException("disk full"))));

        Assert.Empty(Directory.EnumerateFileSystemEntries(root.Path));
    }

    [Fact]
    public async Task Convert_FailureInAFolderItMadeThatGotAFile_KeepsIt()
    {
        using TemporaryFolder root = new();
        string folder = root.Under("a");

        await Assert.ThrowsAsync<IOException>(() => New.ConvertAsync(folder, onStep: _ =>
        {
            File.WriteAllText(Path.Combine(folder, "notes.txt"), "mine");
            throw new IOException("disk full");
        }));

        Assert.Equal(["notes.txt"], Directory.EnumerateFiles(folder).Select(Path.GetFileName));
    }

    [Fact, Trait("Spec", "PUB-4")]
    public async Task Convert_WhileAnotherRuns_IsRefusedAndTheOtherSucceeds()
    {
        using TemporaryFolder folder = new();
        Exception? second = null;

        await New.ConvertAsync(folder.Path, onStep: step =>
        {
            if (step == PublishStep.RegionsStaged)
                second = Record.Exception(() => Old.ConvertAsync(folder.Path).GetAwaiter().GetResult());
        });

        Assert.Equal(
            $"Another conversion to '{folder.Path}' is running: it holds '.lamina-lock' there. Wait until it ends, or convert to another folder.",
            Assert.IsType<IOException>(second).Message);
        Assert.Equal("new", PublishedDataSet.Read(folder.Path)[1].Name);
    }

    [Fact, Trait("Spec", "PUB-4")]
    public async Task Convert_LeftOverTemporaries_AreRemoved()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Under(".lamina-D01.tmp"), "half");
        File.WriteAllText(folder.Under(".lamina-lock"), "");
        File.WriteAllText(folder.Under(".other"), "mine");

        await New.ConvertAsync(folder.Path);

        Assert.Empty(Directory.EnumerateFiles(folder.Path, ".lamina-*"));
        Assert.True(File.Exists(folder.Under(".other")));
    }

    [Fact, Trait("Spec", "PUB-1")]
    public async Task Convert_UnchangedDimension_KeepsItsFile()
    {
        using TemporaryFolder folder = new();
        ConversionResult first = await Old.ConvertAsync(folder.Path);
        string path = folder.Under(first.Manifest.Dimensions[0].File);
        DateTime written = new(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(path, written);

        ConversionResult second = await New.ConvertAsync(folder.Path);

        Assert.Equal(first.Manifest.Dimensions[0], second.Manifest.Dimensions[0]);
        Assert.NotEqual(first.Manifest.Dimensions[1].File, second.Manifest.Dimensions[1].File);
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
    }

    [Fact]
    public async Task Convert_UnchangedDimensionWhoseFileWasCut_WritesItAnew()
    {
        using TemporaryFolder folder = new();
        ConversionResult first = await Old.ConvertAsync(folder.Path);
        File.WriteAllText(folder.Under(first.Manifest.Dimensions[0].File), "cut");

        await New.ConvertAsync(folder.Path);

        Assert.Equal("same", PublishedDataSet.Read(folder.Path)[0].Name);
    }

    [Fact, Trait("Spec", "PUB-3")]
    public async Task Convert_ThirdGeneration_RemovesTheFirstAndKeepsTheSecond()
    {
        using TemporaryFolder folder = new();
        string[] files = new string[3];
        for (int i = 0; i < files.Length; i++)
        {
            ConversionResult result = await new InputScript().Dimension(1, $"generation {i}").ConvertAsync(folder.Path);
            files[i] = result.Manifest.Dimensions[0].File;
        }

        File.WriteAllText(folder.Under("D01-notes.lamina"), "mine");
        Assert.Equal(
            [false, true, true, true],
            files.Append("D01-notes.lamina").Select(file => File.Exists(folder.Under(file))));
    }

    [Fact, Trait("Spec", "PUB-3")]
    public async Task Convert_WithoutKeepingThePrevious_LeavesTheNewFilesAlone()
    {
        using TemporaryFolder folder = new();
        await Old.ConvertAsync(folder.Path);

        ConversionResult result = await New.ConvertAsync(folder.Path, new ConversionOptions { KeepPrevious = false });

        Assert.Equal(
            result.Manifest.Dimensions.Select(static entry => entry.File).Order(),
            Directory.EnumerateFiles(folder.Path, "*.lamina").Select(Path.GetFileName).Order());
    }

    [Fact, Trait("Spec", "PUB-3")]
    public async Task Convert_OverADamagedManifest_ReplacesItAndRemovesNothing()
    {
        using TemporaryFolder folder = new();
        await Old.ConvertAsync(folder.Path);
        File.AppendAllText(folder.Under("manifest.json"), " ");

        await New.ConvertAsync(folder.Path);

        Assert.Equal("new", PublishedDataSet.Read(folder.Path)[1].Name);
        Assert.Equal(3, Directory.EnumerateFiles(folder.Path, "*.lamina").Count());
    }

    [Fact]
    public async Task Convert_ToAFile_ThrowsIOException()
    {
        using TemporaryFolder root = new();
        File.WriteAllText(root.Under("file"), "mine");

        await Assert.ThrowsAnyAsync<IOException>(() => New.ConvertAsync(root.Under("file")));

        Assert.Equal("mine", File.ReadAllText(root.Under("file")));
    }

    private static void ThrowAt(PublishStep done, string step, Exception exception)
    {
        if (done.ToString() == step)
            throw exception;
    }
}

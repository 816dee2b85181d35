namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>The examples in C# compile without a warning, run, and write what the pages say.</summary>
[Collection(nameof(WorkingFolder))]
public sealed class CSharpBlockTests
{
    public static TheoryData<string, int> Examples() =>
        RepositoryPages.Blocks(static block => block.Language == "csharp" && block.Shown is null);

    [Theory, MemberData(nameof(Examples))]
    public async Task Run_OfEachExample_WritesWhatThePageSays(string page, int line)
    {
        CodeBlock block = RepositoryPages.BlockAt(page, line);
        using PageFolder folder = await PageFolder.CreateAsync(page);

        string written = Example.Run(block, Path.GetFullPath(PageFolder.Source));

        if (RepositoryPages.OutputOf(block) is { } output)
            Assert.Equal(output.Text, written);
    }
}

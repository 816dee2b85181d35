using System.Text.Json;
using System.Text.RegularExpressions;
using Lamina.EndToEnd.Tests.Documentation;

namespace Lamina.EndToEnd.Tests;

/// <summary>The image, the dev container and continuous integration install the same and run the same.</summary>
public sealed partial class EnvironmentTests
{
    [Fact]
    public void Workflow_EachStep_IsOneOfTheRepositorysCommands()
    {
        string workflow = Read(".github/workflows/ci.yml");

        Assert.Equal(["eng/setup", ".ci/run"], Command().Matches(workflow).Select(static match => match.Groups[1].Value));
        Assert.Equal("actions/checkout", Assert.Single(Action().Matches(workflow)).Groups[1].Value);
    }

    [Fact]
    public void Image_InstallsByTheScriptAndRunsWhatIntegrationRuns()
    {
        string[] lines = Read("Dockerfile").Split('\n');

        Assert.Contains(lines, static line => line.Contains("/setup/eng/setup", StringComparison.Ordinal));
        Assert.Equal("CMD [\".ci/run\"]", lines.Last(static line => line.Length > 0));
    }

    [Fact]
    public void DevContainer_IsBuiltOfAStageOfTheImage()
    {
        using JsonDocument container = JsonDocument.Parse(
            Read(".devcontainer/devcontainer.json"), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        JsonElement build = container.RootElement.GetProperty("build");

        string folder = Path.Combine(RepositoryPages.Root, ".devcontainer");
        Assert.True(File.Exists(Path.Combine(folder, build.GetProperty("dockerfile").GetString()!)));
        Assert.Equal(RepositoryPages.Root, Path.GetFullPath(Path.Combine(folder, build.GetProperty("context").GetString()!)));
        Assert.Contains($" AS {build.GetProperty("target").GetString()}\n", Read("Dockerfile"), StringComparison.Ordinal);
    }

    private static string Read(string path) =>
        File.ReadAllText(Path.Combine(RepositoryPages.Root, path)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^ +run: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^ +- uses: ([^@\s]+)@", RegexOptions.Multiline)]
    private static partial Regex Action();
}

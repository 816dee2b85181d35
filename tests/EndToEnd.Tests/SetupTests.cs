using System.Text.Json;
using Lamina.EndToEnd.Tests.Documentation;

namespace Lamina.EndToEnd.Tests;

/// <summary>The container, the dev container and CI are set up by one script, and run one command.</summary>
public sealed class SetupTests
{
    [Fact]
    public void Environments_AllOfThem_UseTheOneScript()
    {
        string dockerfile = File.ReadAllText(Path.Combine(RepositoryPages.Root, "Dockerfile"));
        Assert.Contains("COPY eng/setup ", dockerfile, StringComparison.Ordinal);
        Assert.Contains("CMD [\".ci/run\"]", dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain("apt-get install", dockerfile, StringComparison.Ordinal);

        string workflow = File.ReadAllText(Path.Combine(RepositoryPages.Root, ".github", "workflows", "ci.yml"));
        Assert.Contains("run: eng/setup", workflow, StringComparison.Ordinal);
        Assert.Contains("run: .ci/run", workflow, StringComparison.Ordinal);

        string folder = Path.Combine(RepositoryPages.Root, ".devcontainer");
        using JsonDocument container = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "devcontainer.json")));
        string named = container.RootElement.GetProperty("build").GetProperty("dockerfile").GetString()!;
        Assert.Equal(Path.Combine(RepositoryPages.Root, "Dockerfile"), Path.GetFullPath(Path.Combine(folder, named)));
    }

    [Fact]
    public void Image_OfTheSdk_IsThatOfGlobalJson()
    {
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPages.Root, "global.json")));
        string version = json.RootElement.GetProperty("sdk").GetProperty("version").GetString()!;
        string image = File.ReadLines(Path.Combine(RepositoryPages.Root, "Dockerfile")).Single(static line => line.StartsWith("FROM ", StringComparison.Ordinal));
        Assert.EndsWith(":" + string.Join('.', version.Split('.')[..2]), image, StringComparison.Ordinal);
    }
}

using System.Text.Json;

namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>The command lines that pages show run, and write what the pages say.</summary>
[Collection(nameof(WorkingFolder))]
public sealed class CommandBlockTests
{
    public static TheoryData<string, int> Commands() => RepositoryPages.Blocks(static block => block.Language == "console");

    public static TheoryData<string, int> Texts() =>
        RepositoryPages.Blocks(static block => block is { Language: "text", IsOutputOfCommand: true });

    public static TheoryData<string, int> Reports() =>
        RepositoryPages.Blocks(static block => block is { Language: "json", IsOutputOfCommand: true });

    [Theory, MemberData(nameof(Commands))]
    public async Task Run_OfEachCommandLine_Succeeds(string page, int line)
    {
        CodeBlock block = RepositoryPages.BlockAt(page, line);
        using PageFolder folder = await PageFolder.CreateAsync(page);
        foreach (string command in block.Text.Split('\n').Select(WithoutComment).Where(static text => text.Length > 0))
        {
            if (command.StartsWith("dotnet ", StringComparison.Ordinal))
            {
                AssertNamesWhatIsThere(block, command);
                continue;
            }

            CommandRun run = await CommandRun.OfAsync(command);
            Assert.True(run.Code == 0, $"{block}: '{command}' ended with {run.Code}: {run.Error}");
        }
    }

    [Theory, MemberData(nameof(Texts))]
    public async Task Run_OfACommandWhoseOutputIsShown_WritesIt(string page, int line)
    {
        CodeBlock block = RepositoryPages.BlockAt(page, line);
        using PageFolder folder = await PageFolder.CreateAsync(page);

        CommandRun run = await CommandRun.OfAsync(block.Note);

        Assert.Equal(block.Text.TrimEnd(), (run.Output + run.Error).TrimEnd());
    }

    [Theory, MemberData(nameof(Reports))]
    public async Task Run_OfACommandWhoseJsonIsShown_WritesTheSameProperties(string page, int line)
    {
        CodeBlock block = RepositoryPages.BlockAt(page, line);
        using PageFolder folder = await PageFolder.CreateAsync(page);

        CommandRun run = await CommandRun.OfAsync(block.Note);

        Assert.Equal(ShapeOf(block.Text), ShapeOf(run.Output));
    }

    private static string WithoutComment(string line) => line.Split('#')[0].Trim();

    /// <summary>Building the repository from inside its tests would take minutes; what the line names is there.</summary>
    private static void AssertNamesWhatIsThere(CodeBlock block, string command)
    {
        string[] paths =
        [
            .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(
                static word => word.Contains('/', StringComparison.Ordinal) || word.EndsWith(".sln", StringComparison.Ordinal)),
        ];
        Assert.True(paths.Length > 0 || command == "dotnet tool install --global Lamina.Cli", command);

        // What is beside the repository the lines make themselves.
        Assert.All(paths.Where(static path => !path.StartsWith("../", StringComparison.Ordinal)), path => Assert.True(
            Path.Exists(Path.Combine(RepositoryPages.Root, path)), $"{block}: there is no {path}."));
    }

    /// <summary>The paths of all properties, those of an array's first object for all of them.</summary>
    private static string ShapeOf(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        List<string> paths = [];
        Collect(document.RootElement, "$");
        return string.Join('\n', paths);

        void Collect(JsonElement value, string path)
        {
            if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
                Collect(value[0], path + "[]");
            if (value.ValueKind != JsonValueKind.Object)
                return;
            foreach (JsonProperty property in value.EnumerateObject())
            {
                paths.Add($"{path}.{property.Name}");
                Collect(property.Value, $"{path}.{property.Name}");
            }
        }
    }
}

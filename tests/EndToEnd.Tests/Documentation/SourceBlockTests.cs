using System.Text.Json;
using System.Xml.Linq;
using Lamina.Format.Conversion;

namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>The sources, projects and JSON that pages show are what the pages take them for.</summary>
[Collection(nameof(WorkingFolder))]
public sealed class SourceBlockTests
{
    private static readonly string ExampleFolder = Path.Combine(RepositoryPages.Root, "examples", "Quickstart");

    private static readonly string[] Languages = ["console", "csharp", "ini", "json", "jsonl", "text", "xml"];

    public static TheoryData<string, int> Sources() => RepositoryPages.Blocks(static block => block.IsSource);

    [Fact]
    public void Blocks_OfAllPages_AreOfAKindThatATestChecks()
    {
        CodeBlock[] blocks = BlocksOf(Languages);

        Assert.NotEmpty(blocks);
        Assert.Equal(RepositoryPages.ForUsers.SelectMany(static page => page.Blocks), blocks);
        Assert.All(blocks.Where(static block => block is { Language: "text", Note: "output" }), static block => Assert.Contains(
            RepositoryPages.Named(block.Page).Blocks,
            other => RepositoryPages.OutputOf(other) == block && other.Language == "csharp"));
    }

    [Theory, MemberData(nameof(Sources))]
    public async Task Convert_OfEachSource_SaysWhatThePageSays(string page, int line)
    {
        CodeBlock block = RepositoryPages.BlockAt(page, line);
        using PageFolder folder = await PageFolder.CreateAsync(page);

        string[] codes;
        try
        {
            ConversionResult result = await DataSetConverter.ConvertAsync(block.SourceName, "converted");
            codes = [.. result.Warnings.Select(static warning => warning.Code)];
        }
        catch (InvalidInputException invalid)
        {
            codes = [.. invalid.Diagnostics.Select(static diagnostic => diagnostic.Code)];
        }

        Assert.Equal(block.ExpectedCodes, codes);
    }

    [Fact]
    public void Json_OfAllOtherBlocks_IsJson()
    {
        CodeBlock[] blocks = [.. BlocksOf("json").Where(static block => !block.IsSource)];

        Assert.NotEmpty(blocks);
        Assert.All(blocks, static block => JsonDocument.Parse(block.Text).Dispose());
    }

    [Fact]
    public void Xml_OfAllBlocks_IsWellFormedAndNamesWhatTheBuildKnows()
    {
        XElement props = XElement.Load(Path.Combine(RepositoryPages.Root, "src", "Runtime", "build", "Lamina.props"));
        HashSet<string> metadata = [.. BuildOptions.Metadata(props), "Include"];
        HashSet<string> properties = [.. BuildOptions.Properties(props)];
        CodeBlock[] blocks = BlocksOf("xml");

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block =>
        {
            XElement root = XElement.Parse($"<blocks>{block.Text}</blocks>");
            foreach (XAttribute attribute in root.Descendants("LaminaDataSet").Attributes())
                Assert.Contains(attribute.Name.LocalName, metadata);
            foreach (XElement property in root.Descendants("PropertyGroup").Elements())
            {
                if (property.Name.LocalName.StartsWith("Lamina", StringComparison.Ordinal))
                    Assert.Contains(property.Name.LocalName, properties);
            }

            foreach (XAttribute import in root.Descendants("Import").Attributes("Project"))
                Assert.True(File.Exists(Path.Combine(ExampleFolder, import.Value)), $"{block}: {import.Value}");
        });
    }

    [Fact]
    public void Ini_OfAllBlocks_SetsDiagnosticsThatThereAre()
    {
        CodeBlock[] blocks = BlocksOf("ini");

        Assert.NotEmpty(blocks);
        Assert.All(blocks.SelectMany(static block => block.Text.TrimEnd('\n').Split('\n')), static line =>
        {
            string[] parts = line.Split('.', ' ');
            Assert.Equal(["dotnet_diagnostic", "severity", "="], [parts[0], parts[2], parts[3]]);
            Assert.Contains($"{RepositoryPages.Diagnostics}/{parts[1]}.md", RepositoryPages.ForUsers.Select(static page => page.Path));
        });
    }

    private static CodeBlock[] BlocksOf(params string[] languages) =>
        [.. RepositoryPages.ForUsers.SelectMany(static page => page.Blocks).Where(block => languages.Contains(block.Language))];
}

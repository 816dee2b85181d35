using System.Diagnostics.Metrics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Lamina.Format;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;
using Lamina.Hosting;

namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>Nothing that a user may meet is missing from the pages.</summary>
public sealed partial class CoverageTests
{
    private static readonly MarkdownPage Errors = RepositoryPages.Named("docs/troubleshooting.md");
    private static readonly MarkdownPage Monitoring = RepositoryPages.Named("docs/monitoring.md");
    private static readonly MarkdownPage Options = RepositoryPages.Named("docs/configuration.md");
    private static readonly MarkdownPage CommandLine = RepositoryPages.Named("docs/command-line.md");

    [Fact]
    public void MemoryErrors_All_HaveARow() =>
        AssertRows(Errors.Section("`MemoryError`"), Enum.GetNames<MemoryError>());

    [Fact]
    public void FormatFaults_All_HaveARow() =>
        AssertRows(Errors.Section("`FormatFault`"), Enum.GetNames<FormatFault>());

    [Fact]
    public void CodesOfTheSource_All_HaveARow()
    {
        XElement targets = XElement.Load(Path.Combine(RepositoryPages.Root, "src", "Runtime", "build", "Lamina.targets"));
        IEnumerable<string> ofTheBuild = targets.Descendants("Error").Attributes("Code").Select(static code => code.Value);
        IEnumerable<string> ofTheSource = Enum.GetValues<InputFault>().Select(
            static fault => string.Create(CultureInfo.InvariantCulture, $"LAM{(int)fault:D3}"));

        AssertRows(Errors.Section("`LAM…`"), [.. ofTheSource, .. ofTheBuild]);
    }

    [Fact]
    public void MemoryStats_EachFigure_HasARow() => AssertRows(
        Monitoring.Section("Statistics"),
        [.. typeof(MemoryStats).GetProperties().Select(static property => property.Name)]);

    [Fact]
    public void MemoryNotices_All_HaveARow() =>
        AssertRows(Monitoring.Section("Notices"), Enum.GetNames<MemoryNotice>());

    [Fact]
    public void Instruments_All_HaveARow()
    {
        List<string> instruments = [];
        using Meter meter = new("documentation");
        using MeterListener listener = new()
        {
            InstrumentPublished = (instrument, _) =>
            {
                if (instrument.Meter == meter)
                    instruments.Add(instrument.Name);
            },
        };
        listener.Start();
        using MmapManager manager = MmapManager.Open(Path.Combine(AppContext.BaseDirectory, "reference"));

        manager.AddInstruments(meter);

        AssertRows(Monitoring.Section("Metrics"), [.. instruments]);
    }

    [Fact]
    public void MemoryConfig_EachProperty_HasARow() =>
        AssertRows(Options.Section("The runtime"), Settable(typeof(MemoryConfig)));

    [Fact]
    public void LaminaOptions_EachProperty_HasARow() =>
        AssertRows(RepositoryPages.Named("docs/hosting.md").Section("Options"), Settable(typeof(LaminaOptions)));

    [Fact]
    public void ConversionOptions_EachProperty_HasARow() =>
        AssertRows(Options.Section("The converter"), Settable(typeof(ConversionOptions)));

    [Fact]
    public void BuildOptions_All_AreNamed()
    {
        XElement props = XElement.Load(Path.Combine(RepositoryPages.Root, "src", "Runtime", "build", "Lamina.props"));
        string[] rows = FirstCells(Options.Section("The build"));

        Assert.All(
            BuildOptions.Metadata(props).Concat(BuildOptions.Properties(props)),
            name => Assert.Contains(rows, row => row.Contains($"`{name}`", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Commands_All_HaveASectionWithEachOption()
    {
        CommandRun help = await CommandRun.OfAsync("lamina --help");
        string[] commands = [.. Command().Matches(help.Output).Select(static match => match.Groups[1].Value)];
        Assert.True(commands.Length >= 7, help.Output);
        foreach (string command in commands)
        {
            CommandRun ofCommand = await CommandRun.OfAsync($"lamina {command} --help");
            string[] options =
            [
                .. Option().Matches(ofCommand.Output).Select(static match => match.Groups[1].Value)
                    .Where(static line => !line.Contains("--help", StringComparison.Ordinal))
                    .SelectMany(static line => line.Split(", ")),
            ];
            string[] rows = FirstCells(CommandLine.Section(command));
            Assert.All(options, option => Assert.True(
                rows.Any(row => row.Contains($"`{option}`", StringComparison.Ordinal)),
                $"The section '{command}' has no row for {option}."));
        }
    }

    [Fact]
    public void PropertiesOfTheSource_All_HaveARow()
    {
        using JsonDocument schema = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(RepositoryPages.Root, "format-spec", "dimensions.schema.json")));
        JsonElement definitions = schema.RootElement.GetProperty("$defs");
        MarkdownPage authoring = RepositoryPages.Named("docs/authoring.md");

        AssertRows(authoring.Section("The text"), Names(schema.RootElement));
        AssertRows(authoring.Section("A dimension"), Names(definitions.GetProperty("dimension")));
        AssertRows(authoring.Section("A layer"), Names(definitions.GetProperty("layer")));

        static string[] Names(JsonElement owner) =>
            [.. owner.GetProperty("properties").EnumerateObject().Select(static property => property.Name)];
    }

    [Fact]
    public void Limits_OfTheSource_AreThoseOfTheCode()
    {
        string section = string.Join('\n', RepositoryPages.Named("docs/authoring.md").Section("Limits"));
        long[] limits =
        [
            Limits.MaxDimensions, Limits.MaxLayers, Limits.MaxLayerLength, Limits.MaxNameLength, Limits.MaxKeywordsPerLayer,
            Limits.MaxKeywordUses, Limits.MaxDepth,
        ];

        Assert.Equal(Limits.MaxNameLength, Limits.MaxKeywordLength);
        Assert.All(limits, limit => Assert.Contains(
            limit.ToString("N0", CultureInfo.InvariantCulture), section, StringComparison.Ordinal));
        Assert.Equal((1L << 30, 256L << 40), (Limits.MaxStringsLength, Limits.MaxFileLength));
    }

    [Fact]
    public void ReadMe_Begins_WithTheTwoCommands()
    {
        CodeBlock first = RepositoryPages.Named("README.md").Blocks[0];

        Assert.Equal(3, first.Line);
        Assert.Equal(2, first.Text.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void ReadMe_Figures_AreThoseOfThePerformancePage()
    {
        MarkdownPage figures = MarkdownPage.Read("docs/performance/README.md");
        string[][] rows =
        [
            .. RepositoryPages.Named("README.md").Prose.Where(static line => line.Text.StartsWith("| ", StringComparison.Ordinal))
                .Select(static line => line.Text.Split('|', StringSplitOptions.TrimEntries)[1..^1])
                .Where(static row => row[0].Length > 0),
        ];

        Assert.True(rows.Length >= 5, $"{rows.Length} rows");
        Assert.All(rows, row =>
        {
            // The section begins with uniform reads by one thread.
            string read = figures.Section("WordNet").First(line => line.StartsWith($"| {row[0]} |", StringComparison.Ordinal));
            Assert.StartsWith($"| {row[0]} | {row[1]} (", read, StringComparison.Ordinal);
            string opened = row[0].Replace(" scope", "", StringComparison.Ordinal).Replace(" many", "", StringComparison.Ordinal)
                + ", compiled ahead";
            string open = figures.Section("Opening").First(
                line => line.StartsWith($"| wordnet: {opened} |", StringComparison.Ordinal));
            Assert.StartsWith($"| wordnet: {opened} | {row[2]} (", open, StringComparison.Ordinal);
            Assert.EndsWith($"| {row[3]} |", open, StringComparison.Ordinal);
        });
    }

    private static string[] Settable(Type type) =>
    [
        .. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.SetMethod is not null).Select(static property => property.Name),
    ];

    private static void AssertRows(IReadOnlyList<string> section, string[] names)
    {
        Assert.NotEmpty(names);
        string[] rows = FirstCells(section);
        Assert.All(names, name => Assert.Single(rows, row => row.Split(", ").Contains($"`{name}`", StringComparer.Ordinal)));
    }

    /// <summary>What stands in the first column of the tables of a section.</summary>
    private static string[] FirstCells(IReadOnlyList<string> section) =>
    [
        .. section.Where(static line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(static line => line.Split('|')[1].Trim()),
    ];

    [GeneratedRegex(@"^  ([a-z]+) <", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"^  ((?:-\w, )?--[a-z-]+)", RegexOptions.Multiline)]
    private static partial Regex Option();
}

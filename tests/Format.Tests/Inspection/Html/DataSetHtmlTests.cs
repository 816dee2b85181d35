using System.Globalization;
using System.Text;
using System.Xml.Linq;
using FsCheck.Xunit;
using Lamina.Format.Conversion;
using Lamina.Format.Tests.Conversion;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Inspection.Html;

public sealed class DataSetHtmlTests : IDisposable
{
    private const string Hostile =
        "</script></style></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;\u202e\u0007";

    private static readonly string[] Allowed =
    [
        "a", "bdi", "body", "caption", "code", "dd", "desc", "details", "div", "dl", "dt", "footer", "g", "h1", "h2", "h3",
        "head", "header", "html", "li", "main", "meta", "p", "path", "rect", "section", "span", "strong", "style", "summary",
        "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
    ];

    private readonly RegionFolder _regions = new();

    public void Dispose() => _regions.Dispose();

    [Property(Arbitrary = [typeof(OracleArbitraries)], MaxTest = 60)]
    public void Write_AnyRegion_IsWellFormedAndSafeAndShowsItsLayersAsATree(OracleCase @case)
    {
        Page page = Page.Of(_regions.Write(@case.Region, @case.Options));

        AssertSafe(page);
        Assert.True(page.Report.IsValid);
        Assert.Equal(InOrderOfTree(@case.Region.Layers), page.LayersInTree());
    }

    [Fact]
    public void Write_TextsThatAreMarkup_StayText()
    {
        OracleRegion region = new()
        {
            Dimension = 1,
            Name = Hostile,
            Layers = [new OracleLayer { Number = 4, Name = Hostile, Keywords = [Hostile], Content = "<b>"u8.ToArray() }],
        };

        Page page = Page.Of(_regions.Write(region));

        AssertSafe(page);
        string shown = Hostile[..^2] + "\\u202e\\u0007";
        Assert.Equal(4, page.Elements("bdi").Count(element => element.Value == shown));
        Assert.Single(page.Elements("title"), static title => title.Parent!.Name == "head");
    }

    [Theory]
    [InlineData("a\u0000b", "a\\u0000b")]
    [InlineData("a\tb\nc", "a\\u0009b\\u000ac")]
    [InlineData("\ufffe\uffff", "\\ufffe\\uffff")]
    [InlineData("\u2066\u061c\u200f\u2028", "\\u2066\\u061c\\u200f\\u2028")]
    [InlineData("\u0085\u007f", "\\u0085\\u007f")]
    [InlineData("ünï 漢字 😀", "ünï 漢字 😀")]
    public void Write_NameWithCharacters_ShowsThoseThatPagesMayHold(string name, string shown)
    {
        OracleRegion region = new() { Dimension = 1, Layers = [new OracleLayer { Number = 0, Name = name }] };

        Page page = Page.Of(_regions.Write(region));

        Assert.Contains(page.Elements("bdi"), element => element.Value == shown);
    }

    [Fact]
    public void Write_EveryHostileFile_ShowsItsFaultOnASafePage()
    {
        string[] files = Directory.GetFiles(Path.Combine(Repository.Fixtures, "invalid"), "*.lamina");
        Assert.NotEmpty(files);
        Assert.All(files, static file =>
        {
            Page page = Page.Of(file);

            AssertSafe(page);
            LaminaFormatException? fault = Assert.Single(page.Report.Files).Fault;
            Assert.NotNull(fault);
            Assert.Contains(page.Elements("td"), cell => cell.Value == fault.Fault.ToString());
            Assert.Contains(page.Elements("td"), cell => cell.Value == fault.Message);
            Assert.DoesNotContain("Every bit is as it was written", page.Text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Write_EveryHostileFolder_ShowsItsFaultOnASafePage()
    {
        string[] folders = Directory.GetDirectories(Path.Combine(Repository.Fixtures, "invalid"));
        Assert.NotEmpty(folders);
        Assert.All(folders, static folder =>
        {
            Page page = Page.Of(folder);

            AssertSafe(page);
            LaminaFormatException fault = page.Report.Files.First(static file => file.Fault is not null).Fault!;
            Assert.Contains(page.Elements("td"), cell => cell.Value == fault.Message);
        });
    }

    [Fact]
    public void Write_DamagedBlock_MarksItsPlaceOnTheMapAndInTheTables()
    {
        OracleRegion region = new()
        {
            Dimension = 1,
            Layers = [.. Numbers(100).Select(static number => new OracleLayer { Number = number, Content = new byte[1024] })],
        };
        byte[] file = OracleEncoder.Encode(region, new OracleOptions { BlockSizeLog2 = 10 });
        Page whole = Page.Of(_regions.Write(file));
        file[1024 + (1024 * 80)] ^= 1;

        Page page = Page.Of(_regions.Write(file));

        AssertSafe(page);
        Assert.Equal(FormatFault.BlockChecksum, page.Report.Files[0].Fault?.Fault);
        Assert.Single(page.Elements("path"), static path => (string?)path.Attribute("class") == "fault");
        Assert.Equal(2, page.Elements("tr").Count(static row => (string?)row.Attribute("class") == "bad"));
        Assert.DoesNotContain(whole.Elements("path"), static path => (string?)path.Attribute("class") == "fault");
        Assert.DoesNotContain(whole.Elements("tr"), static row => row.Attribute("class") is not null);
    }

    [Fact]
    public async Task Write_HundredThousandLayers_IsAPageThatSaysWhatItLeavesOut()
    {
        const int Layers = 100_000;
        using TemporaryFolder folder = new();
        StringBuilder lines = new("""{"id": 1, "name": "Many"}""" + "\n");
        for (int i = 0; i < Layers; i++)
        {
            string parent = i < 10 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"\"parent_layer\": {i / 10}, ");
            lines.Append(CultureInfo.InvariantCulture, $"{{\"dimension_id\": 1, \"layer_num\": {i}, \"name\": \"N{i}\", ")
                .Append(CultureInfo.InvariantCulture, $"{parent}\"keywords\": [\"k{i % 777}\"], \"content\": \"{i}\"}}\n");
        }

        string source = Path.Combine(folder.Path, "many.jsonl");
        await File.WriteAllTextAsync(source, lines.ToString());
        string data = Path.Combine(folder.Path, "data");
        await DataSetConverter.ConvertAsync(source, data, new ConversionOptions { BlockSize = 1024 });

        Page page = Page.Of(data);

        AssertSafe(page);
        Assert.InRange(page.Bytes.Length, 10_000, 2 << 20);
        int shown = page.LayersInTree().Count();
        Assert.InRange(shown, 1_000, 10_000);
        Assert.Contains($"{shown:N0} of 100,000 layers, the upper levels first.", page.Text, StringComparison.Ordinal);
        Assert.Contains("The 30 keywords that most layers have, of 777", page.Text, StringComparison.Ordinal);
        Assert.Contains("180 bars", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_EveryFrozenDataSet_IsSafeAndTheSameEachTime()
    {
        string[] folders = Directory.GetDirectories(Path.Combine(Repository.Fixtures, "valid"));
        Assert.NotEmpty(folders);
        Assert.All(folders, static folder =>
        {
            Page page = Page.Of(folder);

            AssertSafe(page);
            Assert.True(page.Report.IsValid);
            Assert.Equal(page.Bytes, Page.Of(folder).Bytes);
        });
    }

    [Fact]
    public void Write_FolderWithoutManifest_SaysSo()
    {
        Page page = Page.Of(_regions.Path("."));

        AssertSafe(page);
        Assert.Contains(page.Elements("td"), static cell => cell.Value == nameof(FormatFault.ManifestMissing));
    }

    [Fact]
    public void Write_NothingAtThePath_Throws() =>
        Assert.Throws<FileNotFoundException>(() => Page.Of(_regions.Path("nothing")));

    /// <summary>What holds of every page: nothing runs, nothing is fetched, everything that is pointed to is there.</summary>
    private static void AssertSafe(Page page)
    {
        XElement[] elements = [.. page.Root.DescendantsAndSelf()];
        Assert.Subset(Allowed.ToHashSet(), elements.Select(static element => element.Name.LocalName).ToHashSet());
        HashSet<string> ids = [];
        Assert.All(elements.Attributes("id"), id => Assert.True(ids.Add(id.Value), $"Two elements are '{id.Value}'."));
        foreach (XAttribute attribute in elements.Attributes())
        {
            string name = attribute.Name.LocalName;
            Assert.False(name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || name is "src" or "srcset" or "action");
            if (name == "href")
                Assert.Contains(attribute.Value[1..], ids);
            if (name == "aria-labelledby")
                Assert.All(attribute.Value.Split(' '), id => Assert.Contains(id, ids));
            if (name == "style")
                Assert.Matches("^width:[0-9.]+%$", attribute.Value);
        }

        string style = Assert.Single(page.Elements("style")).Value;
        Assert.DoesNotContain("url(", style, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", style, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("prefers-color-scheme: dark", style, StringComparison.Ordinal);
        Assert.Contains(
            "default-src 'none'", page.Elements("meta").Attributes("content").Select(static policy => policy.Value.Split(';')[0]));

        // A reader who does not see the pictures hears what they are, and what a column is.
        Assert.All(page.Elements("svg"), static svg => Assert.True(
            (string?)svg.Attribute("aria-hidden") == "true" || svg.Attribute("aria-labelledby") is not null));
        Assert.All(page.Elements("th"), static header => Assert.NotNull(header.Attribute("scope")));
        Assert.Equal("en", (string?)page.Root.Attribute("lang"));
        Assert.Single(page.Elements("main"));
        Assert.Single(page.Elements("h1"));
    }

    private static IEnumerable<uint> Numbers(int count) => Enumerable.Range(0, count).Select(static number => (uint)number);

    private static IEnumerable<string> InOrderOfTree(IReadOnlyList<OracleLayer> layers)
    {
        ILookup<uint?, OracleLayer> children = layers.ToLookup(static layer => layer.Parent);
        return layers.Where(static layer => layer.Parent is null).SelectMany(Walk);

        IEnumerable<string> Walk(OracleLayer layer) =>
            children[layer.Number].SelectMany(Walk).Prepend(string.Create(CultureInfo.InvariantCulture, $"L{layer.Number}"));
    }
}

using System.Text.RegularExpressions;
using Lamina.Format.Tests.Conversion;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Inspection.Html;

/// <summary>What a browser makes of a page; its parser is not that of XML.</summary>
public sealed partial class BrowserTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [BrowserFact]
    public async Task Page_InABrowser_HasTheElementsThatWereWritten()
    {
        (string path, Page page) = WritePage();

        string dump = await Browser.DumpAsync(path, _folder.Path);

        Assert.Equal(
            Count(page.Root.DescendantsAndSelf().Select(static element => element.Name.LocalName)),
            Count(Tag().Matches(dump).Select(static match => match.Groups[1].Value)));

        static IEnumerable<(string Name, int Count)> Count(IEnumerable<string> elements) =>
            elements.CountBy(static name => name).Select(static pair => (pair.Key, pair.Value)).Order();
    }

    [BrowserFact]
    public async Task Page_InABrowser_FollowsTheSchemeOfItsReader()
    {
        (string path, _) = WritePage();

        byte[] light = await Browser.DrawAsync(path, _folder.Path, dark: false);
        byte[] dark = await Browser.DrawAsync(path, _folder.Path, dark: true);

        Assert.All([light, dark], static picture => Assert.True(picture.Length > 10_000, "The picture is empty."));
        Assert.NotEqual(light, dark);
    }

    private (string Path, Page Page) WritePage()
    {
        OracleRegion region = new()
        {
            Dimension = 1,
            Name = "</title><script>document.title = 'run'</script>",
            Layers =
            [
                .. Enumerable.Range(0, 40).Select(static i => new OracleLayer
                {
                    Number = (uint)i,
                    Name = "<b>" + i,
                    Parent = i == 0 ? null : (uint)(i / 2),
                    Keywords = ["<i>", "k" + (i % 7)],
                    Content = new byte[i * 50],
                }),
            ],
        };
        string file = System.IO.Path.Combine(_folder.Path, "region.lamina");
        File.WriteAllBytes(file, OracleEncoder.Encode(region));
        Page page = Page.Of(file);
        string path = System.IO.Path.Combine(_folder.Path, "page.html");
        File.WriteAllBytes(path, page.Bytes);
        return (path, page);
    }

    [GeneratedRegex("<([a-z0-9]+)[ >]", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}

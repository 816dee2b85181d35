using System.Text.RegularExpressions;
using Lamina.Format.Tests.Conversion;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Inspection.Html;

/// <summary>What a browser makes of a page, and what a reader can do with it there.</summary>
public sealed partial class BrowserTests : IDisposable
{
    // Text on what is painted behind it, as WCAG 2 computes contrast. Labels on a map stand on rectangles, which are no
    // ancestors.
    private const string Contrasts = """
        (() => {
          const numbers = colour => {
            const probe = document.createElement('canvas').getContext('2d');
            probe.fillStyle = colour;
            return probe.fillStyle.match(/[0-9a-f]{2}/g).map(pair => parseInt(pair, 16) / 255);
          };
          const light = colour => numbers(colour)
            .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
            .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
          const behind = e => {
            while (e && getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)') e = e.parentElement;
            return getComputedStyle(e ?? document.documentElement).backgroundColor;
          };
          const shows = e => !['title', 'desc'].includes(e.localName)
            && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim());
          const found = [];
          for (const e of document.body.querySelectorAll('*')) {
            if (!shows(e)) continue;
            const style = getComputedStyle(e);
            const ink = e.closest('svg') ? style.fill : style.color;
            const paper = e.matches('text.on') ? getComputedStyle(e.previousElementSibling).fill : behind(e);
            found.push({ what: e.localName + '.' + (e.getAttribute('class') ?? ''), contrast: contrast(ink, paper) });
          }
          return found;
        })()
        """;

    private const string Stops =
        "[...document.querySelectorAll('a[href], summary, [tabindex]')].filter(e => e.checkVisibility())";

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
    public async Task Page_InABrowser_AsksForNothingButItselfAndRunsNothing()
    {
        (string path, _) = WritePage();

        await using BrowserTab tab = await Browser.OpenAsync(path, _folder.Path);

        Assert.Equal(new Uri(path).AbsoluteUri, Assert.Single(tab.Requests));
        Assert.Empty(tab.Complaints);
        Assert.Equal(0, await tab.EvaluateAsync<int>("document.scripts.length"));
    }

    [BrowserFact]
    public async Task Page_InABrowser_RefusesWhatIsPutIntoIt()
    {
        (string path, Page page) = WritePage();
        const string Foreign = "<script>document.title = 'run'</script><img src=\"http://127.0.0.1:9/picture.png\"/></main>";
        await File.WriteAllTextAsync(path, page.Text.Replace("</main>", Foreign, StringComparison.Ordinal));

        await using BrowserTab tab = await Browser.OpenAsync(path, _folder.Path);

        Assert.NotEqual("run", await tab.EvaluateAsync<string>("document.title"));
        Assert.Equal(2, tab.Complaints.Count(static text => text.Contains("Content Security Policy", StringComparison.Ordinal)));
    }

    [BrowserFact]
    public async Task Page_LightAndDark_FollowsItsReaderAndCanBeReadInBoth()
    {
        (string path, _) = WritePage();
        await using BrowserTab tab = await Browser.OpenAsync(path, _folder.Path);
        List<byte[]> pictures = [];
        List<double> papers = [];
        foreach (string scheme in (string[])["light", "dark"])
        {
            await tab.PreferAsync(scheme);

            string paper = await tab.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
            papers.Add(Number().Matches(paper).Sum(static match => int.Parse(match.ValueSpan, null)));
            pictures.Add(await tab.DrawAsync());
            TextContrast[] contrasts = await tab.EvaluateAsync<TextContrast[]>(Contrasts);
            Assert.Contains(contrasts, static text => text.What == "text.on");
            Assert.All(contrasts, static text => Assert.True(text.Contrast >= 4.5, text.ToString()));
        }

        Assert.True(papers[0] > 600 && papers[1] < 150, string.Join(", ", papers));
        Assert.All(pictures, static picture => Assert.True(picture.Length > 10_000, "The picture is empty."));
        Assert.NotEqual(pictures[0], pictures[1]);
    }

    [BrowserFact]
    public async Task Page_ByTheTabulator_GoesThroughAllThatCanBeUsedAndShowsWhereItIs()
    {
        (string path, _) = WritePage();
        await using BrowserTab tab = await Browser.OpenAsync(path, _folder.Path);
        int stops = await tab.EvaluateAsync<int>($"(window.stops = {Stops}).length");
        Assert.True(stops > 8, $"{stops} stops");
        for (int i = 0; i < stops; i++)
        {
            await tab.PressAsync("Tab", 9);

            Assert.Equal(i, await tab.EvaluateAsync<int>("stops.indexOf(document.activeElement)"));
            Assert.Equal("solid 2px", await tab.EvaluateAsync<string>(
                "(s => s.outlineStyle + ' ' + s.outlineWidth)(getComputedStyle(document.activeElement))"));
            Assert.True(await tab.EvaluateAsync<bool>(
                "(r => r.left >= 0 && r.bottom > 0 && r.top < innerHeight)(document.activeElement.getBoundingClientRect())"));
        }
    }

    [BrowserFact]
    public async Task Page_ByEnter_SkipsToTheContentAndOpensAndClosesALayer()
    {
        (string path, _) = WritePage();
        await using BrowserTab tab = await Browser.OpenAsync(path, _folder.Path);

        await tab.PressAsync("Tab", 9);
        await tab.PressAsync("Enter", 13, "\r");
        Assert.Equal("#main", await tab.EvaluateAsync<string>("location.hash"));
        await tab.EvaluateAsync<object>("document.querySelector('.tree summary').focus()");
        bool before = await tab.EvaluateAsync<bool>("document.querySelector('.tree details').open");
        await tab.PressAsync("Enter", 13, "\r");

        Assert.Equal(!before, await tab.EvaluateAsync<bool>("document.querySelector('.tree details').open"));
    }

    [BrowserFact]
    public async Task Page_InANarrowWindow_ScrollsItsTablesAndPicturesAlone()
    {
        (string path, _) = WritePage();
        await using BrowserTab tab = await Browser.OpenAsync(path, _folder.Path);

        await tab.ResizeAsync(360, 800);

        Assert.True(await tab.EvaluateAsync<bool>("(e => e.scrollWidth <= e.clientWidth)(document.documentElement)"));
        await tab.EvaluateAsync<object>("(window.map = document.querySelector('svg.map').closest('.wide')).focus()");
        Assert.True(await tab.EvaluateAsync<bool>("map.scrollWidth > map.clientWidth"));
        Assert.Equal(11, await tab.EvaluateAsync<double>("document.querySelector('.wide .key').getBoundingClientRect().width"));
        await tab.PressAsync("ArrowRight", 39);
        Assert.True(await tab.EvaluateAsync<bool>("""
            new Promise(done => {
              let frames = 0;
              const look = () => map.scrollLeft > 0 || ++frames > 600 ? done(map.scrollLeft > 0) : requestAnimationFrame(look);
              look();
            })
            """));
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

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();

    private sealed record TextContrast(string What, double Contrast);
}

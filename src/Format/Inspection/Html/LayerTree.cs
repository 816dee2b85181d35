using System.Text;
using Lamina.Format.Layout;
using Lamina.Format.Reading;

namespace Lamina.Format.Inspection.Html;

/// <summary>
/// Writes a region's layers as a tree to open and close: the upper levels first, as many layers as a page can take, and for
/// the rest how many there are.
/// </summary>
internal sealed class LayerTree
{
    private const int MostOfParent = 60;
    private const int MostKeywords = 6;

    // Browsers stop nesting elements somewhere; people stop reading before.
    private const int MostLevels = 24;

    // Where the tree is small it begins open.
    private const int OpenAtMost = 60;

    private const int None = -1;

    private readonly HtmlWriter _html;
    private readonly Region _region;
    private readonly RegionDescriptions _descriptions;
    private readonly int[] _firstChild;
    private readonly int[] _nextSibling;
    private readonly int _firstRoot;
    private readonly HashSet<int> _shown = [];

    private LayerTree(HtmlWriter html, Region region)
    {
        _html = html;
        _region = region;
        _descriptions = region.Descriptions;
        ReadOnlySpan<LayerEntry> layers = _descriptions.Layers;
        _firstChild = new int[layers.Length];
        _nextSibling = new int[layers.Length];
        _firstChild.AsSpan().Fill(None);
        _firstRoot = None;

        // From the last to the first, so that children come in the order of their numbers.
        for (int i = layers.Length - 1; i >= 0; i--)
        {
            uint parent = layers[i].Parent;
            ref int head = ref parent == LayerEntry.NoParent ? ref _firstRoot : ref _firstChild[(int)parent];
            _nextSibling[i] = head;
            head = i;
        }
    }

    /// <summary>Writes the tree of <paramref name="region"/>, whose descriptions are whole.</summary>
    /// <param name="html">Takes the tree.</param>
    /// <param name="region">The region.</param>
    /// <param name="most">The most layers to write.</param>
    public static void Write(HtmlWriter html, Region region, int most)
    {
        LayerTree tree = new(html, region);
        tree.Choose(most);
        if (tree._shown.Count < region.LayerCount)
        {
            string shown = SizeText.Count(tree._shown.Count);
            html.Line($"<p>{shown} of {Figures.Count(region.LayerCount, "layer")}, the upper levels first.</p>");
        }

        tree.WriteChildren(tree._firstRoot, isRoot: true);
        WriteDepths(html, region);
    }

    /// <summary>Chooses what to show, level by level.</summary>
    private void Choose(int most)
    {
        Queue<(int First, int Level)> heads = new();
        heads.Enqueue((_firstRoot, 0));
        while (heads.TryDequeue(out (int First, int Level) head))
        {
            int taken = 0;
            int layer = head.First;
            for (; layer != None && taken < MostOfParent && _shown.Count < most; layer = _nextSibling[layer], taken++)
            {
                _shown.Add(layer);
                if (_firstChild[layer] != None && head.Level + 1 < MostLevels)
                    heads.Enqueue((_firstChild[layer], head.Level + 1));
            }
        }
    }

    private void WriteChildren(int first, bool isRoot)
    {
        _html.Raw(isRoot ? "<ul class=\"tree\">\n" : "<ul>\n");
        int layer = first;
        for (; layer != None && _shown.Contains(layer); layer = _nextSibling[layer])
            WriteLayer(layer);
        int hidden = Count(layer);
        if (hidden > 0)
            _html.Line($"<li class=\"more\">and {SizeText.Count(hidden)} more, from L{_region.NumberOf(layer)}</li>");
        _html.Raw("</ul>\n");
    }

    private void WriteLayer(int layer)
    {
        int child = _firstChild[layer];
        if (child == None)
        {
            _html.Raw("<li class=\"leaf\">");
            WriteLabel(layer);
            _html.Raw("</li>\n");
            return;
        }

        bool hasShown = _shown.Contains(child);
        if (!hasShown)
        {
            _html.Raw("<li class=\"leaf\">");
            WriteLabel(layer);
            _html.Line($" <span class=\"more\">{SizeText.Count(Count(child))} below</span></li>");
            return;
        }

        _html.Raw(_region.LayerCount <= OpenAtMost ? "<li><details open=\"open\"><summary>" : "<li><details><summary>");
        WriteLabel(layer);
        _html.Raw("</summary>\n");
        WriteChildren(child, isRoot: false);
        _html.Raw("</details></li>\n");
    }

    private void WriteLabel(int layer)
    {
        LayerEntry entry = _descriptions.Layers[layer];
        LayerFlags flags = (LayerFlags)entry.Flags;
        _html.Write($"<code>L{_region.NumberOf(layer)}</code> ");
        if (entry.NameLength > 0)
            _html.Write($"<bdi>{Encoding.UTF8.GetString(_descriptions.NameOf(layer))}</bdi> ");
        _html.Write($"<span class=\"q\">{SizeText.Size(_region.Locations[layer].Length)}");
        if (flags.HasFlag(LayerFlags.HasFrequency))
            _html.Write($", {entry.Frequency} Hz");
        _html.Raw("</span>");
        if (flags.HasFlag(LayerFlags.Simulated))
            _html.Raw(" <span class=\"tag\">simulated</span>");
        ReadOnlySpan<uint> keywords = _descriptions.KeywordsOf(layer);
        foreach (uint keyword in keywords[..Math.Min(keywords.Length, MostKeywords)])
            _html.Write($" <bdi class=\"k\">{Encoding.UTF8.GetString(_descriptions.Keyword((int)keyword))}</bdi>");
        if (keywords.Length > MostKeywords)
            _html.Write($" <span class=\"more\">and {SizeText.Count(keywords.Length - MostKeywords)} more</span>");
    }

    private int Count(int first)
    {
        int count = 0;
        for (int layer = first; layer != None; layer = _nextSibling[layer])
            count++;
        return count;
    }

    private static void WriteDepths(HtmlWriter html, Region region)
    {
        SortedDictionary<int, (long Layers, long Bytes)> depths = [];
        ReadOnlySpan<LayerEntry> layers = region.Descriptions.Layers;
        ReadOnlySpan<LayerLocation> locations = region.Locations;
        for (int i = 0; i < layers.Length; i++)
        {
            int depth = Math.Min(layers[i].Depth, (ushort)MostLevels);
            (long count, long bytes) = depths.GetValueOrDefault(depth);
            depths[depth] = (count + 1, bytes + locations[i].Length);
        }

        HtmlTable.Begin(html, $"Layers of {region.Dimension} by depth", "Layers by depth", ">Depth", ">Layers", ">Content", "");
        foreach ((int depth, (long count, long bytes)) in depths)
        {
            HtmlTable.BeginRow(html);
            html.Write($"<th scope=\"row\" class=\"n\">{depth}{(depth == MostLevels ? " and more" : string.Empty)}</th>");
            HtmlTable.Cells(html, $">{SizeText.Count(count)}", $">{SizeText.Size(bytes)}");
            HtmlTable.Bar(html, count, layers.Length);
            HtmlTable.EndRow(html);
        }

        HtmlTable.End(html);
    }
}

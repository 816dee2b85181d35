using System.Text;
using Lamina.Format.Reading;

namespace Lamina.Format.Inspection.Html;

/// <summary>Lists the keywords that most layers have.</summary>
internal static class KeywordList
{
    private const int MostKeywords = 30;
    private const int MostLayers = 6;

    /// <summary>Writes the list of <paramref name="region"/>, whose descriptions are whole.</summary>
    public static void Write(HtmlWriter html, Region region)
    {
        RegionDescriptions descriptions = region.Descriptions;
        int keywords = descriptions.Keywords.Length;
        if (keywords == 0)
        {
            html.Raw("<p>No layer has a keyword.</p>\n");
            return;
        }

        // Ordered by how little a keyword belongs on the list, so that the queue gives up the right one.
        PriorityQueue<int, (int Layers, int Index)> kept = new(MostKeywords + 1);
        for (int i = 0; i < keywords; i++)
        {
            (int, int) priority = (descriptions.PostingsOf(i).Length, -i);
            if (kept.Count < MostKeywords)
                kept.Enqueue(i, priority);
            else
                kept.EnqueueDequeue(i, priority);
        }

        List<int> listed = new(kept.Count);
        while (kept.TryDequeue(out int keyword, out _))
            listed.Add(keyword);
        listed.Reverse();
        int most = descriptions.PostingsOf(listed[0]).Length;

        string caption = Caption(keywords, listed.Count);
        HtmlTable.Begin(html, $"Keywords of {region.Dimension}", caption, "Keyword", ">Layers", "", "Which");
        foreach (int keyword in listed)
        {
            ReadOnlySpan<uint> layers = descriptions.PostingsOf(keyword);
            StringBuilder which = new();
            foreach (uint layer in layers[..Math.Min(layers.Length, MostLayers)])
                which.Append(which.Length == 0 ? "L" : ", L").Append(region.NumberOf((int)layer));
            if (layers.Length > MostLayers)
                which.Append(", …");
            HtmlTable.BeginRow(html);
            html.Write($"<th scope=\"row\"><bdi>{Encoding.UTF8.GetString(descriptions.Keyword(keyword))}</bdi></th>");
            HtmlTable.Cells(html, $">{SizeText.Count(layers.Length)}");
            HtmlTable.Bar(html, layers.Length, most);
            HtmlTable.Cells(html, which.ToString());
            HtmlTable.EndRow(html);
        }

        HtmlTable.End(html);
    }

    private static string Caption(int keywords, int listed) => keywords == listed
        ? Figures.Count(keywords, "keyword")
        : $"The {SizeText.Count(listed)} keywords that most layers have, of {SizeText.Count(keywords)}";
}

using System.Text;

namespace Lamina.Bench.Page;

/// <summary>A table of a Markdown page; the first column is text, the others are figures.</summary>
internal static class MarkdownTable
{
    public static string Write(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows)
    {
        StringBuilder table = new();
        Row(heads);
        Row([.. heads.Select(static (_, i) => i == 0 ? "---" : "---:")]);
        foreach (IReadOnlyList<string> row in rows)
            Row(row);
        return table.ToString().TrimEnd('\n');

        void Row(IReadOnlyList<string> cells) => table.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}

using System.Numerics;
using System.Text;
using Lamina.Format.Layout;
using Lamina.Format.Reading;
using static System.FormattableString;

namespace Lamina.Format.Inspection.Html;

/// <summary>
/// Draws where everything lies in a region file: rows of equally many bytes from top to bottom, a colour for each kind of
/// section, and blocks of the content by how well they compress. Blocks too narrow to be told apart are drawn as one.
/// </summary>
internal sealed class FileMap
{
    private const int Left = 84;
    private const int Width = 916;
    private const int RowHeight = 16;
    private const int RowStep = 20;
    private const int MostRows = 20;
    private const int SmallestRow = 32;
    private const double LetterWidth = 6.5;

    // What is narrower is joined with what follows it.
    private const double NarrowestBlock = 3;

    // A word of its own for each of more would only make the page long.
    private const int MostTitles = 400;

    private static readonly string[] BlockClasses = ["s-stored", "s-r1", "s-r2", "s-r3", "s-r4"];

    private readonly HtmlWriter _html;
    private readonly Region _region;
    private readonly long _rowBytes;
    private readonly StringBuilder[] _paths = [.. BlockClasses.Select(static _ => new StringBuilder())];

    private FileMap(HtmlWriter html, Region region)
    {
        _html = html;
        _region = region;
        long least = (region.FileLength + MostRows - 1) / MostRows;
        _rowBytes = Math.Max(SmallestRow, (long)BitOperations.RoundUpToPowerOf2((ulong)least));
    }

    /// <summary>Draws the map of <paramref name="region"/>.</summary>
    /// <param name="html">Takes the picture.</param>
    /// <param name="region">The region.</param>
    /// <param name="fault">Where the file is damaged; negative if it is not, or nobody knows where.</param>
    public static void Write(HtmlWriter html, Region region, long fault) => new FileMap(html, region).Write(fault);

    /// <summary>The class of a section's colour.</summary>
    public static string ClassOf(uint kind) => (SectionKind)kind switch
    {
        SectionKind.Dictionary => "s-dictionary",
        SectionKind.Content => "s-content",
        SectionKind.Blocks or SectionKind.Numbers or SectionKind.Locations => "s-places",
        SectionKind.Layers or SectionKind.LayerKeywords or SectionKind.Keywords or SectionKind.Postings
            or SectionKind.Names or SectionKind.Strings => "s-words",
        _ => "s-unknown",
    };

    private void Write(long fault)
    {
        long rows = (_region.FileLength + _rowBytes - 1) / _rowBytes;
        string id = $"map-{_region.Dimension}";
        _html.Write($"<p class=\"q\">Each row is {SizeText.Size(_rowBytes)}. ");
        _html.Raw("The number before it is its first byte, in hexadecimal.</p>\n");
        HtmlScroller.Begin(_html, $"Map of {_region.Dimension}");
        _html.Line($"<svg class=\"map\" viewBox=\"0 0 1000 {rows * RowStep}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">");
        _html.Line($"<title id=\"{id}-t\">Map of the file of {_region.Dimension}</title>");
        _html.Write($"<desc id=\"{id}-d\">{Figures.Count(rows, "row")} of {SizeText.Size(_rowBytes)}. ");
        _html.Raw("The table of parts below says the same in figures.</desc>\n");
        for (long row = 0; row < rows; row++)
        {
            long left = Math.Min(_rowBytes, _region.FileLength - (row * _rowBytes));
            _html.Line($"<text class=\"at\" x=\"{Left - 8}\" y=\"{Baseline(row)}\">{Figures.Offset(row * _rowBytes)}</text>");
            BeginRectangle("s-padding", Left, row, X(left) - Left);
            _html.Raw("/>\n");
        }

        int tables = _region.Header.HeaderLength;
        ReadOnlySpan<Section> sections = _region.Sections.All;
        Draw("s-header", 0, tables, "header");
        Draw("s-header", tables, sections.Length * SectionEntryLayout.Size, "section table");
        foreach (Section section in sections)
        {
            if (section.Kind == (uint)SectionKind.Content)
                DrawBlocks();
            else if (section.Length > 0)
                Draw(ClassOf(section.Kind), section.Offset, section.Length, RegionInspector.NameOf((SectionKind)section.Kind));
        }

        if (fault >= 0 && fault < _region.FileLength)
        {
            long row = fault / _rowBytes;
            double x = X(fault - (row * _rowBytes));
            _html.Write($"<path class=\"fault\" d=\"M{x:0.##} {(row * RowStep) - 2}v{RowHeight + 4}m-4 {-(RowHeight + 4)}h8\">");
            _html.Line($"<title>The file is damaged at byte {fault}.</title></path>");
        }

        _html.Raw("</svg>");
        HtmlScroller.End(_html);
    }

    private void DrawBlocks()
    {
        ReadOnlySpan<BlockEntry> blocks = _region.Blocks;
        bool hasTitles = blocks.Length <= MostTitles;
        long narrow = (long)(NarrowestBlock / Width * _rowBytes);
        for (int first = 0; first < blocks.Length;)
        {
            long start = blocks[first].Offset;
            long stored = 0;
            long decoded = 0;
            bool isStored = true;
            int next = first;
            do
            {
                ref readonly BlockEntry block = ref blocks[next++];
                stored += block.StoredLength;
                decoded += block.DecodedLength;
                isStored &= block.Codec == (uint)BlockCodec.Stored;
            }
            while (next < blocks.Length && stored < narrow);

            long length = blocks[next - 1].Offset + blocks[next - 1].StoredLength - start;
            int shade = isStored ? 0 : 1 + ShadeOf(decoded, stored);
            if (hasTitles)
            {
                string which = next - first == 1 ? Invariant($"block {first}") : Invariant($"blocks {first} to {next - 1}");
                string how = isStored ? "stored as is" : $"LZ4, {Figures.Ratio(decoded, stored)}";
                Draw(BlockClasses[shade], start, length, $"{which}: {SizeText.Size(stored)}, {how}", label: false);
            }
            else
            {
                Split(start, length, (x, row, width) => _paths[shade].Append(
                    Invariant($"M{x:0.##} {row * RowStep}h{width:0.##}v{RowHeight}h-{width:0.##}z")));
            }

            first = next;
        }

        for (int shade = 0; shade < _paths.Length; shade++)
        {
            if (_paths[shade].Length > 0)
                _html.Line($"<path class=\"{BlockClasses[shade]}\" d=\"{_paths[shade].ToString()}\"/>");
        }
    }

    private static int ShadeOf(long decoded, long stored) => ((double)decoded / stored) switch
    {
        < 1.5 => 0,
        < 2.5 => 1,
        < 4 => 2,
        _ => 3,
    };

    private void Draw(string style, long offset, long length, string title, bool label = true)
    {
        Split(offset, length, (x, row, width) =>
        {
            BeginRectangle(style, x, row, width);
            _html.Line($"><title>{title} at byte {offset}, {SizeText.Count(length)} bytes</title></rect>");
            if (label && width > (title.Length * LetterWidth) + 8)
            {
                _html.Line($"<text class=\"on\" x=\"{x + 4:0.##}\" y=\"{Baseline(row)}\">{title}</text>");
                label = false;
            }
        });
    }

    /// <summary>Calls <paramref name="draw"/> for the part of a span in each row.</summary>
    private void Split(long offset, long length, Action<double, long, double> draw)
    {
        long end = offset + length;
        while (offset < end)
        {
            long row = offset / _rowBytes;
            long part = Math.Min(end, (row + 1) * _rowBytes) - offset;
            double x = X(offset - (row * _rowBytes));
            draw(x, row, Math.Max(1, X(offset - (row * _rowBytes) + part) - x));
            offset += part;
        }
    }

    private void BeginRectangle(string style, double x, long row, double width)
    {
        _html.Write($"<rect class=\"{style}\" x=\"{x:0.##}\" y=\"{row * RowStep}\" ");
        _html.Write($"width=\"{width:0.##}\" height=\"{RowHeight}\"");
    }

    private static long Baseline(long row) => (row * RowStep) + 12;

    private double X(long inRow) => Left + ((double)inRow / _rowBytes * Width);
}

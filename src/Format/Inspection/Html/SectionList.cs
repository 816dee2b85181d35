using System.Buffers.Binary;
using Lamina.Format.Layout;
using Lamina.Format.Reading;

namespace Lamina.Format.Inspection.Html;

/// <summary>Lists the parts of a region file with their places and checksums, and its blocks by codec.</summary>
internal static class SectionList
{
    private const int MostBlocks = 64;

    private static readonly string[] Codecs = ["stored", "LZ4", "LZ4 with dictionary"];

    /// <summary>Writes the list of <paramref name="region"/>.</summary>
    /// <param name="html">Takes the list.</param>
    /// <param name="region">The region.</param>
    /// <param name="fault">Where the file is damaged; negative if it is not, or nobody knows where.</param>
    public static void Write(HtmlWriter html, Region region, long fault)
    {
        HtmlTable.Begin(
            html, $"Parts of {region.Dimension}", "Parts of the file and their checksums (XXH3-64)",
            "Part", ">Byte", ">Bytes", ">Share", "Checksum");
        int header = region.Header.HeaderLength;
        ReadOnlySpan<byte> bytes = region.View.Slice(0, header);
        ReadOnlySpan<Section> sections = region.Sections.All;
        Row("s-header", "header", 0, header, Checksum(bytes, RegionHeaderLayout.HeaderChecksum));
        int table = sections.Length * SectionEntryLayout.Size;
        Row("s-header", "section table", header, table, Checksum(bytes, RegionHeaderLayout.SectionTableChecksum));
        foreach (Section section in sections)
        {
            string name = RegionInspector.NameOf((SectionKind)section.Kind);
            string checksum = section.Kind == (uint)SectionKind.Content ? "one of each block" : ToText(section.Checksum);
            Row(FileMap.ClassOf(section.Kind), name, section.Offset, section.Length, checksum);
        }

        HtmlTable.End(html);
        WriteBlocks(html, region, fault);

        void Row(string style, string name, long offset, long length, string checksum)
        {
            bool isHere = fault >= offset && fault < offset + length;
            HtmlTable.BeginRow(html, isHere);
            html.Write($"<th scope=\"row\">");
            PageParts.WriteKey(html, style);
            html.Write($"{name}</th>");
            HtmlTable.Cells(
                html,
                FormattableString.Invariant($">{offset}"),
                $">{SizeText.Count(length)}",
                FormattableString.Invariant($">{100.0 * length / region.FileLength:0.0} %"));
            WriteChecksum(html, checksum, isHere);
            HtmlTable.EndRow(html);
        }
    }

    private static void WriteBlocks(HtmlWriter html, Region region, long fault)
    {
        ReadOnlySpan<BlockEntry> blocks = region.Blocks;
        if (blocks.IsEmpty)
            return;
        html.Line($"<details><summary>{Figures.Count(blocks.Length, "block")}</summary>");
        HtmlTable.Begin(
            html, $"Blocks of {region.Dimension}",
            blocks.Length > MostBlocks ? $"The first {MostBlocks} of {SizeText.Count(blocks.Length)} blocks" : null,
            ">Block", ">Byte", "Codec", ">Stored", ">Decoded", ">Ratio", "First layer", "Checksum");
        for (int i = 0; i < blocks.Length; i++)
        {
            BlockEntry block = blocks[i];
            bool isHere = fault >= block.Offset && fault < block.Offset + block.StoredLength;
            if (i >= MostBlocks && !isHere)
                continue;
            HtmlTable.BeginRow(html, isHere);
            html.Write($"<th scope=\"row\" class=\"n\">{i}</th>");
            HtmlTable.Cells(
                html,
                FormattableString.Invariant($">{block.Offset}"),
                Codecs[(int)block.Codec],
                $">{SizeText.Count(block.StoredLength)}",
                $">{SizeText.Count(block.DecodedLength)}",
                $">{Figures.Ratio(block.DecodedLength, block.StoredLength)}",
                FormattableString.Invariant($"L{region.NumberOf((int)block.FirstLayer)}"));
            WriteChecksum(html, ToText(block.Checksum), isHere);
            HtmlTable.EndRow(html);
        }

        HtmlTable.End(html);
        html.Raw("</details>\n");
    }

    private static void WriteChecksum(HtmlWriter html, string checksum, bool isDamaged) =>
        html.Write($"<td><code>{checksum}</code>{(isDamaged ? " damaged" : string.Empty)}</td>");

    private static string Checksum(ReadOnlySpan<byte> header, int offset) =>
        ToText(BinaryPrimitives.ReadUInt64LittleEndian(header[offset..]));

    private static string ToText(ulong checksum) => FormattableString.Invariant($"{checksum:x16}");
}

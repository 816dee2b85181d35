using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Lamina.Cli.Output;

/// <summary>Tables on standard output: columns of text, with colours on a terminal alone.</summary>
internal static class Tables
{
    // A terminal wraps what is too wide for it by itself, and a file name stays whole when it is copied from there.
    private const int UnboundedWidth = 4096;

    /// <summary>A console on <paramref name="writer"/> that sends escape sequences to a terminal alone.</summary>
    public static IAnsiConsole CreateConsole(CliHost host, TextWriter writer, bool isTerminal, int width) =>
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal && host.UseColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            EnvironmentVariables = [],
            Out = new WriterOutput(writer, isTerminal, width),
        });

    /// <summary>A table with a column for each title, aligned to the right if the title begins with <c>&gt;</c>.</summary>
    public static Table Create(params ReadOnlySpan<string> titles)
    {
        Table table = new() { Border = TableBorder.None };
        for (int i = 0; i < titles.Length; i++)
        {
            bool right = titles[i].StartsWith('>');
            TableColumn column = new(new Text(right ? titles[i][1..] : titles[i], new Style(decoration: Decoration.Bold)))
            {
                Alignment = right ? Justify.Right : Justify.Left,
                NoWrap = true,
                Padding = new Padding(0, 0, i < titles.Length - 1 ? 2 : 0, 0),
            };
            table.AddColumn(column);
        }

        return table;
    }

    /// <summary>A row of text from anywhere.</summary>
    public static void AddRow(Table table, params ReadOnlySpan<string?> cells)
    {
        Text[] row = new Text[cells.Length];
        for (int i = 0; i < row.Length; i++)
            row[i] = new Text(Printable.Of(cells[i] ?? string.Empty));
        table.AddRow(row);
    }

    /// <summary>A cell that stands out.</summary>
    public static Text Mark(string text, bool good) => new(text, new Style(good ? Color.Green : Color.Red));

    public static void Write(CliHost host, Table table)
    {
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        CreateConsole(host, text, host.IsOutputTerminal, UnboundedWidth).Write(table);

        // The last column is padded like the others; in a file or pipe that is noise.
        foreach (string line in text.ToString().TrimEnd('\n').Split('\n'))
            host.Out.WriteLine(line.TrimEnd(' ', '\r'));
    }

    private sealed class WriterOutput(TextWriter writer, bool isTerminal, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => width;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}

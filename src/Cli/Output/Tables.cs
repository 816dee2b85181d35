using System.Text;
using Spectre.Console;

namespace Lamina.Cli.Output;

/// <summary>Tables on standard output: with lines and colours on a terminal, plain columns elsewhere.</summary>
internal sealed class Tables
{
    // Wide enough that nothing is wrapped where there is no terminal to wrap for.
    private const int UnboundedWidth = 4096;

    private readonly CliHost _host;
    private readonly IAnsiConsole _console;

    public Tables(CliHost host)
    {
        _host = host;
        _console = CreateConsole(host, host.Out, host.IsOutputTerminal);
    }

    /// <summary>A console on <paramref name="writer"/> that sends escape sequences to a terminal alone.</summary>
    public static IAnsiConsole CreateConsole(CliHost host, TextWriter writer, bool isTerminal) =>
        AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = isTerminal && host.UseColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = isTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            EnvironmentVariables = [],
            Out = new WriterOutput(writer, isTerminal, isTerminal ? host.Width : UnboundedWidth),
        });

    /// <summary>A table whose columns with a title that begins with <c>&gt;</c> are aligned to the right.</summary>
    public Table Create(params ReadOnlySpan<string> titles)
    {
        Table table = new() { Border = _host.IsOutputTerminal ? TableBorder.Rounded : TableBorder.None };
        foreach (string title in titles)
        {
            bool right = title.StartsWith('>');
            TableColumn column = new(new Text(right ? title[1..] : title, new Style(decoration: Decoration.Bold)))
            {
                Alignment = right ? Justify.Right : Justify.Left,
                NoWrap = right,
                Padding = new Padding(_host.IsOutputTerminal ? 1 : 0, 0, _host.IsOutputTerminal ? 1 : 2, 0),
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

    public void Write(Table table) => _console.Write(table);

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

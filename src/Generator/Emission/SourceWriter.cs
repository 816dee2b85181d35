using System.Text;

namespace Lamina.Generator.Emission;

/// <summary>Writes lines of C#, which end with LF on every system.</summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;

    private int _indent;

    /// <summary>What has been written.</summary>
    public StringBuilder Text { get; } = new();

    /// <summary>Writes an empty line.</summary>
    public void Line() => Text.Append('\n');

    /// <summary>Writes a line.</summary>
    public void Line(string line)
    {
        Indent();
        Text.Append(line).Append('\n');
    }

    /// <summary>Writes what is before every line.</summary>
    public StringBuilder Indent() => Text.Append(' ', _indent * IndentSize);

    /// <summary>Writes an opening brace and indents.</summary>
    public void Open()
    {
        Line("{");
        _indent++;
    }

    /// <summary>Ends the indentation and writes a closing brace.</summary>
    public void Close()
    {
        _indent--;
        Line("}");
    }

    /// <summary>Indents by one, or by -1 ends that.</summary>
    public void Shift(int by) => _indent += by;

    /// <summary>Writes a documentation line.</summary>
    /// <param name="tag">The element.</param>
    /// <param name="content">What is in it, as XML.</param>
    public void Doc(string tag, string content)
    {
        Indent();
        Text.Append("/// <").Append(tag).Append('>').Append(content).Append("</").Append(tag).Append(">\n");
    }
}

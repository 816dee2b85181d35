namespace Lamina.Format.Schema;

/// <summary>A place in a data set's source.</summary>
public readonly struct SourcePosition
{
    /// <summary>The place <paramref name="line"/>, <paramref name="column"/>, both counted from 1.</summary>
    public SourcePosition(int line, int column)
    {
        Line = line;
        Column = column;
    }

    /// <summary>The line, from 1; 0 if the place is not known. Lines end with LF; the CR of a CRLF belongs to the line.</summary>
    public int Line { get; }

    /// <summary>The column, from 1, in UTF-16 code units as editors and compilers count them.</summary>
    public int Column { get; }
}

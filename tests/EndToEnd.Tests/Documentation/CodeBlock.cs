namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>A fenced block of a page. What follows the language on its first line says how a test checks it.</summary>
/// <param name="Page">The page, relative to the repository.</param>
/// <param name="Line">The line of its first fence, from 1.</param>
/// <param name="Language">The first word after the fence; empty if there is none.</param>
/// <param name="Note">The rest of that line.</param>
/// <param name="Text">What is between the fences.</param>
internal sealed record CodeBlock(string Page, int Line, string Language, string Note, string Text)
{
    /// <summary>The command that a note begins with <c>lamina</c> for; its output is what the block shows.</summary>
    public bool IsOutputOfCommand => Note.StartsWith("lamina ", StringComparison.Ordinal);

    /// <summary>The diagnostic that code in C# shows; what is refused or warned of is not run. Null if it shows none.</summary>
    public string? Shown => Language == "csharp" && Note.StartsWith("LAM", StringComparison.Ordinal) ? Note : null;

    /// <summary>Whether it is a whole source of a data set, whose file name is the first word of the note.</summary>
    public bool IsSource => Language is "json" or "jsonl" && Note.Length > 0 && !IsOutputOfCommand;

    /// <summary>The source's file name.</summary>
    public string SourceName => Note.Split(' ')[0];

    /// <summary>The errors that the source has on purpose, in their order.</summary>
    public string[] ExpectedCodes => Note.Split(' ')[1..];

    public override string ToString() => $"{Page}({Line})";
}

namespace Lamina.Format.Schema;

/// <summary>An error or a warning about a data set's source: what, where, and what would mend it. Immutable.</summary>
public sealed class InputDiagnostic
{
    /// <summary>Reports <paramref name="fault"/> at <paramref name="position"/> of <paramref name="file"/>.</summary>
    public InputDiagnostic(InputFault fault, InputSeverity severity, string message, string file, SourcePosition position)
    {
        Fault = fault;
        Severity = severity;
        Message = message;
        File = file;
        Position = position;
    }

    /// <summary>The rule that is broken.</summary>
    public InputFault Fault { get; }

    /// <summary>Whether the conversion fails for it.</summary>
    public InputSeverity Severity { get; }

    /// <summary>The layer or dimension where there is one, what is wrong, and what would mend it, in one or two sentences.</summary>
    public string Message { get; }

    /// <summary>The input's name or path as it was given.</summary>
    public string File { get; }

    /// <summary>Where the value stands that breaks the rule.</summary>
    public SourcePosition Position { get; }

    /// <summary>The rule's code, <c>LAM001</c> and up; the compiler's diagnostics carry the same.</summary>
    public string Code => "LAM" + ((int)Fault).ToString("D3", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The form that build tools recognise: <c>dimensions.json(12,34): error LAM007: …</c>.</summary>
    public override string ToString() =>
        $"{File}({Position.Line},{Position.Column}): {(Severity == InputSeverity.Error ? "error" : "warning")} {Code}: {Message}";
}

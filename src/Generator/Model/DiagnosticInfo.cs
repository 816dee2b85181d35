using Lamina.Format.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator.Model;

/// <summary>
/// A diagnostic as the pipeline carries it: equal by value, and without a location, which could keep a syntax tree alive.
/// </summary>
/// <param name="Fault">The rule that is broken.</param>
/// <param name="Severity">Its severity, unless the project sets another.</param>
/// <param name="Message">What the author is told.</param>
/// <param name="Path">The file.</param>
/// <param name="Start">Where the value stands, in UTF-16 code units from the beginning of the file.</param>
/// <param name="Length">How long the value is, in UTF-16 code units; it is on one line.</param>
/// <param name="Line">The value's line, from 0.</param>
/// <param name="Column">The value's first column, from 0.</param>
internal sealed record DiagnosticInfo(
    InputFault Fault, DiagnosticSeverity Severity, string Message, string Path, int Start, int Length, int Line, int Column)
{
    public Diagnostic ToDiagnostic(HelpLinks links) => Diagnostic.Create(
        links.Link(DiagnosticDescriptors.Of(Fault)),
        Location.Create(
            Path,
            new TextSpan(Start, Length),
            new LinePositionSpan(new LinePosition(Line, Column), new LinePosition(Line, Column + Length))),
        Severity,
        additionalLocations: null,
        properties: null,
        Message);
}

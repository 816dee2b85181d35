using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Input;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input;

/// <summary>One reading of one input, and what came of it.</summary>
internal sealed class InputReading
{
    private InputReading(RecordingSink sink, List<InputDiagnostic> diagnostics, bool isComplete)
    {
        Sink = sink;
        Diagnostics = diagnostics;
        IsComplete = isComplete;
    }

    public RecordingSink Sink { get; }

    public List<InputDiagnostic> Diagnostics { get; }

    public bool IsComplete { get; }

    /// <summary>Everything, for comparison.</summary>
    public string Transcript =>
        string.Join('\n', Sink.Events.Concat(Diagnostics.Select(d => d.ToString())).Append(IsComplete ? "complete" : "incomplete"));

    public static InputReading OfJson(string text) => Of(Encoding.UTF8.GetBytes(text), InputSyntax.Json);

    public static InputReading OfLines(string text) => Of(Encoding.UTF8.GetBytes(text), InputSyntax.JsonLines);

    /// <summary>Reads one layer whose object holds <paramref name="properties"/> besides its identifiers.</summary>
    public static InputReading OfLayer(string properties) =>
        OfJson("{\"layers\":[{\"dimension_id\":1,\"layer_num\":2," + properties + "}]}");

    /// <summary>Reads <paramref name="text"/> in pieces of the given sizes; in one piece if there are none.</summary>
    public static InputReading Of(
        byte[] text, InputSyntax syntax, int[]? sizes = null, string? folder = null, int maxContentLength = Limits.MaxLayerLength)
    {
        PipeReader input = sizes is null
            ? PipeReader.Create(new ReadOnlySequence<byte>(text))
            : PipeReader.Create(new ChunkedStream(text, sizes));
        return Of(input, syntax, folder, maxContentLength);
    }

    public static InputReading Of(PipeReader input, InputSyntax syntax, string? folder, int maxContentLength)
    {
        RecordingSink sink = new();
        DiagnosticBag diagnostics = new();
        Task<bool> reading = DimensionsReader.ReadAsync(
            input, "in.json", folder, syntax, sink, diagnostics, null, maxContentLength, CancellationToken.None);
        bool isComplete = reading.GetAwaiter().GetResult();
        return new InputReading(sink, diagnostics.InOrder(), isComplete);
    }

    /// <summary>The one diagnostic.</summary>
    public InputDiagnostic Single() => Assert.Single(Diagnostics);

    /// <summary>Asserts that there is one error, this one.</summary>
    public void AssertError(InputFault fault, int line, int column, string message)
    {
        InputDiagnostic error = Single();
        Assert.Equal(
            (fault, InputSeverity.Error, "in.json", line, column, message),
            (error.Fault, error.Severity, error.File, error.Position.Line, error.Position.Column, error.Message));
    }
}

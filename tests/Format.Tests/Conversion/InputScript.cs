using System.Text;
using Lamina.Format.Conversion;
using Lamina.Format.Input;
using Lamina.Format.Publishing;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Conversion;

/// <summary>
/// An input without a text: dimensions and layers that are handed to the sink one after the other. The n-th of them stands in
/// line n, each value in a column of its own.
/// </summary>
internal sealed class InputScript
{
    public const int IdColumn = 10;
    public const int SizeColumn = 20;
    public const int MinColumn = 30;
    public const int DimensionColumn = 40;
    public const int NumberColumn = 50;
    public const int ParentColumn = 60;
    public const int DepthColumn = 70;
    public const int FrequencyColumn = 80;
    public const int ContentColumn = 90;

    private readonly List<Func<IInputSink, DiagnosticBag, LayerInput, CancellationToken, ValueTask>> _steps = [];

    private bool _breaksOff;

    private int Line => _steps.Count + 1;

    public InputScript Dimension(int id, string? name = null, long? size = null, double? min = null, double? max = null)
    {
        DimensionInput dimension = new()
        {
            Id = new DimensionId((ushort)id),
            Name = name,
            SizeBytes = size,
            FrequencyMin = min,
            FrequencyMax = max,
            Position = new SourcePosition(Line, IdColumn),
            SizePosition = new SourcePosition(Line, SizeColumn),
            FrequencyMinPosition = new SourcePosition(Line, MinColumn),
        };
        return Do((sink, _, _, _) =>
        {
            sink.Dimension(dimension);
            return ValueTask.CompletedTask;
        });
    }

    public InputScript Layer(
        int dimension,
        uint number,
        string? content = "text",
        string? name = null,
        uint? parent = null,
        int? depth = null,
        double? frequency = null,
        params string[] keywords) =>
        Layer(dimension, number, content is null ? null : Encoding.UTF8.GetBytes(content), name, parent, depth, frequency, keywords);

    public InputScript Layer(
        int dimension,
        uint number,
        byte[]? content,
        string? name = null,
        uint? parent = null,
        int? depth = null,
        double? frequency = null,
        params string[] keywords)
    {
        int line = Line;
        return Do((sink, _, layer, cancellationToken) =>
        {
            layer.Clear();
            layer.Id = new LayerId((ushort)dimension, number);
            layer.SetName(Encoding.UTF8.GetBytes(name ?? ""));
            layer.Parent = parent;
            layer.Depth = depth;
            layer.Frequency = frequency;
            layer.DimensionPosition = new SourcePosition(line, DimensionColumn);
            layer.Position = new SourcePosition(line, NumberColumn);
            layer.ParentPosition = new SourcePosition(line, ParentColumn);
            layer.DepthPosition = new SourcePosition(line, DepthColumn);
            layer.FrequencyPosition = new SourcePosition(line, FrequencyColumn);
            layer.ContentPosition = new SourcePosition(line, ContentColumn);
            foreach (string keyword in keywords)
                layer.AddKeyword(Encoding.UTF8.GetBytes(keyword));
            return sink.LayerAsync(layer, content is null ? default(ReadOnlyMemory<byte>?) : content.AsMemory(), cancellationToken);
        });
    }

    public InputScript Do(Action<DataSetBuilder, DiagnosticBag, int> step)
    {
        int line = Line;
        return Do((sink, diagnostics, _, _) =>
        {
            step((DataSetBuilder)sink, diagnostics, line);
            return ValueTask.CompletedTask;
        });
    }

    /// <summary>Lets the input be one of which not everything could be read.</summary>
    public InputScript BreakOff()
    {
        _breaksOff = true;
        return Do((_, diagnostics, line) => diagnostics.Add(new InputDiagnostic(
            InputFault.InvalidJson, InputSeverity.Error, "broken", "test.json", new SourcePosition(line, 1))));
    }

    public InputScript Shuffled(Random random)
    {
        InputScript shuffled = new();
        shuffled._steps.AddRange(_steps);
        random.Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(shuffled._steps));
        return shuffled;
    }

    public Task<ConversionResult> ConvertAsync(
        string folder,
        ConversionOptions? options = null,
        Action<PublishStep>? onStep = null,
        IProgress<ConversionProgress>? progress = null,
        CancellationToken cancellationToken = default) => ConversionRun.RunAsync(
            FeedAsync, "test.json", null, folder, options ?? ConversionOptions.Default, progress, onStep, cancellationToken);

    private InputScript Do(Func<IInputSink, DiagnosticBag, LayerInput, CancellationToken, ValueTask> step)
    {
        _steps.Add(step);
        return this;
    }

    private async Task<bool> FeedAsync(
        IInputSink sink, DiagnosticBag diagnostics, Action<long> bytesRead, CancellationToken cancellationToken)
    {
        LayerInput layer = new();
        foreach (Func<IInputSink, DiagnosticBag, LayerInput, CancellationToken, ValueTask> step in _steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await step(sink, diagnostics, layer, cancellationToken);
            bytesRead(1);
        }

        return !_breaksOff;
    }
}

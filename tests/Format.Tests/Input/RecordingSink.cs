using System.Globalization;
using System.Text;
using Lamina.Format.Input;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input;

/// <summary>Writes down what it is told, every value and every place.</summary>
internal sealed class RecordingSink : IInputSink
{
    public List<string> Events { get; } = [];

    public List<DimensionInput> Dimensions { get; } = [];

    public List<byte[]?> Contents { get; } = [];

    public void Dimension(DimensionInput dimension)
    {
        Dimensions.Add(dimension);
        Events.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"dimension {dimension.Id}{At(dimension.Position)} name={dimension.Name} size={dimension.SizeBytes}{At(dimension.SizePosition)} "
            + $"min={dimension.FrequencyMin:R}{At(dimension.FrequencyMinPosition)} max={dimension.FrequencyMax:R}"));
    }

    public async ValueTask LayerAsync(LayerInput layer, ReadOnlyMemory<byte>? content, CancellationToken cancellationToken)
    {
        // Now and then not at once, as a sink that has to wait for room.
        if (layer.Id.Number % 3 == 1)
            await Task.Yield();
        Record(layer, content);
    }

    public void DimensionFailed(DimensionId id, SourcePosition position) => Events.Add($"dimension {id}{At(position)} failed");

    public void LayerFailed(LayerId id, SourcePosition position) => Events.Add($"layer {id}{At(position)} failed");

    private void Record(LayerInput layer, ReadOnlyMemory<byte>? content)
    {
        StringBuilder text = new();
        text.Append(
            CultureInfo.InvariantCulture,
            $"layer {layer.Id}{At(layer.Position)} of{At(layer.DimensionPosition)} name={Encoding.UTF8.GetString(layer.Name)} ");
        text.Append(
            CultureInfo.InvariantCulture,
            $"parent={layer.Parent}{At(layer.ParentPosition)} depth={layer.Depth}{At(layer.DepthPosition)} ");
        text.Append(CultureInfo.InvariantCulture, $"frequency={layer.Frequency:R}{At(layer.FrequencyPosition)} keywords=");
        for (int i = 0; i < layer.KeywordCount; i++)
            text.Append(Encoding.UTF8.GetString(layer.Keyword(i))).Append('|');
        text.Append(
            CultureInfo.InvariantCulture,
            $" content={(content is null ? "none" : Convert.ToHexString(content.Value.Span))}{At(layer.ContentPosition)}");
        Events.Add(text.ToString());
        Contents.Add(content?.ToArray());
    }

    private static string At(SourcePosition position) =>
        position.Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"@{position.Line},{position.Column}");
}

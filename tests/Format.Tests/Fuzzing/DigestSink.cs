using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Lamina.Format.Input;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Hashes what it is told, every value and every place, and never waits.</summary>
internal sealed class DigestSink : IInputSink
{
    private readonly XxHash3 _hash = new();

    public ulong Digest => _hash.GetCurrentHashAsUInt64();

    public void Dimension(DimensionInput dimension)
    {
        Add(1, dimension.Id.Value, dimension.SizeBytes ?? -1, Bits(dimension.FrequencyMin), Bits(dimension.FrequencyMax));
        Add(Encoding.UTF8.GetBytes(dimension.Name ?? "\uFEFF"));
        Add(dimension.Position);
        Add(dimension.SizePosition);
        Add(dimension.FrequencyMinPosition);
    }

    public ValueTask LayerAsync(LayerInput layer, ReadOnlyMemory<byte>? content, CancellationToken cancellationToken)
    {
        Add(2, layer.Id.Dimension.Value, layer.Id.Number, layer.Parent ?? -1L, layer.Depth ?? -1, Bits(layer.Frequency));
        Add(layer.Name);
        for (int i = 0; i < layer.KeywordCount; i++)
            Add(layer.Keyword(i));
        Add(content is null ? -1 : content.Value.Length);
        if (content is { } bytes)
            Add(bytes.Span);
        Add(layer.Position);
        Add(layer.DimensionPosition);
        Add(layer.ParentPosition);
        Add(layer.DepthPosition);
        Add(layer.FrequencyPosition);
        Add(layer.ContentPosition);
        return ValueTask.CompletedTask;
    }

    public void DimensionFailed(DimensionId id, SourcePosition position)
    {
        Add(3, id.Value);
        Add(position);
    }

    public void LayerFailed(LayerId id, SourcePosition position)
    {
        Add(4, id.Dimension.Value, id.Number);
        Add(position);
    }

    private static long Bits(double? value) => value is { } number ? BitConverter.DoubleToInt64Bits(number) : -1;

    private void Add(SourcePosition position) => Add(position.Line, position.Column);

    private void Add(params ReadOnlySpan<long> values) => _hash.Append(MemoryMarshal.AsBytes(values));

    private void Add(ReadOnlySpan<byte> bytes)
    {
        Add(bytes.Length);
        _hash.Append(bytes);
    }
}

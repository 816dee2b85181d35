namespace Lamina.Bench.Peers;

/// <summary>Touches the length and the first byte: what finding a content costs.</summary>
internal readonly struct LengthAndFirstByte : IWork
{
    public static ulong Take(ReadOnlySpan<byte> content) => content.IsEmpty ? 0 : (ulong)(uint)content.Length + content[0];
}

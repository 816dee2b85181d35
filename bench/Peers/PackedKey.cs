using System.Buffers.Binary;

namespace Lamina.Bench.Peers;

/// <summary>A layer's identifier as the one number that other stores take as key.</summary>
internal static class PackedKey
{
    public const int Length = sizeof(ulong);

    public static ulong Of(LayerId id) => ((ulong)id.Dimension.Value << 32) | id.Number;

    /// <summary>As bytes, in the order of the identifiers.</summary>
    public static void Write(LayerId id, Span<byte> key) => BinaryPrimitives.WriteUInt64BigEndian(key, Of(id));
}

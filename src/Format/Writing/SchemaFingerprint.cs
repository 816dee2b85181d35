using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Lamina.Format.Writing;

/// <summary>Works out a region's schema fingerprint. Spec: FPR-1.</summary>
internal static class SchemaFingerprint
{
    public const int Length = 16;

    private const int BufferSize = 8192;
    private const int MostBytesOfLayer = sizeof(uint) + sizeof(ushort) + Limits.MaxNameLength;

    /// <summary>Writes the fingerprint of <paramref name="layers"/>, sorted, to <paramref name="target"/>.</summary>
    public static void Write(DimensionId dimension, ReadOnlySpan<byte> name, LayerTable layers, Span<byte> target)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> buffer = stackalloc byte[BufferSize];
        BinaryPrimitives.WriteUInt16LittleEndian(buffer, dimension.Value);
        int used = sizeof(ushort) + WriteName(buffer[sizeof(ushort)..], name);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[used..], (uint)layers.Count);
        used += sizeof(uint);

        for (int layer = 0; layer < layers.Count; layer++)
        {
            if (used > BufferSize - MostBytesOfLayer)
            {
                hash.AppendData(buffer[..used]);
                used = 0;
            }

            BinaryPrimitives.WriteUInt32LittleEndian(buffer[used..], layers.Links[layer].Number);
            used += sizeof(uint);
            used += WriteName(buffer[used..], layers.Name(layers.Records[layer]));
        }

        hash.AppendData(buffer[..used]);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        digest[..Length].CopyTo(target);
    }

    private static int WriteName(Span<byte> target, ReadOnlySpan<byte> name)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)name.Length);
        name.CopyTo(target[sizeof(ushort)..]);
        return sizeof(ushort) + name.Length;
    }
}

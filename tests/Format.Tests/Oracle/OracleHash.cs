using System.Globalization;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace Lamina.Format.Tests.Oracle;

/// <summary>The hashes of chapter 7. The hash functions themselves are those of System.IO.Hashing, which production uses as
/// well; <see cref="OracleHashTests"/> holds them against the published vectors.</summary>
internal static class OracleHash
{
    public static ulong Part(byte[] bytes, long offset, long length) =>
        XxHash3.HashToUInt64(bytes.AsSpan(checked((int)offset), checked((int)length)));

    public static ulong Part(byte[] bytes) => Part(bytes, 0, bytes.Length);

    /// <summary>CHK-1: around the checksum's own bytes.</summary>
    public static ulong Header(byte[] file, int headerLength)
    {
        List<byte> covered = [];
        for (int i = 0; i < headerLength; i++)
        {
            if (i is < OracleFields.Header.HeaderChecksum or >= OracleFields.HeaderSize)
                covered.Add(file[i]);
        }

        return Part([.. covered]);
    }

    /// <summary>CHK-5, as text.</summary>
    public static string Digest(byte[] file)
    {
        uint headerLength = (uint)OracleBytes.Get(file, OracleFields.Header.HeaderLength, 4);
        uint sections = (uint)OracleBytes.Get(file, OracleFields.Header.SectionCount, 4);
        UInt128 digest = XxHash128.HashToUInt128(file.AsSpan(0, (int)(headerLength + (OracleFields.SectionSize * sections))));
        return digest.ToString("x32", CultureInfo.InvariantCulture);
    }

    /// <summary>FPR-1.</summary>
    public static byte[] Fingerprint(OracleRegion region)
    {
        List<byte> schema = [];
        OracleBytes.Add(schema, 2, region.Dimension);
        AddName(region.Name);
        OracleBytes.Add(schema, 4, (ulong)region.Layers.Count);
        foreach (OracleLayer layer in region.Layers)
        {
            OracleBytes.Add(schema, 4, layer.Number);
            AddName(layer.Name);
        }

        return SHA256.HashData([.. schema])[..16];

        void AddName(string? name)
        {
            byte[] text = Encoding.UTF8.GetBytes(name ?? "");
            OracleBytes.Add(schema, 2, (ulong)text.Length);
            schema.AddRange(text);
        }
    }
}

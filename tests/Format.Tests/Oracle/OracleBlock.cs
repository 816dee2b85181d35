namespace Lamina.Format.Tests.Oracle;

/// <summary>A block and its entry in the block table.</summary>
internal sealed class OracleBlock
{
    public required byte[] Stored { get; set; }

    public required ulong ImageOffset { get; set; }

    public required uint DecodedLength { get; set; }

    public required uint Codec { get; set; }

    public required uint FirstLayer { get; set; }

    public ulong OffsetInContent { get; set; }

    /// <summary>The checksum is left for <see cref="OracleFile.SealBlocks"/>.</summary>
    public void AddTo(List<byte> bytes, ulong content)
    {
        OracleBytes.Add(bytes, 8, content + OffsetInContent);
        OracleBytes.Add(bytes, 8, ImageOffset);
        OracleBytes.Add(bytes, 4, (ulong)Stored.Length);
        OracleBytes.Add(bytes, 4, DecodedLength);
        OracleBytes.Add(bytes, 8, 0);
        OracleBytes.Add(bytes, 4, Codec);
        OracleBytes.Add(bytes, 4, FirstLayer);
    }
}

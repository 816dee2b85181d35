namespace Lamina.Format.Tests.Oracle;

/// <summary>An entry of the layers section.</summary>
internal sealed class OracleDescription
{
    public double Frequency { get; set; }

    public uint Parent { get; set; } = OracleFields.NoIndex;

    public uint NameOffset { get; set; }

    public ushort NameLength { get; set; }

    public ushort Depth { get; set; }

    public ushort Flags { get; set; }

    public ushort KeywordCount { get; set; }

    public uint KeywordStart { get; set; }

    public uint Reserved { get; set; }

    public void AddTo(List<byte> bytes)
    {
        OracleBytes.Add(bytes, 8, OracleBytes.Bits(Frequency));
        OracleBytes.Add(bytes, 4, Parent);
        OracleBytes.Add(bytes, 4, NameOffset);
        OracleBytes.Add(bytes, 2, NameLength);
        OracleBytes.Add(bytes, 2, Depth);
        OracleBytes.Add(bytes, 2, Flags);
        OracleBytes.Add(bytes, 2, KeywordCount);
        OracleBytes.Add(bytes, 4, KeywordStart);
        OracleBytes.Add(bytes, 4, Reserved);
    }
}

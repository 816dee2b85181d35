namespace Lamina.Format.Tests.Oracle;

/// <summary>An entry of the keywords section.</summary>
internal sealed class OracleKeyword
{
    public required uint StringOffset { get; set; }

    public required uint PostingStart { get; set; }

    public void AddTo(List<byte> bytes)
    {
        OracleBytes.Add(bytes, 4, StringOffset);
        OracleBytes.Add(bytes, 4, PostingStart);
    }
}

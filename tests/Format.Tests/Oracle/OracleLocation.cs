namespace Lamina.Format.Tests.Oracle;

/// <summary>An entry of the locations section.</summary>
internal sealed class OracleLocation
{
    public required ulong ImageOffset { get; set; }

    public required uint Length { get; set; }

    public required uint Block { get; set; }

    public void AddTo(List<byte> bytes)
    {
        OracleBytes.Add(bytes, 8, ImageOffset);
        OracleBytes.Add(bytes, 4, Length);
        OracleBytes.Add(bytes, 4, Block);
    }
}

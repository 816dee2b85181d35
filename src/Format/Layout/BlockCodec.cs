namespace Lamina.Format.Layout;

/// <summary>How a block's bytes are stored. Spec: BLK-7.</summary>
internal enum BlockCodec : uint
{
    Stored = 0,
    Lz4 = 1,
    Lz4WithDictionary = 2,
}

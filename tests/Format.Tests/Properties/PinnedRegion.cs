using System.Runtime.InteropServices;
using System.Text;
using Lamina.Format.Layout;
using Lamina.Format.Reading;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Properties;

/// <summary>A region opened by the library over bytes in memory.</summary>
internal sealed unsafe class PinnedRegion : IDisposable
{
    /// <summary>What <see cref="Decode"/> fills its target with before.</summary>
    public const byte Before = 0xA5;

    // Behind the file, so that whoever reads on does not find zeros there.
    private const int Fence = 64;

    private readonly byte* _memory;
    private readonly int _length;

    /// <exception cref="LaminaFormatException">The library refuses to open the region.</exception>
    public PinnedRegion(byte[] file)
    {
        // SAFETY: aligned as a map is; as long as the file and the fence; freed in Dispose or below.
        _memory = (byte*)NativeMemory.AlignedAlloc((nuint)(file.Length + Fence), 4096);
        _length = file.Length;
        file.CopyTo(new Span<byte>(_memory, file.Length));
        new Span<byte>(_memory + file.Length, Fence).Fill(0xA5);
        try
        {
            Region = Region.Open(new FileView(_memory, file.Length), "test");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public Region Region { get; } = null!;

    /// <summary>The file as it is in memory now.</summary>
    // SAFETY: as long as the file, in memory that is there until Dispose.
    public ReadOnlySpan<byte> Bytes => new(_memory, _length);

    public byte[] Decode(int block)
    {
        byte[] target = new byte[Region.Blocks[block].DecodedLength];
        target.AsSpan().Fill(Before);
        Region.DecodeBlock(block, target);
        return target;
    }

    /// <summary>Everything that the library reads from the file.</summary>
    public OracleRegion ToOracle()
    {
        byte[][] blocks = Enumerable.Range(0, Region.BlockCount).Select(Decode).ToArray();
        RegionDescriptions descriptions = Region.Descriptions;
        OracleLayer[] layers = new OracleLayer[Region.LayerCount];
        for (int i = 0; i < layers.Length; i++)
        {
            LayerLocation location = Region.Locations[i];
            LayerEntry entry = descriptions.Layers[i];
            LayerFlags flags = (LayerFlags)entry.Flags;
            string[] keywords = new string[descriptions.KeywordsOf(i).Length];
            for (int k = 0; k < keywords.Length; k++)
                keywords[k] = Encoding.UTF8.GetString(descriptions.Keyword((int)descriptions.KeywordsOf(i)[k]));
            layers[i] = new OracleLayer
            {
                Number = Region.NumberOf(i),
                Name = flags.HasFlag(LayerFlags.HasName) ? Encoding.UTF8.GetString(descriptions.NameOf(i)) : null,
                Frequency = flags.HasFlag(LayerFlags.HasFrequency) ? entry.Frequency : null,
                Parent = entry.Parent == LayerEntry.NoParent ? null : Region.NumberOf((int)entry.Parent),
                Keywords = keywords,
                Content = location.Length == 0
                    ? []
                    : blocks[location.Block].AsSpan((int)(location.ImageOffset - Region.Blocks[(int)location.Block].ImageOffset),
                        (int)location.Length).ToArray(),
                Simulated = flags.HasFlag(LayerFlags.Simulated),
            };
        }

        return new OracleRegion
        {
            Dimension = Region.Dimension.Value,
            Name = Region.Flags.HasFlag(RegionFlags.HasName) ? Encoding.UTF8.GetString(descriptions.DimensionName) : null,
            SizeBytes = (ulong?)Region.SizeBytes,
            FrequencyMin = Region.FrequencyMin,
            FrequencyMax = Region.FrequencyMax,
            Layers = layers,
        };
    }

    public void Dispose() => NativeMemory.AlignedFree(_memory);
}

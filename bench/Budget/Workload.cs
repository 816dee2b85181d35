using Lamina.Bench.Data;

namespace Lamina.Bench.Budget;

/// <summary>Which blocks are read, in batches that depend on their number alone, so that the same trace can be made again.</summary>
/// <remarks>
/// Seven batches of eight read single layers, Zipf with exponent 0.99 over all layers, scattered over the blocks. The eighth reads on
/// through the data, block by block, where the eighth before it stopped.
/// </remarks>
internal sealed class Workload
{
    /// <summary>Blocks that a batch touches, one after the other.</summary>
    public const int BatchSize = 256;

    private const int ScanEvery = 8;
    private const double Exponent = 0.99;

    private readonly ulong _seed;
    private readonly int _layersPerBlock;
    private readonly int _blocks;
    private readonly int[] _places;
    private readonly AliasTable _zipf;

    /// <summary>Makes the workload over <paramref name="blocks"/> blocks.</summary>
    public Workload(int blocks, int layersPerBlock, ulong seed)
    {
        _seed = seed;
        _blocks = blocks;
        _layersPerBlock = layersPerBlock;
        _zipf = new AliasTable(blocks * layersPerBlock, Exponent);
        _places = new int[blocks * layersPerBlock];
        ulong random = seed;
        for (int i = 0; i < _places.Length; i++)
        {
            int other = SplitMix.Next(ref random, i + 1);
            _places[i] = _places[other];
            _places[other] = i;
        }
    }

    /// <summary>Whether a batch is part of the scan, which reads every layer of its blocks.</summary>
    public static bool IsScan(long batch) => batch % ScanEvery == ScanEvery - 1;

    /// <summary>Fills <paramref name="layers"/> with the layers of a batch; of the scan's, the first layer of each block.</summary>
    public void Fill(long batch, Span<int> layers)
    {
        if (IsScan(batch))
        {
            long first = batch / ScanEvery * BatchSize;
            for (int i = 0; i < layers.Length; i++)
                layers[i] = (int)((first + i) % _blocks) * _layersPerBlock;
            return;
        }

        ulong random = _seed ^ ((ulong)batch * 0xD134_2543_DE82_EF95);
        for (int i = 0; i < layers.Length; i++)
            layers[i] = _places[_zipf.Draw(ref random)];
    }
}

using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>
/// The contents of one dimension on their way into a region. Contents in order of their layers are packed as they come; from
/// the first one out of order, and from the first for which there is no memory, they go to the spool and are packed at the
/// end. Not thread-safe.
/// </summary>
internal sealed class DimensionContent : IDisposable
{
    private readonly WritingSession _session;
    private readonly DimensionId _dimension;
    private readonly LayerTable _layers;
    private BlockStream _blocks;
    private bool _isParked;
    private bool _isSpooled;
    private bool _isBlockEndedEarly;
    private long _parkedOffset;
    private int _parkedLength;

    public DimensionContent(WritingSession session, DimensionId dimension, LayerTable layers)
    {
        _session = session;
        _dimension = dimension;
        _layers = layers;
        _blocks = session.NewBlockStream($"{dimension}");

        // A dictionary is chosen out of all contents, so they wait in the spool.
        _isSpooled = session.Options.MayUseDictionary;
        Place = new LinkedListNode<DimensionContent>(this);
    }

    /// <summary>The dimension's place among those with an unfinished block; theirs to use.</summary>
    public LinkedListNode<DimensionContent> Place { get; }

    /// <summary>Bytes of memory that the unfinished block takes.</summary>
    public int Capacity => _blocks.Capacity;

    /// <summary>What <see cref="UnfinishedBlocks"/> last counted as <see cref="Capacity"/>; theirs to use.</summary>
    public int CountedCapacity { get; set; }

    /// <summary>Whether the contents so far are in blocks, but for those of an unfinished one.</summary>
    public bool IsPackedAsItComes => !_isSpooled && !_isParked;

    /// <summary>The blocks written so far.</summary>
    public RegionContent Region => _blocks.Target;

    public long ImageLength => _blocks.ImageLength;

    /// <summary>Decoded bytes of a block.</summary>
    public int BlockSize => _blocks.BlockSize;

    /// <summary>Takes the content of the layer that was added last.</summary>
    public void Add(int layer, ReadOnlyMemory<byte> content)
    {
        // Also for an empty content: it moves the layers with which the blocks so far begin.
        if (!_layers.IsAscending)
            Spool();
        if (content.IsEmpty)
            return;
        if (_isParked)
            Spool();
        if (_isSpooled)
        {
            _layers.Records[layer].Location = new LayerLocation
            {
                ImageOffset = _session.Spool.Append(content.Span),
                Length = (uint)content.Length,
                Block = LayerRecord.InSpool,
            };
            return;
        }

        Append(layer, content);
    }

    /// <summary>Takes note of a layer whose content is made when the dimension is packed.</summary>
    public void AddSimulated(int layer)
    {
        Spool();
        _layers.Records[layer].Flags |= LayerFlags.Simulated;
        _layers.Records[layer].Location = new LayerLocation
        {
            ImageOffset = 0,
            Length = 0,
            Block = LayerRecord.ToBeSimulated,
        };
    }

    /// <summary>Puts the unfinished block into the spool. With another content the dimension is packed at the end.</summary>
    public void Park()
    {
        if (_isSpooled || _isParked || _blocks.Unfinished.IsEmpty)
            return;
        long offset = _session.Spool.Append(_blocks.Unfinished);
        foreach (ref LayerRecord record in _layers.Records[_blocks.UnfinishedFirstLayer..])
        {
            if (record.Location.Block == _blocks.UnfinishedBlock)
            {
                record.Location = record.Location with
                {
                    ImageOffset = offset + record.Location.ImageOffset - _blocks.UnfinishedImageOffset,
                    Block = LayerRecord.InSpool,
                };
            }
        }

        _isParked = true;
        _parkedOffset = offset;
        _parkedLength = _blocks.Unfinished.Length;
        _blocks.Park();
    }

    /// <summary>Submits the unfinished block, as if no further content came.</summary>
    public void EndEarly()
    {
        _isBlockEndedEarly = !_blocks.Unfinished.IsEmpty;
        _blocks.EndBlock();
    }

    /// <summary>Undoes <see cref="EndEarly"/>, once every block has been written, and whatever was written behind them.</summary>
    public void Reopen()
    {
        if (!_isBlockEndedEarly)
        {
            Region.Reopen();
            return;
        }

        uint last = (uint)Region.Blocks.Length - 1;
        BlockEntry block = Region.Blocks[^1];
        LayerLocation whole = new() { ImageOffset = block.ImageOffset, Length = block.DecodedLength, Block = last };
        using SpooledReader reader = new(_session.Spool, Region);
        reader.Read(whole).Span.CopyTo(_blocks.RestoreLast(block));
        Region.RemoveLast();
        Region.Reopen();
    }

    /// <summary>Submits what is left, in order of the layers, once every block before it has been written.</summary>
    /// <param name="simulate">Makes the content of the layer with an index; valid until the next call.</param>
    public void Finish(Func<int, ReadOnlyMemory<byte>> simulate)
    {
        if (_isParked)
            Unpark();
        if (_isSpooled)
            PackAgain(simulate);
        else
            _blocks.EndBlock();
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _blocks.Target.Dispose();
        _blocks.Target.File.Dispose();
    }

    private void Append(int layer, ReadOnlyMemory<byte> content)
    {
        if (!_blocks.TryAppend(layer, content.Span, out LayerLocation location))
            location = _blocks.AppendToNext(layer, content);
        _layers.Records[layer].Location = location;
    }

    private void Spool()
    {
        Park();
        _isParked = false;
        _isSpooled = true;
    }

    private void Unpark()
    {
        _session.Spool.Read(_parkedOffset, _blocks.Restore(_parkedLength));
        foreach (ref LayerRecord record in _layers.Records[_blocks.UnfinishedFirstLayer..])
        {
            if (record.Location.Block == LayerRecord.InSpool)
            {
                record.Location = record.Location with
                {
                    ImageOffset = _blocks.UnfinishedImageOffset + record.Location.ImageOffset - _parkedOffset,
                    Block = _blocks.UnfinishedBlock,
                };
            }
        }

        _isParked = false;
    }

    private void PackAgain(Func<int, ReadOnlyMemory<byte>> simulate)
    {
        BlockStream before = _blocks;
        using SpooledReader reader = new(_session.Spool, before.Target);
        byte[] dictionary = _session.Options.MayUseDictionary
            ? DictionaryChoice.Choose(_layers, reader, _session.Options)
            : [];
        LayerLocation[] from = dictionary.Length == 0 ? [] : LocationsOf(_layers);
        PackInto("sorted", dictionary, reader, simulate);
        if (dictionary.Length > 0)
        {
            _session.Pipeline.Drain();
            if (!Region.UsesDictionary)
            {
                // DIC-2: what paid in the sample paid nowhere after all.
                Discard(_blocks);
                for (int layer = 0; layer < from.Length; layer++)
                    _layers.Records[layer].Location = from[layer];
                PackInto("plain", [], reader, simulate);
            }
        }

        Discard(before);
    }

    private void PackInto(
        string label, byte[] dictionary, SpooledReader reader, Func<int, ReadOnlyMemory<byte>> simulate)
    {
        _blocks = _session.NewBlockStream($"{_dimension}-{label}", dictionary);
        for (int layer = 0; layer < _layers.Count; layer++)
        {
            LayerLocation from = _layers.Records[layer].Location;
            if (from.Block == LayerLocation.NoBlock)
                continue;
            ReadOnlyMemory<byte> content = from.Block == LayerRecord.ToBeSimulated ? simulate(layer) : reader.Read(from);
            Append(layer, content);
        }

        _blocks.EndBlock();
    }

    private static LayerLocation[] LocationsOf(LayerTable layers)
    {
        LayerLocation[] locations = new LayerLocation[layers.Count];
        for (int layer = 0; layer < locations.Length; layer++)
            locations[layer] = layers.Records[layer].Location;
        return locations;
    }

    private static void Discard(BlockStream blocks)
    {
        blocks.Dispose();
        blocks.Target.Dispose();
        blocks.Target.File.Dispose();
        File.Delete(blocks.Target.File.Path);
    }
}

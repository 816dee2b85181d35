using System.Text;
using Lamina.Format.Input;
using Lamina.Format.Layout;
using Lamina.Format.Simulation;

namespace Lamina.Format.Writing;

/// <summary>One dimension while its declaration and its layers come in, in any order. Not thread-safe.</summary>
internal sealed class DimensionBuilder : IDisposable
{
    private SimulatedText? _simulated;

    public DimensionBuilder(DimensionId id, WritingSession session)
    {
        Id = id;
        Content = new DimensionContent(session, id, Layers);
    }

    public DimensionId Id { get; }

    /// <summary>What its author declared; null until the declaration comes, or if it could not be read.</summary>
    public DimensionInput? Declaration { get; private set; }

    /// <summary>Whether the declaration has come, even if it could not be read.</summary>
    public bool IsDeclared { get; private set; }

    /// <summary>The layers that came before the declaration; null if there are none, and once it has come.</summary>
    public List<UndeclaredLayer>? Undeclared { get; private set; }

    /// <summary>The dimension's name in UTF-8, empty if it has none.</summary>
    public byte[] Name { get; private set; } = [];

    public LayerTable Layers { get; } = new();

    public DimensionContent Content { get; }

    /// <summary>Bytes of all contents so far; those of simulated layers once they have been made.</summary>
    public long ContentLength { get; private set; }

    /// <summary>Whether at least one layer's content is made up.</summary>
    public bool IsSimulated { get; private set; }

    /// <summary>Whether a limit has been passed, so that the dimension takes no more layers.</summary>
    public bool IsFull { get; set; }

    /// <summary>Whether the region could be completed now, if no further layer came.</summary>
    public bool MayFinishEarly =>
        Declaration is not null && !IsFull && Layers.IsAscending && Content.IsPackedAsItComes;

    /// <summary>What completes the region before the input's end; <see cref="Conversion.EarlyRegions"/>' to use, null if nothing
    /// does. Its result is null if the layers break a rule.</summary>
    public TaskCompletionSource<FinishedRegion?>? Early { get; set; }

    /// <summary>Takes the declaration.</summary>
    /// <returns>What was <see cref="Undeclared"/> so far.</returns>
    public List<UndeclaredLayer>? Declare(DimensionInput declaration)
    {
        Declaration = declaration;
        Name = declaration.Name is { Length: > 0 } name ? Encoding.UTF8.GetBytes(name) : [];
        List<UndeclaredLayer>? layers = Undeclared;
        DeclareFailed();
        return layers;
    }

    /// <summary>Takes note of a declaration that could not be read.</summary>
    public void DeclareFailed()
    {
        IsDeclared = true;
        Undeclared = null;
    }

    /// <summary>Keeps what is left to be checked of a layer when the declaration comes.</summary>
    public void AddUndeclared(in UndeclaredLayer layer)
    {
        Undeclared ??= [];
        Undeclared.Add(layer);
    }

    /// <summary>Takes a layer without its content.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="contentLength">Bytes of its content.</param>
    /// <returns>The layer's index.</returns>
    public int AddLayer(LayerInput layer, int contentLength)
    {
        Layers.Add(layer);
        ContentLength += contentLength;
        return Layers.Count - 1;
    }

    /// <summary>Lets the content of the layer that was added last be made up.</summary>
    public void Simulate(int layer)
    {
        IsSimulated = true;
        Content.AddSimulated(layer);
    }

    /// <summary>Adds up the simulated contents, once the layers are resolved.</summary>
    public void CountSimulated()
    {
        for (int layer = 0; layer < Layers.Count; layer++)
        {
            if (Layers.Records[layer].Location.Block == LayerRecord.ToBeSimulated)
                ContentLength += SimulatedContent(layer).Length;
        }
    }

    /// <summary>Submits what is left of the content, once layers are resolved and every block so far has been written.</summary>
    public void FinishContent() => Content.Finish(SimulatedContent);

    /// <summary>Gives back the memory of what the region's file holds, once it is complete.</summary>
    public void ForgetTables()
    {
        Layers.Dispose();
        Content.Region.ForgetBlocks();
    }

    public void Dispose()
    {
        Layers.Dispose();
        Content.Dispose();
    }

    private ReadOnlyMemory<byte> SimulatedContent(int layer)
    {
        _simulated ??= new SimulatedText();
        LayerRecord record = Layers.Records[layer];
        int parent = Layers.Parents[layer];
        _simulated.Begin(
            new LayerId(Id, Layers.Links[layer].Number),
            Layers.Name(record),
            Layers.Depths[layer],
            parent < 0 ? null : new LayerId(Id, Layers.Links[parent].Number),
            (record.Flags & LayerFlags.HasFrequency) != 0 ? record.Frequency : null);
        foreach (int keyword in Layers.UsesOf(record))
            _simulated.AddKeyword(Layers.Keywords[keyword]);
        return _simulated.End();
    }
}

using Lamina.Mapping;
using Lamina.Versions;

namespace Lamina.Protection;

/// <summary>Where a read publishes what it protects: a lease's slot, which holds the last token, or a scope's table, which holds all.</summary>
internal readonly unsafe ref struct Hazard
{
    private readonly Slot* _slot;
    private readonly ScopeTable* _table;

    public Hazard(Slot* slot) => _slot = slot;

    public Hazard(ScopeTable* table, DataSetVersion version)
    {
        _table = table;
        Version = version;
    }

    /// <summary>The version of the data set that is to be read; null for the one that is current.</summary>
    public DataSetVersion? Version { get; }

    /// <summary>Publishes <paramref name="token"/>. What is loaded after it is protected as the protocol says.</summary>
    public void Publish(nint token)
    {
        // SAFETY: one of both is set, and slots and tables are never freed.
        if (_slot is not null)
            Hazards.Publish(_slot, token);
        else
            _table->Add(token);
    }

    /// <summary>Keeps a protected region at hand, where reads come again.</summary>
    public void Keep(MmapRegion region)
    {
        if (_table is not null)
            _table->Keep(region);
    }

    /// <summary>Notes where a block of the region at hand is, where reads come again. Its cell was published before it was found.</summary>
    public void Note(DimensionId dimension, uint block, nint address)
    {
        if (_table is not null)
            DimensionView.Note(_table->FindView(dimension), block, address);
    }

    /// <summary>The region that is at hand for a dimension, protected and in use; null if there is none.</summary>
    public MmapRegion? FindKept(DimensionId dimension) =>
        _table is not null && MmapRegion.Of(_table->FindView(dimension)->Region) is { IsRetired: false } region ? region : null;
}

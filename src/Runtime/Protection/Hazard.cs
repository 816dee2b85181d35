using Lamina.Mapping;

namespace Lamina.Protection;

/// <summary>Where a read publishes what it protects: a lease's slot, which holds the last token, or a scope's table, which holds all.</summary>
internal readonly unsafe ref struct Hazard
{
    private readonly Slot* _slot;
    private readonly ScopeTable* _table;

    public Hazard(Slot* slot) => _slot = slot;

    public Hazard(ScopeTable* table) => _table = table;

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
            _table->Keep(region.Head);
    }
}

using static Lamina.Runtime.Tests.Model.ProtocolVariables;

namespace Lamina.Runtime.Tests.Model;

/// <summary>The programs of those who read.</summary>
internal static class Readers
{
    /// <summary>A lease taken on the fast path, held while its content is read, and disposed; if nested, with another one inside it.</summary>
    /// <param name="protocol">The protocol.</param>
    /// <param name="slot">The thread's first slot.</param>
    /// <param name="nested">How many leases are held at once: 1, or 2 with the next slot.</param>
    public static ModelProgram Lease(Protocol protocol, int slot, int nested = 1)
    {
        ModelProgram program = new($"reader {slot}");
        LeaseOf(program, protocol, slot, nested);
        return program.End();
    }

    /// <summary>A lease whose thread ends without disposing it.</summary>
    public static ModelProgram AbandonedLease(Protocol protocol, int slot)
    {
        ModelProgram program = new($"reader {slot}");
        int content = Acquire(program, protocol, slot, program.Label(), isAbandoned: true);
        program.Touch("LayerLease.Span", registers => registers[content]);
        return program.End();
    }

    /// <summary>The finalizer of an ended thread's record: <c>Hazards.Adopt</c>.</summary>
    public static ModelProgram Adopter(Protocol protocol, int slot, int thread)
    {
        ModelProgram program = new("finalizer");
        program.Await("RecordHolder finalized", thread);
        program.StoreRelease("Hazards.Adopt: slots[i].Token", Token(slot), static _ => 0);
        program.Store("Hazards.Adopt: slots[i].Flags", Flags(slot), static _ => 0);
        if (!protocol.Lacks(Breakage.AdoptedWithoutReclaim))
            Reclaimers.ReclaimForReader(program, protocol);
        return program.End();
    }

    /// <summary>A lease taken on the slow path, which looks at the region's mark instead of its place: <c>MmapManager.Protect</c>.</summary>
    public static ModelProgram SlowLease(Protocol protocol, int slot)
    {
        ModelProgram program = new($"slow reader {slot}");
        int token = program.Register();
        int mark = program.Register();
        int content = program.Register();
        int again = program.Label();
        int done = program.Label();
        program.Mark(again);
        program.Load("MmapManager.GetOrLoad: state.Region", token, Head);
        program.GoToIf(done, registers => registers[token] == Busy ? 1 : 0);
        program.StoreRelease("Hazard.Publish: the region", Token(slot), registers => registers[token]);
        if (!protocol.Lacks(Breakage.NoRecheck))
        {
            program.Load("MmapRegion.IsRetired", mark, registers => OldRetired + registers[token] - OldRegion);
            program.GoToIf(again, registers => registers[mark]);
        }

        program.Touch("Region.Locations", registers => registers[token]);
        program.StoreRelease("Hazard.Publish: the cell", Token(slot), registers => registers[token] + 1);
        program.Load("MmapManager.TryResolveKnown: cell->Base", content, registers => OldCell + registers[token] - OldRegion);
        program.Touch("LayerLease.Span", registers => registers[content]);
        program.Mark(done);
        Release(program, protocol, slot);
        return program.End();
    }

    /// <summary>A scope that finds the region and reads the block, whose set must grow for the second token.</summary>
    public static ModelProgram ScopedRead(Protocol protocol)
    {
        ModelProgram program = new("scope");
        int token = program.Register();
        int mark = program.Register();
        int content = program.Register();
        int flags = program.Register();
        int done = program.Label();
        int unasked = program.Label();
        program.StoreRelease("ScopeTable.Use: _published", Scope, static _ => 1);
        program.Load("MmapManager.GetOrLoad: state.Region", token, Head);
        program.GoToIf(done, registers => registers[token] == Busy ? 1 : 0);
        program.StoreRelease("ScopeTable.Add: the region", Scope + 1, registers => registers[token]);
        if (!protocol.Lacks(Breakage.NoRecheck))
        {
            program.Load("MmapRegion.IsRetired", mark, registers => OldRetired + registers[token] - OldRegion);
            program.GoToIf(done, registers => registers[mark]);
        }

        program.Touch("RegionHead.Locations", registers => registers[token]);
        if (protocol.Lacks(Breakage.ScopeGrownTooEarly))
        {
            program.StoreRelease("ScopeTable.Use: _published", Scope, static _ => 2);
            program.Store("ScopeTable.Grow: *grown->PlaceOf(token)", Scope + 2, registers => registers[token]);
        }
        else
        {
            program.Store("ScopeTable.Grow: *grown->PlaceOf(token)", Scope + 2, registers => registers[token]);
            program.StoreRelease("ScopeTable.Use: _published", Scope, static _ => 2);
        }

        program.StoreRelease("ScopeTable.Add: the cell", Scope + 3, registers => registers[token] + 1);
        program.Load("ReadScope.Item: cell->Base", content, registers => OldCell + registers[token] - OldRegion);
        program.Touch("ReadScope.Item: the span", registers => registers[content]);
        program.Touch("RegionHead.Locations, for another layer", registers => registers[token]);
        program.Mark(done);
        if (!protocol.Lacks(Breakage.ScopeEndedWithoutBarrier))
            program.ReadBarrier("ScopeTable.End: Volatile.ReadBarrier");
        program.StoreRelease("ScopeTable.End: _published", Scope, static _ => 0);
        program.Store("ScopeTable.End: the first level", Scope + 1, static _ => 0);
        program.Store("ScopeTable.End: the second level", Scope + 2, static _ => 0);
        program.Store("ScopeTable.End: the second level", Scope + 3, static _ => 0);
        program.Load("Hazards.EndScope: table->Flags", flags, ScopeFlags);
        program.GoToIf(unasked, registers => registers[flags] == 0 ? 1 : 0);
        program.Interlocked("Hazards.EndScope: Exchange(Flags)", flags, ScopeFlags, static _ => 0);
        program.GoToIf(unasked, registers => registers[flags] == 0 ? 1 : 0);
        Reclaimers.ReclaimForReader(program, protocol);
        program.Mark(unasked);
        return program.End();
    }

    private static void LeaseOf(ModelProgram program, Protocol protocol, int slot, int nested)
    {
        int absent = program.Label();
        int content = Acquire(program, protocol, slot, absent, isAbandoned: false);
        program.Touch("LayerLease.Span", registers => registers[content]);
        if (nested > 1)
        {
            LeaseOf(program, protocol, slot + 1, nested - 1);
            program.Touch("LayerLease.Span of the outer lease", registers => registers[content]);
        }

        program.Mark(absent);
        Release(program, protocol, slot);
    }

    /// <summary><c>MmapManager.ProtectLoaded</c> and <c>TryLocate</c>; goes to <paramref name="absent"/> if it has to leave the fast path.</summary>
    /// <returns>The register that holds the content's memory.</returns>
    private static int Acquire(ModelProgram program, Protocol protocol, int slot, int absent, bool isAbandoned)
    {
        int token = program.Register();
        int again = program.Register();
        int content = program.Register();
        int end = isAbandoned ? program.Label() : absent;
        program.Load("ProtectLoaded: heads[dimension]", token, Head);
        if (!protocol.Lacks(Breakage.PublishedTooLate))
            program.StoreRelease("Hazards.Publish: the region", Token(slot), registers => registers[token]);
        program.GoToIf(end, registers => registers[token] == Busy ? 1 : 0);
        if (!protocol.Lacks(Breakage.NoRecheck))
        {
            program.Load("ProtectLoaded: heads[dimension] again", again, Head);
            program.GoToIf(end, registers => registers[again] != registers[token] ? 1 : 0);
        }

        if (protocol.Lacks(Breakage.PublishedTooLate))
            program.StoreRelease("Hazards.Publish: the region", Token(slot), registers => registers[token]);
        program.Touch("region->Locations", registers => registers[token]);
        program.StoreRelease("Hazards.Publish: the cell", Token(slot), registers => registers[token] + 1);
        program.Load("TryLocate: cell->Base", content, registers => OldCell + registers[token] - OldRegion);
        if (isAbandoned)
            program.Mark(end);
        else
            program.GoToIf(absent, registers => registers[content] == 0 ? 1 : 0);
        return content;
    }

    private static void Release(ModelProgram program, Protocol protocol, int slot)
    {
        int flags = program.Register();
        int unasked = program.Label();
        if (protocol.Lacks(Breakage.PlainRelease))
            program.Store("Hazards.Release: Token", Token(slot), static _ => 0);
        else
            program.StoreRelease("Hazards.Release: Token", Token(slot), static _ => 0);
        program.Load("Hazards.Release: Flags", flags, Flags(slot));
        program.GoToIf(unasked, registers => registers[flags] == 0 ? 1 : 0);
        program.Interlocked("Hazards.ReleaseFlagged: And(Flags)", flags, Flags(slot), static _ => 0);
        program.GoToIf(unasked, registers => registers[flags] == 0 ? 1 : 0);
        Reclaimers.ReclaimForReader(program, protocol);
        program.Mark(unasked);
    }
}

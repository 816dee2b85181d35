using static Lamina.Runtime.Tests.Model.ProtocolVariables;

namespace Lamina.Runtime.Tests.Model;

/// <summary>The programs of those who take memory out of use, and the steps of <c>Retirement</c>.</summary>
internal static class Reclaimers
{
    /// <summary>Evicts the old region's block: <c>BlockCache.TryMakeRoom</c>; then decodes it again and evicts it again, if asked to.</summary>
    public static ModelProgram Evict(Protocol protocol, bool decodesAgain = false)
    {
        ModelProgram program = new("evictor");
        Evict(program, protocol);
        if (decodesAgain)
        {
            program.StoreRelease("BlockCache.Decode: cell->Base", OldCell, static _ => DecodedAgain);
            program.Interlocked("BlockCache.Enqueue", program.Register(), Queue, static _ => DecodedAgain);
            Evict(program, protocol);
        }

        return program.End();
    }

    /// <summary>Unloads the old region, or puts the new one in its place: <c>MmapManager.Replace</c>.</summary>
    public static ModelProgram Replace(Protocol protocol, bool isReload)
    {
        ModelProgram program = new(isReload ? "reloader" : "unloader");
        Replace(program, protocol, isReload);
        return program.End();
    }

    /// <summary>Evicts the block, then unloads the region.</summary>
    public static ModelProgram EvictThenUnload(Protocol protocol)
    {
        ModelProgram program = new("retirer");
        Evict(program, protocol);
        Replace(program, protocol, isReload: false);
        return program.End();
    }

    /// <summary><c>Retirement.ReclaimForReader</c>.</summary>
    public static void ReclaimForReader(ModelProgram program, Protocol protocol)
    {
        int before = program.Register();
        if (protocol.Lacks(Breakage.AskedWithoutFence))
            program.StoreRelease("Retirement.ReclaimForReader: s_again", Again, static _ => 1);
        else
            program.Interlocked("Retirement.ReclaimForReader: Exchange(s_again)", before, Again, static _ => 1);
        ReclaimIfAsked(program, protocol);
    }

    private static void Evict(ModelProgram program, Protocol protocol)
    {
        int block = program.Register();
        int none = program.Label();
        program.Interlocked("BlockCache.SelectVictims: Dequeue", block, Queue, static _ => 0);
        program.GoToIf(none, registers => registers[block] == 0 ? 1 : 0);
        if (!protocol.Lacks(Breakage.UnlinkedTooLate))
            program.StoreRelease("BlockCache.Unlink: cell->Base", OldCell, static _ => 0);
        Retire(program, protocol, registers => 1 << registers[block]);
        if (protocol.Lacks(Breakage.UnlinkedTooLate))
            program.StoreRelease("BlockCache.Unlink: cell->Base", OldCell, static _ => 0);
        program.Mark(none);
    }

    private static void Replace(ModelProgram program, Protocol protocol, bool isReload)
    {
        int block = program.Register();
        int none = program.Label();
        program.StoreRelease("MmapManager.Replace: _heads[dimension]", Head, _ => isReload ? NewRegion : Busy);
        program.StoreRelease("MmapRegion.MarkRetired: _retired", OldRetired, static _ => 1);
        program.Interlocked("BlockCache.Remove: TakeAll", block, Queue, static _ => 0);
        program.GoToIf(none, registers => registers[block] == 0 ? 1 : 0);
        program.StoreRelease("BlockCache.Unlink: cell->Base", OldCell, static _ => 0);
        program.Mark(none);
        Retire(program, protocol, registers => (1 << OldRegion) | (registers[block] == 0 ? 0 : 1 << registers[block]));
    }

    /// <summary><c>Retirement.Retire</c> and <c>Retirement.Reclaim</c>.</summary>
    private static void Retire(ModelProgram program, Protocol protocol, Expression batch)
    {
        program.Enter("Retirement.Retire: lock (Gate)", Gate);
        program.Local((registers, variables) => variables[Items] |= (byte)batch(registers));
        program.Exit("Retirement.Retire: Items.AddRange, lock ends", Gate);
        program.Enter("Retirement.Reclaim: lock (Gate)", Gate);
        ReclaimLocked(program, protocol);
        program.Exit("Retirement.Reclaim: lock ends", Gate);
        if (!protocol.Lacks(Breakage.NoLookOnLeaving))
            ReclaimIfAsked(program, protocol);
    }

    private static void ReclaimIfAsked(ModelProgram program, Protocol protocol)
    {
        int asked = program.Register();
        int entered = program.Register();
        int again = program.Label();
        int done = program.Label();
        program.Mark(again);
        program.Load("Retirement.ReclaimIfAsked: s_again", asked, Again);
        program.GoToIf(done, registers => registers[asked] == 0 ? 1 : 0);
        program.TryEnter("Retirement.ReclaimIfAsked: Gate.TryEnter", entered, Gate);
        program.GoToIf(done, registers => registers[entered] == 0 ? 1 : 0);
        ReclaimLocked(program, protocol);
        program.Exit("Retirement.ReclaimIfAsked: Gate.Exit", Gate);
        if (!protocol.Lacks(Breakage.NoLookOnLeaving))
            program.GoTo(again);
        program.Mark(done);
    }

    private static void ReclaimLocked(ModelProgram program, Protocol protocol)
    {
        int items = program.Register();
        int asked = program.Register();
        int sweep = program.Label();
        int done = program.Label();
        program.Interlocked("Retirement.ReclaimLocked: Exchange(s_again)", items, Again, static _ => 0);
        program.Local((registers, variables) => registers[items] = variables[Items]);
        program.GoToIf(done, registers => registers[items] == 0 ? 1 : 0);
        program.Mark(sweep);
        Sweep(program, protocol, asked);
        if (!protocol.Lacks(Breakage.NoSecondLook))
            program.GoToIf(sweep, registers => registers[asked]);
        program.Mark(done);
        program.Local((registers, _) => registers[items] = registers[asked] = 0);
    }

    /// <summary><c>Retirement.Sweep</c>.</summary>
    private static void Sweep(ModelProgram program, Protocol protocol, int asked)
    {
        program.Set(asked, 0);
        if (!protocol.Lacks(Breakage.NoFence))
            program.FenceAll("HazardSnapshot.TakeFenced: MemoryBarrierProcessWide");
        List<(int Register, int Flags)> snapshot = Collect(program, protocol);
        int isThere = program.Register();
        foreach (int item in Retirable)
        {
            int next = program.Label();
            int free = program.Label();
            program.Local((registers, variables) => registers[isThere] = (byte)((variables[Items] >> item) & 1));
            program.GoToIf(next, registers => registers[isThere] == 0 ? 1 : 0);
            if (!protocol.Lacks(Breakage.FreedBeforeTheLook))
            {
                program.GoToIf(free, registers => AnyNames(snapshot, registers, item) ? 0 : 1);
                if (!protocol.Lacks(Breakage.NotAsked))
                    Want(program, snapshot, item, asked);
                program.GoTo(next);
            }

            program.Mark(free);
            program.Local((_, variables) => variables[Items] &= (byte)~(1 << item));
            program.Free("Retirement.Sweep: Owner.Free", _ => item);
            program.Mark(next);
        }

        // What was seen makes no difference any more.
        program.Local((registers, _) =>
        {
            foreach ((int register, int _) in snapshot)
                registers[register] = 0;
            registers[isThere] = 0;
        });
    }

    /// <summary>
    /// <c>Hazards.Collect</c> and <c>ScopeTable.Collect</c>: the registers that hold the tokens seen, and where their owner's flags are.
    /// </summary>
    private static List<(int Register, int Flags)> Collect(ModelProgram program, Protocol protocol)
    {
        List<(int Register, int Flags)> snapshot = [];
        for (int slot = 0; slot < protocol.Slots; slot++)
        {
            snapshot.Add((program.Register(), Flags(slot)));
            program.Load($"Hazards.Collect: slots[{slot}].Token", snapshot[^1].Register, Token(slot));
        }

        if (!protocol.HasScope)
            return snapshot;
        int published = program.Register();
        int first = program.Register();
        int second = program.Register();
        int grown = program.Label();
        int done = program.Label();
        program.Load("ScopeTable.Collect: _published", published, Scope);
        program.GoToIf(done, registers => registers[published] == 0 ? 1 : 0);
        program.GoToIf(grown, registers => registers[published] == 2 ? 1 : 0);
        program.Load("ScopeTable.Collect: items[0] of the first level", first, Scope + 1);
        program.GoTo(done);
        program.Mark(grown);
        program.Load("ScopeTable.Collect: items[0] of the second level", first, Scope + 2);
        program.Load("ScopeTable.Collect: items[1] of the second level", second, Scope + 3);
        program.Mark(done);
        program.Set(published, 0);
        snapshot.Add((first, ScopeFlags));
        snapshot.Add((second, ScopeFlags));
        return snapshot;
    }

    /// <summary><c>HazardSnapshot.Want</c>: asks each whose token protects the memory to reclaim.</summary>
    private static void Want(ModelProgram program, List<(int Register, int Flags)> snapshot, int memory, int asked)
    {
        int before = program.Register();
        foreach ((int register, int flags) in snapshot)
        {
            int next = program.Label();
            program.GoToIf(next, registers => Names(register, registers, memory) ? 0 : 1);
            program.Interlocked("HazardSnapshot.Want: Or(Flags)", before, flags, static _ => 1);
            program.Local((registers, _) =>
            {
                if (registers[before] == 0)
                    registers[asked] = 1;
                registers[before] = 0;
            });
            program.Mark(next);
        }
    }

    private static bool AnyNames(List<(int Register, int Flags)> snapshot, ReadOnlySpan<byte> registers, int memory)
    {
        foreach ((int register, int _) in snapshot)
        {
            if (Names(register, registers, memory))
                return true;
        }

        return false;
    }

    private static bool Names(int register, ReadOnlySpan<byte> registers, int memory) =>
        registers[register] >= Low(memory) && registers[register] <= High(memory);
}

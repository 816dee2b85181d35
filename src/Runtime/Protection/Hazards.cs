using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lamina.Protection;

/// <summary>
/// Hazard pointers (M. M. Michael, "Hazard Pointers: Safe Memory Reclamation for Lock-Free Objects", 2004) with an asymmetric
/// fence: readers publish with plain stores, and the one who reclaims pays for the ordering.
/// </summary>
/// <remarks>
/// <para><b>Tokens.</b> What can be protected has a token, an address that is never zero: a region that of its first cell, a
/// block in the pool that of its cell. A token inside a region's cells protects the region too, so that one hazard is
/// enough for a block and for the tables that led to it.</para>
/// <para><b>Reader.</b>
/// (R1) store the token into a slot of the thread, or into the table of a scope;
/// (R2) load the <i>link</i>: a region's mark that it is live, a block's address in its cell;
/// (R3) if the link is there, read what it leads to; else give up the token and look again;
/// (R4) store zero into the slot, with release.
/// R1 and R2 are volatile, so the compiler keeps their order; the processor may let R2 pass R1.</para>
/// <para><b>Reclaimer.</b>
/// (W1) remove the link, so that no reader can find it from now on, and put the memory on the list of the retired;
/// (W2) <see cref="Interlocked.MemoryBarrierProcessWide"/>, once for the whole list;
/// (W3) load every slot and table of every thread;
/// (W4) free what no token names; the rest stays on the list.</para>
/// <para><b>Why nobody reads freed memory.</b> W2 makes every thread pass a full fence at one point of its run. Take a reader
/// whose R2 found the link. If its R2 came after its fence, R2 would have seen W1, and found nothing. So its R2, and R1 before
/// it, came before its fence: the token was visible when W3 looked, or R4 had already replaced it. In the first case W4 keeps
/// the memory. In the second W3 saw a later store of the reader, and since that is a release all the reads of R3 were done.
/// A token that a scope's table has already is the same case with an R1 long ago. Where a table grows, the new block
/// of items is published after it was filled, and the old one stays as it was until the scope ends: W3 sees one of both, with every
/// token that was added before the fence.</para>
/// <para><b>Why a token may be used again.</b> Cells are freed with their region, and another region's may come to the same
/// address. An old hazard with that token then protects the new region as well: memory is kept longer, never shorter. The same holds
/// for a block that is evicted and decoded again while a lease on it lasts.</para>
/// <para><b>Versions.</b> A scope also pins the version of the data set that it began in, a token of another kind: R2 looks whether that is
/// still the current one. What a refresh replaces is retired when the version is freed, and so are the versions after it, in their
/// order; see <see cref="Versions.VersionChain"/>.</para>
/// <para><b>Progress.</b> Readers of what is resident never wait and never loop on others' account. A lease that is never
/// disposed delays the release of what it names, and of nothing else, until its thread has ended and its record has been taken
/// over. The reclaimer marks the slots that made it wait, and whoever releases such a slot reclaims once more; when it has
/// marked one anew it looks again behind a fence, since the owner may have released the slot just before the mark.</para>
/// <para><b>Threads.</b> A slot is taken and released by its own thread: leases and scopes are ref structs. Records are
/// native memory, never freed, and used again after their thread has ended: those that hold nothing as soon as there are twice as many records
/// as threads, the others when the finalizer of what the thread kept has dropped what they hold.</para>
/// </remarks>
internal static unsafe partial class Hazards
{
    /// <summary>A token that protects nothing, for a slot that is taken.</summary>
    public const nint Busy = 1;

    private static long s_leaked;

    /// <summary>
    /// Takes a free slot of this thread. Nothing is published yet: the caller publishes a token, or <see cref="Busy"/>, before
    /// anything can take another slot.
    /// </summary>
    public static Slot* Take()
    {
        Slot* slot = TakeFirst();
        return slot is not null ? slot : TakeListed();
    }

    /// <summary>Takes the thread's first slot; null if it is in use, or the thread has none yet. As <see cref="Take"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Slot* TakeFirst()
    {
        ReaderRecord* record = t_record;

        // SAFETY: records and slots are never freed; only this thread takes from its own.
        return record is not null && record->First.Token == 0 ? &record->First : null;
    }

    /// <summary>Publishes <paramref name="token"/>. What is loaded after it is protected as the protocol says.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Publish(Slot* slot, nint token) => Volatile.Write(ref slot->Token, token);

    /// <summary>Gives a slot back. Called once a take, by the thread that took it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Release(Slot* slot)
    {
        slot->Version++;
        Volatile.Write(ref slot->Token, 0);
        if (Volatile.Read(ref slot->Flags) != 0)
            ReleaseFlagged(slot);
    }

    /// <summary>Begins a scope of this thread.</summary>
    public static ScopeTable* BeginScope()
    {
        ReaderRecord* record = t_record;
        if (record is null)
            record = Register();
        ScopeTable* table = record->FreeScopes;
        if (table is null)
        {
            // SAFETY: zeroed, which is an empty table that is not in use; never freed.
            table = (ScopeTable*)NativeMemory.AlignedAlloc(RoundUp(sizeof(ScopeTable)), 64);
            NativeMemory.Clear(table, (nuint)sizeof(ScopeTable));
            table->Owner = record;
            table->Next = record->Scopes;
            Volatile.Write(ref *(nint*)&record->Scopes, (nint)table);
        }
        else
        {
            record->FreeScopes = table->NextFree;
        }

        table->Begin();
        return table;
    }

    /// <summary>Ends a scope. Called once a begin, by the thread that began it.</summary>
    public static void EndScope(ScopeTable* table)
    {
        table->End();
        table->Version++;
        table->NextFree = table->Owner->FreeScopes;
        table->Owner->FreeScopes = table;
        if (Volatile.Read(ref table->Flags) != 0 && Interlocked.Exchange(ref table->Flags, 0) != 0)
            Retirement.ReclaimForReader();
    }

    /// <summary>Leases and scopes that threads have not disposed before they ended.</summary>
    public static long Leaked => Volatile.Read(ref s_leaked);

    /// <summary>
    /// Counts what is held now, and says how long the longest has been held. Leases are not timed when they are taken, which would cost a read
    /// more than the rest of it: the first look at one notes when it was, so the answer lacks at most the time between two looks.
    /// </summary>
    /// <param name="now">Milliseconds of a clock that may overflow.</param>
    /// <returns>Of all threads of the process; the longest in milliseconds.</returns>
    public static (int Leases, int Scopes, uint Longest) Observe(uint now)
    {
        int leases = 0;
        int scopes = 0;
        uint longest = 0;
        for (ReaderRecord* record = (ReaderRecord*)Volatile.Read(ref s_records); record is not null; record = record->Next)
        {
            Observe(&record->First, ReaderRecord.InlineSlots, now, ref leases, ref longest);
            for (SlotChunk* chunk = (SlotChunk*)Volatile.Read(ref *(nint*)&record->Overflow); chunk is not null; chunk = chunk->Next)
                Observe(Slots(chunk), chunk->Count, now, ref leases, ref longest);
            for (ScopeTable* table = (ScopeTable*)Volatile.Read(ref *(nint*)&record->Scopes); table is not null; table = table->Next)
            {
                uint version = Volatile.Read(ref table->Version);
                if (!table->IsInUse)
                {
                    table->Seen.Forget();
                    continue;
                }

                scopes++;
                longest = Math.Max(longest, table->Seen.Look(version, now));
            }
        }

        return (leases, scopes, longest);
    }

    private static void Observe(Slot* slots, int count, uint now, ref int leases, ref uint longest)
    {
        for (int i = 0; i < count; i++)
        {
            uint version = Volatile.Read(ref slots[i].Version);
            if (Volatile.Read(ref slots[i].Token) == 0)
            {
                slots[i].Seen.Forget();
                continue;
            }

            leases++;
            longest = Math.Max(longest, slots[i].Seen.Look(version, now));
        }
    }

    /// <summary>Hands every published token to <paramref name="snapshot"/>.</summary>
    public static void Collect(HazardSnapshot snapshot)
    {
        for (ReaderRecord* record = (ReaderRecord*)Volatile.Read(ref s_records); record is not null; record = record->Next)
        {
            Collect(&record->First, ReaderRecord.InlineSlots, snapshot);
            for (SlotChunk* chunk = (SlotChunk*)Volatile.Read(ref *(nint*)&record->Overflow); chunk is not null; chunk = chunk->Next)
                Collect(Slots(chunk), chunk->Count, snapshot);
            for (ScopeTable* table = (ScopeTable*)Volatile.Read(ref *(nint*)&record->Scopes); table is not null; table = table->Next)
                ScopeTable.Collect(table, snapshot);
        }
    }

    private static void Collect(Slot* slots, int count, HazardSnapshot snapshot)
    {
        for (int i = 0; i < count; i++)
        {
            nint token = Volatile.Read(ref slots[i].Token);
            if (token != 0)
                snapshot.Add(token, &slots[i].Flags);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Slot* TakeListed()
    {
        ReaderRecord* record = t_record;
        if (record is null)
            return &Register()->First;
        Slot* slot = record->Free;
        if (slot is null)
            slot = GrowSlots(record);
        record->Free = slot->NextFree;
        return slot;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReleaseFlagged(Slot* slot)
    {
        if ((slot->Flags & Slot.ListedFlag) != 0)
        {
            slot->NextFree = slot->Owner->Free;
            slot->Owner->Free = slot;
        }

        if ((Interlocked.And(ref slot->Flags, ~Slot.WantedFlag) & Slot.WantedFlag) != 0)
            Retirement.ReclaimForReader();
    }
}

using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Lamina.Caching;
using Lamina.Mapping;

namespace Lamina.Protection;

/// <summary>What was retired in this process and is not freed yet. Thread-safe. See <see cref="Hazards"/>.</summary>
internal static unsafe class Retirement
{
    private static readonly Lock Gate = new();
    private static readonly HazardSnapshot Snapshot = new();
    private static readonly List<Retired> Items = [];
    private static readonly ConcurrentQueue<IRetiring> Freed = new();
    private static int s_again;

    /// <summary>How many things wait to be freed.</summary>
    public static int Count
    {
        get
        {
            lock (Gate)
                return Items.Count;
        }
    }

    /// <summary>How many of the regions and blocks of <paramref name="cache"/> wait to be freed.</summary>
    public static int CountOf(BlockCache cache)
    {
        int count = 0;
        lock (Gate)
        {
            foreach (Retired item in Items)
            {
                if (item.Owner == cache || (item.Owner is MmapRegion region && region.IsOf(cache)))
                    count++;
            }
        }

        return count;
    }

    /// <summary>Takes over what the caller has just made impossible to find, and frees what can be freed.</summary>
    public static void Retire(ReadOnlySpan<Retired> batch)
    {
        if (batch.IsEmpty)
            return;
        lock (Gate)
            Items.AddRange(batch);
        Reclaim();
    }

    /// <summary>Frees everything retired that no hazard protects.</summary>
    public static void Reclaim()
    {
        lock (Gate)
            ReclaimLocked();
        ReclaimFollowing();
        ReclaimIfAsked();
    }

    /// <summary>As <see cref="Reclaim"/>, for a reader that made somebody wait: it does not wait in turn.</summary>
    public static void ReclaimForReader()
    {
        // With a fence: whoever leaves the gate while this looks at it must see the question, and a gate found closed is none.
        Interlocked.Exchange(ref s_again, 1);
        ReclaimIfAsked();
    }

    // Whoever held the gate when a reader asked may have looked at that reader's hazard before it was taken back; so who
    // leaves the gate looks whether somebody asked, and who asks and finds it closed leaves it to them.
    private static void ReclaimIfAsked()
    {
        while (Volatile.Read(ref s_again) != 0 && Gate.TryEnter())
        {
            try
            {
                ReclaimLocked();
            }
            finally
            {
                Gate.Exit();
            }

            ReclaimFollowing();
        }
    }

    // What was kept in use by something that is free now. With no lock held: its owners take locks under which others retire.
    private static void ReclaimFollowing()
    {
        while (Freed.TryDequeue(out IRetiring? freed))
        {
            Retired[] following = freed.TakeFollowing();
            lock (Gate)
            {
                Items.AddRange(following);
                ReclaimLocked();
            }
        }
    }

    /// <summary>Looks at the hazards without a fence: good for choosing, not for freeing.</summary>
    public static void TakeSnapshot(HazardSnapshot snapshot)
    {
        // The gate keeps the memory of large scopes from being freed meanwhile.
        lock (Gate)
            snapshot.Take();
    }

    /// <summary>Frees memory that reclaimers look at, when none does.</summary>
    public static void FreeScanned(void* memory)
    {
        // SAFETY: its scope has taken it back, and reclaimers look at such memory only while they hold the gate.
        lock (Gate)
            NativeMemory.AlignedFree(memory);
    }

    private static void ReclaimLocked()
    {
        Interlocked.Exchange(ref s_again, 0);
        if (Items.Count == 0)
            return;

        // A reader that gave up its hazard just before it was asked has not seen the question, and nobody else would come back
        // for what it protected. So who has asked anew looks again, behind another fence: a hazard that is still there then
        // belongs to a reader that will see the question.
        TestHooks.At(HookPoint.Unlinked);
        while (Sweep())
            TestHooks.At(HookPoint.Unlinked);
    }

    /// <summary>Frees what no hazard protects, and asks the owners of the other hazards to reclaim.</summary>
    /// <returns>Whether an owner was asked that had not been asked before.</returns>
    private static bool Sweep()
    {
        Snapshot.TakeFenced();
        bool asked = false;
        int kept = 0;
        for (int i = 0; i < Items.Count; i++)
        {
            Retired item = Items[i];
            if (Snapshot.Names(item.Low, item.High))
            {
                TestHooks.At(HookPoint.Asking);
                asked |= Snapshot.Want(item.Low, item.High);
                Items[kept++] = item;
            }
            else
            {
                TestHooks.At(HookPoint.Freeing);
                Free(item);
                if (item.Owner is IRetiring freed)
                    Freed.Enqueue(freed);
            }
        }

        CollectionsMarshal.SetCount(Items, kept);
        return asked;
    }

    private static void Free(in Retired item)
    {
        try
        {
            item.Owner.Free(item.Address);
        }
#pragma warning disable CA1031 // Whatever it is: thrown from here, it would leave the list with what is freed already.
        catch (Exception exception)
        {
            item.Owner.FreeFailed(exception);
        }
#pragma warning restore CA1031
    }
}

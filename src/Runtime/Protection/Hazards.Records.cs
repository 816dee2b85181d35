using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lamina.Protection;

/// <summary>Which thread has which record.</summary>
internal static unsafe partial class Hazards
{
    private const int FirstCountToLookAt = 16;

    private static readonly object Registration = new();
    private static nint s_records;
    private static ReaderRecord* s_orphans;
    private static int s_count;
    private static int s_countToLookAt = FirstCountToLookAt;

    [ThreadStatic]
    private static ReaderRecord* t_record;

    [ThreadStatic]
    private static RecordHolder? t_holder;

    /// <summary>Records of the process, of threads and of none.</summary>
    public static int Count => Volatile.Read(ref s_count);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReaderRecord* Register()
    {
        ReaderRecord* record;
        RecordHolder holder;
        lock (Registration)
        {
            if (s_orphans is null && s_count >= s_countToLookAt)
                TakeFromEnded();
            if (s_orphans is not null)
            {
                record = s_orphans;
                s_orphans = (ReaderRecord*)record->HolderOrNextOrphan;
                record->HolderOrNextOrphan = 0;
            }
            else
            {
                // SAFETY: never freed; sized and aligned so that no other data shares its cache lines.
                record = (ReaderRecord*)NativeMemory.AlignedAlloc(ReaderRecord.Size, ReaderRecord.Size);
                NativeMemory.Clear(record, ReaderRecord.Size);
                record->First.Owner = record;
                Link(record, &record->Second, 1);
                record->Next = (ReaderRecord*)s_records;
                Volatile.Write(ref s_records, (nint)record);
                s_count++;
            }

            // The first reads without: the runtime makes a thread's object when it is first asked for it, which takes a fresh process 0.1 ms.
            // That record alone waits for its finalizer.
            holder = new RecordHolder(record, s_count == 1 ? null : Thread.CurrentThread);
            record->HolderOrNextOrphan = GCHandle.ToIntPtr(GCHandle.Alloc(holder, GCHandleType.Weak));
        }

        t_holder = holder;
        t_record = record;
        return record;
    }

    /// <summary>
    /// Takes the records of threads that have ended and left nothing behind. The finalizers of their holders would as well, but only when the
    /// runtime next collects what is as old as those, and native memory does not make it do so. Under the lock of registration.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TakeFromEnded()
    {
        int left = 0;
        for (ReaderRecord* record = (ReaderRecord*)s_records; record is not null; record = record->Next)
        {
            // There is no holder when its finalizer is on its way, and none was made if there was no memory for it.
            if (record->HolderOrNextOrphan != 0
                && GCHandle.FromIntPtr(record->HolderOrNextOrphan).Target is RecordHolder { Thread.IsAlive: false } holder
                && IsIdle(record))
            {
                holder.GiveUp();
                AddOrphan(record);
            }
            else
            {
                left++;
            }
        }

        s_countToLookAt = Math.Max(s_countToLookAt, left * 2);
    }

    // The thread has ended, so nobody changes it.
    private static bool IsIdle(ReaderRecord* record)
    {
        if ((record->First.Token | record->Second.Token) != 0)
            return false;
        for (SlotChunk* chunk = record->Overflow; chunk is not null; chunk = chunk->Next)
        {
            for (int i = 0; i < chunk->Count; i++)
            {
                if (Slots(chunk)[i].Token != 0)
                    return false;
            }
        }

        for (ScopeTable* table = record->Scopes; table is not null; table = table->Next)
        {
            if (table->IsInUse)
                return false;
        }

        return true;
    }

    // Under the lock of registration.
    private static void AddOrphan(ReaderRecord* record)
    {
        if (record->HolderOrNextOrphan != 0)
            GCHandle.FromIntPtr(record->HolderOrNextOrphan).Free();
        record->HolderOrNextOrphan = (nint)s_orphans;
        s_orphans = record;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Slot* GrowSlots(ReaderRecord* record)
    {
        int count = record->Overflow is null ? 6 : record->Overflow->Count * 2;
        int bytes = SlotChunk.Size + (count * sizeof(Slot));

        // SAFETY: never freed; published after it was filled.
        SlotChunk* chunk = (SlotChunk*)NativeMemory.AlignedAlloc(RoundUp(bytes), 64);
        NativeMemory.Clear(chunk, (nuint)bytes);
        chunk->Count = count;
        chunk->Next = record->Overflow;
        Link(record, Slots(chunk), count);
        Volatile.Write(ref *(nint*)&record->Overflow, (nint)chunk);
        return record->Free;
    }

    private static void Link(ReaderRecord* record, Slot* slots, int count)
    {
        for (int i = count - 1; i >= 0; i--)
        {
            slots[i].Owner = record;
            slots[i].Flags = Slot.ListedFlag;
            slots[i].NextFree = record->Free;
            record->Free = &slots[i];
        }
    }

    private static Slot* Slots(SlotChunk* chunk) => (Slot*)((byte*)chunk + SlotChunk.Size);

    private static nuint RoundUp(int bytes) => (nuint)((bytes + 63) & ~63);

    /// <summary>Makes a record whose thread has ended free again, and drops the hazards that it left.</summary>
    private static void Adopt(ReaderRecord* record)
    {
        int leaked = 0;
        record->Free = null;
        for (SlotChunk* chunk = record->Overflow; chunk is not null; chunk = chunk->Next)
        {
            leaked += Drop(Slots(chunk), chunk->Count);
            Link(record, Slots(chunk), chunk->Count);
        }

        leaked += Drop(&record->First, ReaderRecord.InlineSlots);
        Link(record, &record->Second, 1);
        record->FreeScopes = null;
        for (ScopeTable* table = record->Scopes; table is not null; table = table->Next)
        {
            if (table->IsInUse)
            {
                table->End();
                table->Version++;
                leaked++;
            }

            table->NextFree = record->FreeScopes;
            record->FreeScopes = table;
        }

        if (leaked > 0)
            Interlocked.Add(ref s_leaked, leaked);
        lock (Registration)
            AddOrphan(record);

        Retirement.ReclaimForReader();

        static int Drop(Slot* slots, int count)
        {
            int held = 0;
            for (int i = 0; i < count; i++)
            {
                if (slots[i].Token != 0)
                    held++;
                slots[i].Version++;
                Volatile.Write(ref slots[i].Token, 0);
                slots[i].Flags = 0;
            }

            return held;
        }
    }

    /// <summary>Lives as long as its thread can run code; then the record is free for another thread.</summary>
    private sealed class RecordHolder(ReaderRecord* record, Thread? thread)
    {
        private ReaderRecord* _record = record;

        public Thread? Thread { get; } = thread;

        /// <summary>Somebody else has freed the record.</summary>
        public void GiveUp() => _record = null;

        ~RecordHolder()
        {
            if (_record is not null)
                Adopt(_record);
        }
    }
}

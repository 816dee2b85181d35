using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Protection;

namespace Lamina;

/// <summary>
/// The contents of many layers, one after the other, in the order they were asked for. Valid until the scope is disposed.
/// </summary>
/// <remarks>
/// While the program is busy with one content, the processor fetches the next ones from memory, which it does not know of where
/// layers are read one by one. That pays where many layers are read in no order: see <see cref="ReadScope.ReadMany"/>. For one
/// thread. Of several walks in one scope, the one that began its stretch last fetches ahead; the others read one by one.
/// </remarks>
public unsafe ref struct LayerContents
{
    // What the fast path has no use for, in one piece that is handed on as it is, and so takes no registers.
    private readonly Source _source;

    // The scope's notes of what it found for this walk: those from the next one to the end, for as long as they have the stamp.
    private FoundContent* _next;
    private FoundContent* _end;
    private readonly ScopeTable* _table;
    private ulong _stamp;

    // How many layers were asked for up to the end of what was found.
    private int _asked;

    internal LayerContents(ReadScope scope, ReadOnlySpan<LayerId> ids)
    {
        _source = new Source(scope, ids);
        _table = scope.Table;
    }

    /// <summary>The content that the walk has come to.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>Walks through the contents, once.</summary>
    public readonly LayerContents GetEnumerator() => this;

    /// <summary>Goes to the next content.</summary>
    /// <returns>False if there is none.</returns>
    /// <inheritdoc cref="ReadScope.this[LayerId]" path="/exception"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MoveNext()
    {
        // SAFETY: notes are never freed. They have the stamp for as long as no other walk has taken them and the scope lasts, and
        // till then all that they name is protected.
        FoundContent* next = _next;
        if (next != _end && _table->Stamp == _stamp)
        {
            _next = next + 1;
            Current = MemoryMarshal.CreateReadOnlySpan(ref *(byte*)next->Address, (int)next->Length);
            return true;
        }

        // All by value: the compiler keeps in registers only what no call has the address of.
        Progress progress = Advance(_source, _asked - (int)(_end - next), _stamp);
        _next = progress.Next;
        _end = progress.End;
        _stamp = progress.Stamp;
        _asked = progress.Asked;
        if (progress.Step == Step.Over)
            return false;
        Current = progress.Step == Step.Found
            ? MemoryMarshal.CreateReadOnlySpan(ref *(byte*)progress.Found.Address, (int)progress.Found.Length)
            : ReadSlow(_source, progress.Asked - 1);
        return true;
    }

    // Finds the layer at an index, and as many after it as can be found.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Progress Advance(Source source, int index, ulong stamp)
    {
        ReadOnlySpan<LayerId> ids = source.Ids;
        Progress progress = new() { Asked = index, Stamp = stamp };
        if (index >= ids.Length)
            return progress;
        progress.Asked = index + 1;
        progress.Step = Step.Missing;
        if (!source.Scope.IsOpen)
            return progress;

        ScopeTable* table = source.Scope.Table;
        bool begins = index % ReadAhead.Stretch == 0;
        if (table->Stamp != stamp)
        {
            // Where another walk has come in between, what is left of a stretch is read one by one.
            if (!begins)
                return progress;
            table->EnsureAhead();
            ReadAhead.Locate(table, ids, index);
        }

        if (begins)
            progress.Stamp = ++table->Stamp;

        int end = Math.Min(index - (index % ReadAhead.Stretch) + ReadAhead.Stretch, ids.Length);
        int found = ReadAhead.Find(table, index, end);
        if (begins)
            ReadAhead.Locate(table, ids, end);
        if (found == index)
            return progress;
        FoundContent* first = ReadAhead.ContentAt(table->Ahead, index);
        progress.Step = Step.Found;
        progress.Found = *first;
        progress.Next = first + 1;
        progress.End = first + (found - index);
        progress.Asked = found;
        return progress;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ReadOnlySpan<byte> ReadSlow(Source source, int index) => source.Scope.ReadSlow(source.Ids[index]);

    private readonly ref struct Source(ReadScope scope, ReadOnlySpan<LayerId> ids)
    {
        public readonly ReadScope Scope = scope;
        public readonly ReadOnlySpan<LayerId> Ids = ids;
    }

    private struct Progress
    {
        public FoundContent* Next;
        public FoundContent* End;
        public FoundContent Found;
        public ulong Stamp;
        public int Asked;
        public Step Step;
    }

    private enum Step
    {
        Over,
        Found,
        Missing,
    }
}

using Lamina.Bench.Data;

namespace Lamina.Bench.Torture;

/// <summary>Reads one thing after the other in every way there is, and hashes it. For one thread.</summary>
internal sealed class TortureReader(TortureTarget[] targets, TortureCounts counts, ulong seed)
{
    private const int MaxNesting = 4;
    private const int MaxScope = 12;

    private readonly byte[] _buffer = new byte[4096];
    private ulong _random = seed;

    /// <summary>Reads until <paramref name="isOver"/> says so.</summary>
    public void Run(Func<bool> isOver)
    {
        while (!isOver())
        {
            TortureTarget target = targets[Next(targets.Length)];
            try
            {
                ReadSome(target, target.Manager);
            }
            catch (ObjectDisposedException)
            {
                // Another thread disposed the manager; the next one is there by now.
            }
            catch (MemoryException exception) when (exception.Error == MemoryError.LimitExceeded)
            {
                counts.Limit();
            }
            catch (Exception exception)
            {
                counts.Fault(exception);
            }
        }
    }

    /// <summary>Takes a lease and a scope and leaves both behind: the thread is to end with them.</summary>
    public void LeaveBehind()
    {
        TortureTarget target = targets[Next(targets.Length)];
        try
        {
            MmapManager manager = target.Manager;
            LayerId id = Pick();
            LayerLease lease = manager.Acquire(id);
            Check(target, id, lease.Span, "an abandoned lease");
            ReadScope scope = manager.BeginScope();
            LayerId other = Pick();
            Check(target, other, scope[other], "an abandoned scope");
            Check(target, id, lease.Span, "an abandoned lease");
            counts.Abandoned();
        }
        catch (ObjectDisposedException)
        {
        }
        catch (MemoryException exception) when (exception.Error == MemoryError.LimitExceeded)
        {
            counts.Limit();
        }
        catch (Exception exception)
        {
            counts.Fault(exception);
        }
    }

    private void ReadSome(TortureTarget target, MmapManager manager)
    {
        LayerId id = Pick();
        switch (Next(16))
        {
            case < 6:
                Nest(target, manager, 1 + Next(MaxNesting));
                break;

            case < 10:
                ReadInScope(target, manager);
                break;

            case 10:
                manager.Read(id, (Reader: this, Target: target, Id: id), static (content, state) =>
                {
                    state.Reader.Check(state.Target, state.Id, content, "a reader");
                    return content.Length;
                });
                break;

            case 11:
                Check(target, id, _buffer.AsSpan(0, manager.ReadCopy(id, _buffer)), "a copy");
                break;

            case 12:
                using (System.Buffers.IMemoryOwner<byte> rented = manager.Rent(id))
                    Check(target, id, rented.Memory.Span, "a rented copy");
                break;

            case 13:
                if (manager.TryAcquire(id, out LayerLease lease))
                {
                    using (lease)
                        Check(target, id, lease.Span, "a lease tried");
                }

                break;

            case 14:
                if (manager.GetLength(id) is var length && length != 200 + ((int)id.Number * 37 % 3000))
                    counts.WrongBytes(id, "its length");
                break;

            default:
                manager.GetStats();
                manager.Contains(id);
                break;
        }
    }

    private void Nest(TortureTarget target, MmapManager manager, int depth)
    {
        LayerId id = Pick();
        using LayerLease lease = manager.Acquire(id);
        counts.Lease();
        Check(target, id, lease.Span, "a lease");
        if (depth > 1)
        {
            Nest(target, manager, depth - 1);

            // Whatever happened meanwhile.
            Check(target, id, lease.Span, "an outer lease");
        }
    }

    private void ReadInScope(TortureTarget target, MmapManager manager)
    {
        using ReadScope scope = manager.BeginScope();
        counts.Scope();
        LayerId first = Pick();
        ReadOnlySpan<byte> kept = scope[first];
        for (int i = Next(MaxScope); i > 0; i--)
        {
            LayerId id = Pick();
            Check(target, id, scope[id], "a scope");
        }

        DimensionReader reader = scope.GetReader(first.Dimension);
        for (int i = Next(MaxScope); i > 0; i--)
        {
            LayerId id = new(first.Dimension, Pick().Number);
            Check(target, id, reader[id], "a reader of a dimension");
            Check(target, first, reader[first], "a reader of a dimension, again");
        }

        Check(target, first, kept, "a scope, kept");
    }

    private void Check(TortureTarget target, LayerId id, ReadOnlySpan<byte> content, string how)
    {
        counts.Read();
        if (!target.IsRight(id, content))
            counts.WrongBytes(id, $"{how} of {target.Name}");
    }

    private LayerId Pick() => new((ushort)(1 + Next(TortureTarget.Dimensions)), (uint)Next(TortureTarget.Layers));

    private int Next(int count) => SplitMix.Next(ref _random, count);
}

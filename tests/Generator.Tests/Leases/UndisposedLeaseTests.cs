namespace Lamina.Generator.Tests.Leases;

/// <summary>LAM104: leases that are never disposed.</summary>
public sealed class UndisposedLeaseTests
{
    [Fact]
    public Task Acquire_IntoAVariableAlone_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            LayerLease lease = {|LAM104:manager.Acquire(id)|};
            Use(lease.Span);
        }

        public static void N(MmapManager manager, LayerId id)
        {
            ReadScope scope;
            scope = {|LAM104:manager.BeginScope()|};
            Use(scope[id]);
        }
        """);

    [Fact]
    public Task Acquire_ForItsSpanAlone_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id) => Use({|LAM104:manager.Acquire(id)|}.Span);

        public static ReadOnlySpan<byte> N(MmapManager manager, LayerId id) => {|LAM104:{|CS8156:manager.Acquire(id)|}|}.Span;

        public static ReadOnlySpan<byte> O(MmapManager manager, LayerId id) => {|LAM104:{|CS8156:manager.BeginScope()|}|}[id];
        """);

    [Fact]
    public Task Acquire_ForNothing_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            {|LAM104:manager.Acquire(id)|};
            _ = {|LAM104:manager.Acquire(id)|};
            manager.TryAcquire(id, {|LAM104:out _|});
        }
        """);

    [Fact]
    public Task TryAcquire_IntoAVariableAlone_IsReported() => LeaseCode.CheckAsync("""
        public static int M(MmapManager manager, LayerId id) =>
            manager.TryAcquire(id, {|LAM104:out LayerLease lease|}) ? lease.Span[0] : -1;
        """);

    [Fact]
    public Task Acquire_OfAMethodOfTheProgram_IsReported() => LeaseCode.CheckAsync("""
        public static LayerLease Take(MmapManager manager) => manager.Acquire(default);

        public static void M(MmapManager manager)
        {
            LayerLease lease = {|LAM104:Take(manager)|};
            Use(lease.Span);
        }
        """);

    [Fact]
    public Task Acquire_Disposed_IsNot() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            using (manager.Acquire(id))
                Use(Buffer);
            using LayerLease lease = manager.Acquire(id);
            using LayerLease either = Ask() ? manager.Acquire(id) : manager.Acquire(default);
            manager.Acquire(id).Dispose();
            LayerLease last = manager.Acquire(id);
            last.Dispose();
            if (manager.TryAcquire(id, out LayerLease other))
            {
                using (other)
                    Use(other.Span);
            }
        }
        """);

    [Fact]
    public Task Acquire_HandedOn_IsNot() => LeaseCode.CheckAsync("""
        public LayerLease Lease;

        public void Take(MmapManager manager, LayerId id) => Lease = manager.Acquire(id);

        public void Dispose() => Lease.Dispose();
        """, """
        public static bool M(MmapManager manager, LayerId id, out LayerLease kept)
        {
            Use(manager.Acquire(id));
            LayerLease passed = manager.Acquire(id);
            Use(passed);
            LayerLease copied = manager.Acquire(id);
            kept = copied;
            return manager.TryAcquire(id, out kept);
        }
        """);

    [Fact]
    public Task Acquire_InAsyncMethodWithUsing_IsNot() => LeaseCode.CheckAsync("""
        public static async Task<int> M(MmapManager manager, LayerId id)
        {
            await Task.Yield();
            int length;
            using (LayerLease lease = manager.Acquire(id))
                length = lease.Span.Length;
            await Task.Yield();
            return length;
        }
        """);
}

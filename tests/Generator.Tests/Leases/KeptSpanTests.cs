namespace Lamina.Generator.Tests.Leases;

/// <summary>LAM102: what is left to the caller of a lease that ends with the method.</summary>
public sealed class KeptSpanTests
{
    [Fact]
    public Task Out_SpanOfUsingLease_IsReported() => LeaseCode.CheckAsync("""
        public static bool M(MmapManager manager, LayerId id, out ReadOnlySpan<byte> content)
        {
            using LayerLease lease = manager.Acquire(id);
            content = {|LAM102:{|CS8168:lease|}.Span|};
            return true;
        }
        """);

    [Fact]
    public Task Out_SliceOfScopeInUsingStatement_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id, out ReadOnlySpan<byte> content)
        {
            using (ReadScope scope = manager.BeginScope())
            {
                ReadOnlySpan<byte> all = scope[id];
                content = {|LAM102:{|CS8352:all|}[1..]|};
            }
        }
        """);

    [Fact]
    public Task Ref_SpanOfUsingLease_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id, ref ReadOnlySpan<byte> content)
        {
            using LayerLease lease = manager.Acquire(id);
            if (Ask())
                content = {|LAM102:{|CS8168:lease|}.Span|};
        }
        """);

    [Fact]
    public Task Field_OfTheStructureItself_IsReported() => LeaseCode.CheckAsync("""
        public void Load(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            Content = {|LAM102:{|CS8168:lease|}.Span|};
        }

        public Holder(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            Content = {|LAM102:{|CS8168:lease|}.Span[1..]|};
        }
        """, "");

    [Fact]
    public Task Field_OfTheCallersStructure_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id, ref Holder holder)
        {
            using LayerLease lease = manager.Acquire(id);
            holder.Content = {|LAM102:{|CS8168:lease|}.Span|};
            holder.Count = lease.Length;
        }
        """);

    [Fact]
    public Task Out_LeaseThatEnds_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id, out LayerLease kept)
        {
            using LayerLease lease = manager.Acquire(id);
            kept = {|LAM102:lease|};
        }
        """);

    [Fact]
    public Task Out_Copy_IsNot() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id, out ReadOnlySpan<byte> content, ref Holder holder)
        {
            using LayerLease lease = manager.Acquire(id);
            content = lease.Span.ToArray();
            holder.Content = lease.Span[1..].ToArray();
            holder.Count = lease.Span[0];
        }
        """);

    [Fact]
    public Task Out_ReplacedBeforeTheEnd_IsNot() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id, out LayerLease kept)
        {
            kept = manager.Acquire(id);
            Use(kept.Span);
            kept.Dispose();
            kept = manager.Acquire(default);
        }
        """);

    [Fact]
    public Task Out_LeaseThatLasts_IsNot() => LeaseCode.CheckAsync("""
        public static bool M(MmapManager manager, LayerId id, out LayerLease lease) =>
            manager.TryAcquire(id, out lease) && !lease.Span.IsEmpty;
        """);

    [Fact]
    public Task Field_OfAStructureThatStays_IsNot() => LeaseCode.CheckAsync("""
        public static int M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            scoped Holder holder = new() { Count = 1 };
            holder.Content = lease.Span;
            Use(holder.Content);
            return holder.Count;
        }
        """);
}

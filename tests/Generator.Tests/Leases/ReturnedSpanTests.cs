namespace Lamina.Generator.Tests.Leases;

/// <summary>LAM101: what is returned of a lease that ends with the method.</summary>
public sealed class ReturnedSpanTests
{
    [Fact]
    public Task Return_SpanOfUsingLease_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return {|LAM101:{|CS8168:lease|}.Span|};
        }
        """);

    [Fact]
    public Task Return_FromUsingStatement_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            using (LayerLease lease = manager.Acquire(id))
                return {|LAM101:{|CS8168:lease|}.Span|};
        }
        """);

    [Fact]
    public Task Return_SliceByVariable_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            ReadOnlySpan<byte> content = lease.Span;
            ReadOnlySpan<byte> part = content.Slice(1).TrimEnd((byte)0);
            return {|LAM101:{|CS8352:part|}[1..]|};
        }
        """);

    [Fact]
    public Task Return_LayerOfUsingScope_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            using ReadScope scope = manager.BeginScope();
            return {|LAM101:{|CS8168:scope|}[id]|};
        }

        public static ReadOnlySpan<byte> N(MmapManager manager, LayerId id)
        {
            using ReadScope scope = manager.BeginScope();
            return {|LAM101:{|CS8168:scope|}.Read(id)[1..]|};
        }

        public static ReadOnlySpan<byte> O(MmapManager manager, LayerId id)
        {
            using ReadScope scope = manager.BeginScope();
            return {|LAM101:{|CS8168:scope|}.GetName(id)|};
        }
        """);

    [Fact]
    public Task Return_ReaderOfUsingScope_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            using ReadScope scope = manager.BeginScope();
            DimensionReader reader = scope.GetReader(id.Dimension);
            return {|LAM101:{|CS8352:reader|}[id]|};
        }

        public static DimensionReader N(MmapManager manager, LayerId id)
        {
            using ReadScope scope = manager.BeginScope();
            return {|LAM101:{|CS8168:scope|}.GetReader(id.Dimension)|};
        }
        """);

    [Fact]
    public Task Return_ViewAsNumbers_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<float> M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return {|LAM101:{|CS8347:MemoryMarshal.Cast<byte, float>({|CS8168:lease|}.Span)|}|};
        }
        """);

    [Fact]
    public Task Return_OneBranchOfTwo_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return {|LAM101:Ask() ? {|CS8168:lease|}.Span : Buffer|};
        }
        """);

    [Fact]
    public Task Return_ByReference_IsReported() => LeaseCode.CheckAsync("""
        public static ref readonly byte M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return ref {|LAM101:{|CS8168:lease|}.Span[0]|};
        }

        public static ref readonly byte N(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            ref readonly byte first = ref MemoryMarshal.GetReference(lease.Span);
            return ref {|LAM101:{|CS8157:first|}|};
        }
        """);

    [Fact]
    public Task Return_StructureThatHoldsASpan_IsReported() => LeaseCode.CheckAsync("""
        public static Holder M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return {|LAM101:{|CS8347:new Holder({|CS8168:lease|}.Span)|}|};
        }

        public static Holder N(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return {|LAM101:new Holder {|CS8352:{ Content = lease.Span, Count = 1 }|}|};
        }
        """);

    [Fact]
    public Task Return_UsingLeaseItself_IsReported() => LeaseCode.CheckAsync("""
        public static LayerLease M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return {|LAM101:lease|};
        }
        """);

    [Fact]
    public Task Return_WhatAMethodMadeOfASpan_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return {|LAM101:{|CS8347:Part({|CS8168:lease|}.Span)|}|};
        }
        """);

    [Fact]
    public Task Return_FromSwitchExpression_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id, int which)
        {
            using LayerLease lease = manager.Acquire(id);
            return {|LAM101:which switch { 0 => Buffer, 1 => {|CS8168:lease|}.Span, _ => default }|};
        }
        """);

    [Fact]
    public Task Return_FromLocalFunctionAndLambda_IsReported() => LeaseCode.CheckAsync("""
        public delegate ReadOnlySpan<byte> Reader(MmapManager manager, LayerId id);

        public static Reader M()
        {
            Use(Local(null!, default));
            return static (manager, id) =>
            {
                using LayerLease lease = manager.Acquire(id);
                return {|LAM101:{|CS8168:lease|}.Span|};
            };

            static ReadOnlySpan<byte> Local(MmapManager manager, LayerId id)
            {
                using LayerLease lease = manager.Acquire(id);
                return {|LAM101:{|CS8168:lease|}.Span|};
            }
        }
        """);

    [Fact]
    public Task Return_OfLeaseDisposedInFinally_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            try
            {
                return {|LAM101:{|CS8168:lease|}.Span|};
            }
            finally
            {
                lease.Dispose();
            }
        }
        """);

    [Fact]
    public Task Return_OfParameterThatIsDisposed_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(LayerLease lease)
        {
            using (lease)
                return {|LAM101:{|CS8166:lease|}.Span|};
        }
        """);

    [Fact]
    public Task Return_OfTheCallersLeaseThatIsDisposed_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(in LayerLease lease)
        {
            try
            {
                return {|LAM101:lease.Span|};
            }
            finally
            {
                lease.Dispose();
            }
        }
        """);

    [Fact]
    public Task Return_FromPropertyOfStructure_IsReported() => LeaseCode.CheckAsync("""
        public MmapManager Manager => null!;

        public ReadOnlySpan<byte> First
        {
            get
            {
                using LayerLease lease = Manager.Acquire(default);
                return {|LAM101:{|CS8168:lease|}.Span|};
            }
        }
        """, "");

    [Fact]
    public Task Return_CopyOrValue_IsNot() => LeaseCode.CheckAsync("""
        public static byte[] M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return lease.Span.ToArray();
        }

        public static ReadOnlySpan<byte> N(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return lease.Span[1..].ToArray();
        }

        public static string O(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return Encoding.UTF8.GetString(lease.Span);
        }

        public static byte P(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            ref readonly byte first = ref lease.Span[0];
            return first;
        }
        """);

    [Fact]
    public Task Return_SpanOfTheCallersLease_IsNot() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(in LayerLease lease) => lease.Span[1..];

        public static ReadOnlySpan<byte> N(in ReadScope scope, LayerId id) => scope[id];

        public static ReadOnlySpan<byte> O(in ReadScope scope, LayerId id)
        {
            ReadOnlySpan<byte> name = scope.GetName(id);
            return name.IsEmpty ? scope[id] : name;
        }
        """);

    [Fact]
    public Task Return_LeaseForTheCallerToDispose_IsNot() => LeaseCode.CheckAsync("""
        public static LayerLease M(MmapManager manager, LayerId id) => manager.Acquire(id);

        public static ReadScope N(MmapManager manager)
        {
            ReadScope scope = manager.BeginScope();
            return scope;
        }
        """);

    [Fact]
    public Task Return_WhatIsDecodedIntoTheCallersBuffer_IsNot() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<char> M(MmapManager manager, LayerId id, Span<char> characters)
        {
            using LayerLease lease = manager.Acquire(id);
            return Decode(lease.Span, characters);
        }
        """);

    [Fact]
    public Task Return_OtherBytesThanTheLeases_IsNot() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return Buffer.AsSpan(0, lease.Length);
        }
        """);

    [Fact]
    public Task Return_ThroughCallback_IsNot() => LeaseCode.CheckAsync("""
        public static int M(MmapManager manager, LayerId id) =>
            manager.Read(id, (byte)' ', static (content, space) => content.Count(space));
        """);
}

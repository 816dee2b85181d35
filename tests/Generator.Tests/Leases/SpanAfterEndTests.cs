namespace Lamina.Generator.Tests.Leases;

/// <summary>LAM103: what is used after its lease was disposed.</summary>
public sealed class SpanAfterEndTests
{
    [Fact]
    public Task Use_AfterUsingStatement_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            ReadOnlySpan<byte> content;
            using (LayerLease lease = manager.Acquire(id))
                content = {|CS8168:lease|}.Span;
            Use({|LAM103:content|});
        }
        """);

    [Fact]
    public Task Use_AfterDispose_IsReportedOnce() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            ReadOnlySpan<byte> content = lease.Span;
            Use(content);
            lease.Dispose();
            Use({|LAM103:content|});
            Use(content);
        }
        """);

    [Fact]
    public Task Use_AfterDisposeOnOneWay_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            ReadOnlySpan<byte> content = lease.Span;
            if (Ask())
                lease.Dispose();
            Use({|LAM103:content|});
        }
        """);

    [Fact]
    public Task Use_OfTheLeaseAfterDispose_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            lease.Dispose();
            Use({|LAM103:lease|}.Span);
        }

        public static void N(MmapManager manager, LayerId id)
        {
            ReadScope scope = manager.BeginScope();
            scope.Dispose();
            Use({|LAM103:scope|}[id]);
        }
        """);

    [Fact]
    public Task Use_OfAReaderAfterItsScope_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            ReadScope scope = manager.BeginScope();
            DimensionReader reader = scope.GetReader(id.Dimension);
            ReadOnlySpan<byte> content = reader[id];
            scope.Dispose();
            Use({|LAM103:content|});
        }

        public static void N(MmapManager manager, LayerId id)
        {
            ReadScope scope = manager.BeginScope();
            DimensionReader reader = scope.GetReader(id.Dimension);
            scope.Dispose();
            Use({|LAM103:reader|}[id]);
        }
        """);

    [Fact]
    public Task Use_AfterACopyWasDisposed_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            LayerLease copy = lease;
            ReadOnlySpan<byte> content = lease.Span;
            copy.Dispose();
            Use({|LAM103:content|});
        }
        """);

    [Fact]
    public Task Use_InTheNextRound_IsReported() => LeaseCode.CheckAsync("""
        public static int M(MmapManager manager, LayerId[] ids)
        {
            int same = 0;
            ReadOnlySpan<byte> last = default;
            foreach (LayerId id in ids)
            {
                using LayerLease lease = manager.Acquire(id);
                if (lease.Span.SequenceEqual({|LAM103:last|}))
                    same++;
                last = {|CS8168:lease|}.Span;
            }

            return same;
        }
        """);

    [Fact]
    public Task Use_OfWhatTheRoundBeforeLeft_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId[] ids)
        {
            LayerLease lease = default;
            scoped ReadOnlySpan<byte> last = default;
            foreach (LayerId id in ids)
            {
                Use({|LAM103:last|});
                lease = manager.Acquire(id);
                last = lease.Span;
                lease.Dispose();
            }
        }
        """);

    [Fact]
    public Task Use_InAFinallyAfterDispose_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            ReadOnlySpan<byte> content = lease.Span;
            try
            {
                Use(content);
                lease.Dispose();
            }
            finally
            {
                Use({|LAM103:content|});
            }
        }
        """);

    [Fact]
    public Task Use_InAHandlerBehindTheUsing_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            ReadOnlySpan<byte> content = default;
            try
            {
                using LayerLease lease = manager.Acquire(id);
                content = {|CS8168:lease|}.Span;
                Use(content);
            }
            catch (InvalidOperationException)
            {
                Use({|LAM103:content|});
            }
        }
        """);

    [Fact]
    public Task Use_OfAnElementOrAStructure_IsReported() => LeaseCode.CheckAsync("""
        public static int M(MmapManager manager, LayerId id)
        {
            Holder holder;
            ReadOnlySpan<byte> content;
            using (LayerLease lease = manager.Acquire(id))
            {
                content = {|CS8168:lease|}.Span;
                holder = new Holder(content);
            }

            Use({|LAM103:holder|}.Content);
            return {|LAM103:content|}[0];
        }
        """);

    [Fact]
    public Task Use_OfPartsThatAMethodGaveOut_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            Split(lease.Span, out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second);
            Use(first);
            lease.Dispose();
            Use({|LAM103:second|});
        }
        """);

    [Fact]
    public Task Use_OfAnAcquiredLayerAfterItsUsing_IsReported() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            ReadOnlySpan<byte> content = default;
            if (manager.TryAcquire(id, out LayerLease lease))
            {
                using (lease)
                    content = {|CS8168:lease|}.Span;
            }

            Use({|LAM103:content|});
        }
        """);

    [Fact]
    public Task Return_AfterUsingStatement_IsReported() => LeaseCode.CheckAsync("""
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            ReadOnlySpan<byte> content;
            using (ReadScope scope = manager.BeginScope())
                content = {|CS8168:scope|}[id];
            return {|LAM103:content|};
        }
        """);

    [Fact]
    public Task Use_WithinTheUsing_IsNot() => LeaseCode.CheckAsync("""
        public static int M(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            ReadOnlySpan<byte> content = lease.Span;
            for (int i = 0; i < 3; i++)
                Use(content[i..]);
            lease.Dispose();
            return content.Length;
        }
        """);

    [Fact]
    public Task Use_OnTheOtherWay_IsNot() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            scoped ReadOnlySpan<byte> content = Buffer;
            try
            {
                if (Ask())
                {
                    content = lease.Span;
                    Use(content);
                    return;
                }
            }
            finally
            {
                lease.Dispose();
            }

            Use(content);
        }

        public static void N(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            ReadOnlySpan<byte> content = lease.Span;
            if (Ask())
            {
                lease.Dispose();
                return;
            }

            Use(content);
            lease.Dispose();
        }
        """);

    [Fact]
    public Task Use_InEachRoundOfItsOwnLease_IsNot() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId[] ids)
        {
            LayerLease lease = default;
            scoped ReadOnlySpan<byte> content = default;
            foreach (LayerId id in ids)
            {
                lease = manager.Acquire(id);
                content = lease.Span;
                Use(content);
                lease.Dispose();
            }
        }

        public static void N(MmapManager manager, LayerId[] ids)
        {
            scoped ReadOnlySpan<byte> last = default;
            using ReadScope scope = manager.BeginScope();
            foreach (LayerId id in ids)
            {
                Use(last);
                last = scope[id];
            }

            Use(last);
        }
        """);

    [Fact]
    public Task Use_OfAnotherLease_IsNot() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId a, LayerId b)
        {
            using LayerLease one = manager.Acquire(a);
            ReadOnlySpan<byte> content = one.Span;
            using (LayerLease two = manager.Acquire(b))
                Use(two.Span);
            Use(content);
        }
        """);

    [Fact]
    public Task Use_OfACopy_IsNot() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id, Span<byte> target)
        {
            byte[] copy;
            ReadOnlySpan<byte> content;
            int length;
            using (LayerLease lease = manager.Acquire(id))
            {
                copy = lease.Span.ToArray();
                lease.Span.CopyTo(target);
                content = target[..lease.Length];
                length = lease.Span.Length;
            }

            Use(copy);
            Use(content[..length]);
        }
        """);

    [Fact]
    public Task Use_InAHandlerWithinTheUsing_IsNot() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            ReadOnlySpan<byte> content = lease.Span;
            try
            {
                Use(content);
            }
            catch (InvalidOperationException)
            {
                Use(content);
            }
            finally
            {
                Use(content);
            }
        }
        """);

    [Fact]
    public Task Use_OfAWriterThatCopied_IsNot() => LeaseCode.CheckAsync("""
        public void Append(scoped ReadOnlySpan<byte> content) => Count += content.Length;
        """, """
        public static int M(MmapManager manager, LayerId[] ids)
        {
            Holder holder = new();
            foreach (LayerId id in ids)
            {
                using LayerLease lease = manager.Acquire(id);
                holder.Append(lease.Span);
            }

            Use(holder.Content);
            return holder.Count;
        }
        """);

    [Fact]
    public Task Dispose_Twice_IsNot() => LeaseCode.CheckAsync("""
        public static int M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            Use(lease.Span);
            lease.Dispose();
            return lease.Length;
        }
        """);

    [Fact]
    public Task Use_OfAVariableThatWasTakenAnew_IsNot() => LeaseCode.CheckAsync("""
        public static void M(MmapManager manager, LayerId a, LayerId b)
        {
            LayerLease lease = manager.Acquire(a);
            Use(lease.Span);
            lease.Dispose();
            lease = manager.Acquire(b);
            Use(lease.Span);
            lease.Dispose();
        }
        """);
}

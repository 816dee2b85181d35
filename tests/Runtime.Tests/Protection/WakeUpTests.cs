using Lamina.Protection;
using Lamina.Runtime.Tests.Data;
using static Lamina.Runtime.Tests.Data.TestDataSet;

namespace Lamina.Runtime.Tests.Protection;

/// <summary>Whoever makes a reclaimer wait comes back for what it held, or the reclaimer looks again.</summary>
[Collection(nameof(Alone))]
public sealed class WakeUpTests
{
    [Fact]
    public void Dispose_LeaseReleasedJustBeforeItIsAskedToReclaim_FreesWhatItHeldAllTheSame()
    {
        using TestDataSet data = new(Texts(1, 40));
        MmapManager manager = data.Open();
        using ManualResetEventSlim asking = new();
        using ManualResetEventSlim released = new();
        Thread disposer = new(() =>
        {
            TestHooks.Reached = point =>
            {
                if (point != HookPoint.Asking || asking.IsSet)
                    return;
                asking.Set();
                released.Wait();
            };
            manager.Dispose();
            TestHooks.Reached = null;
            asking.Set();
        });
        using (LayerLease lease = manager.Acquire(new LayerId(1, 0)))
        {
            disposer.Start();
            asking.Wait();
        }

        released.Set();
        disposer.Join();
        Assert.True(SpinWait.SpinUntil(() => manager.GetStats() is { UsedBytes: 0, MappedBytes: 0 }, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Dispose_LeaseReleasedAfterItWasAskedToReclaim_FreesWhatItHeld()
    {
        using TestDataSet data = new(Texts(1, 40));
        MmapManager manager = data.Open();
        using (LayerLease lease = manager.Acquire(new LayerId(1, 0)))
        {
            Threads.RunOther(manager.Dispose);
            Assert.True(manager.GetStats().UsedBytes > 0);
        }

        Assert.True(manager.GetStats() is { UsedBytes: 0, MappedBytes: 0 });
    }
}

using System.Text;
using Lamina.Format;

namespace Lamina.EndToEnd.Tests.Stories;

/// <summary>A program is done, though not every part of it knows.</summary>
[Trait("Story", "Clean-up")]
public sealed class ClosingStories
{
    [Fact]
    public void ALeaseIsStillHeldWhenTheManagerCloses_ItStaysReadableAndFreesTheRestWhenItEnds()
    {
        using Author author = Author.OfTexts(dimensions: 2, layers: 20).Publishes();
        MmapManager manager = MmapManager.Open(author.Folder);
        manager.ReadText(new LayerId(2, 0));
        using (LayerLease lease = manager.Acquire(new LayerId(1, 5)))
        {
            manager.Dispose();

            Assert.Equal(Author.Text(1, 5), Encoding.UTF8.GetString(lease.Span));
            Assert.Throws<ObjectDisposedException>(() => manager.ReadText(new LayerId(1, 5)));
        }

        AssertNothingIsHeld(manager);
        manager.Dispose();
    }

    [Fact]
    public void AThreadEndsWithALeaseItNeverGaveBack_TheMemoryIsFreedOnceTheThreadIsForgotten()
    {
        using Author author = Author.OfTexts(dimensions: 1, layers: 20).Publishes();
        MmapManager manager = MmapManager.Open(author.Folder);
        Thread careless = new(() =>
        {
#pragma warning disable LAM104 // The compiler notices; whoever wrote this told it not to.
            LayerLease lease = manager.Acquire(new LayerId(1, 5));
#pragma warning restore LAM104
            Assert.Equal(1000, lease.Length);
        });
        careless.Start();
        careless.Join();

        manager.Dispose();

        AssertNothingIsHeld(manager);
    }

    [Fact]
    public void ManyOpenAndFail_NothingIsLeftOpenOrMapped()
    {
        using Author author = Author.OfTexts(dimensions: 2, layers: 20).Publishes();
        author.DamagesContent(1);
        for (int i = 0; i < 20; i++)
            Try();

        Assert.Equal(0, OpenFiles());

        void Try()
        {
            MmapManager eager = MmapManager.Open(author.Folder, new MemoryConfig { LoadMode = LoadMode.Eager });
            Assert.Throws<LaminaFormatException>(() => eager.Load(new DimensionId(1)));
            Assert.Equal(0, eager.GetStats().UsedBytes);
            Assert.Equal(0, eager.GetStats().MappedBytes);
            eager.Load(new DimensionId(2));
            eager.Dispose();
            AssertNothingIsHeld(eager);
        }

        // Linux alone tells; what is open elsewhere would keep the folder from being deleted.
        int OpenFiles() => !OperatingSystem.IsLinux() ? 0 : File.ReadLines("/proc/self/maps")
            .Concat(Directory.GetFileSystemEntries("/proc/self/fd").Select(static link => new FileInfo(link).LinkTarget ?? ""))
            .Count(name => name.Contains(author.Folder, StringComparison.Ordinal));
    }

    [Fact]
    public void TheManagerClosesWhileOthersRead_TheyReadRightOrAreToldThatItIsClosed()
    {
        using Author author = Author.OfTexts(dimensions: 1, layers: 20).Publishes();
        MmapManager manager = MmapManager.Open(author.Folder);
        using ManualResetEventSlim isReading = new();

        Crew.Works(3, index =>
        {
            if (index == 0)
            {
                isReading.Wait();
                manager.Dispose();
                return;
            }

            try
            {
                for (int i = 0; ; i++)
                {
                    Assert.Equal(Author.Text(1, i % 20), manager.ReadText(new LayerId(1, (uint)(i % 20))));
                    isReading.Set();
                }
            }
            catch (ObjectDisposedException)
            {
                isReading.Set();
            }
        });

        AssertNothingIsHeld(manager);
    }

    // Records of threads that have ended are taken over by finalizers.
    private static void AssertNothingIsHeld(MmapManager manager)
    {
        for (int i = 0; i < 200 && manager.GetStats() is not { UsedBytes: 0, MappedBytes: 0 }; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal((0L, 0L), (manager.GetStats().UsedBytes, manager.GetStats().MappedBytes));
    }
}

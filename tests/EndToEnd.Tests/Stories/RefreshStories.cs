using System.Text;
using Lamina.Format;
using Lamina.Format.Publishing;

namespace Lamina.EndToEnd.Tests.Stories;

/// <summary>The author publishes while programs read.</summary>
[Trait("Story", "Live reload")]
public sealed class RefreshStories
{
    [Fact]
    public void AScopeIsInFlight_ItKeepsTheOldTextWhileOthersReadTheNew()
    {
        using Author author = Author.OfTexts(dimensions: 2, layers: 8).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder);
        using (ReadScope scope = manager.BeginScope())
        {
            ReadOnlySpan<byte> old = scope[new LayerId(1, 3)];

            author.Rewrites(1, 3, "Rewritten.").Publishes();
            Assert.True(manager.Refresh());

            Assert.Equal("Rewritten.", manager.ReadText(new LayerId(1, 3)));
            Assert.Equal(Author.Text(1, 3), Encoding.UTF8.GetString(old));
        }

        // With the scope the last of the old version goes.
        manager.Trim();
        manager.LoadAll();
        Assert.Equal(DataSetManifest.Load(author.Folder).Dimensions.Sum(static entry => entry.Length), manager.GetStats().MappedBytes);
    }

    [Fact]
    public void AScopeMeetsADimensionForTheFirstTimeAfterARefresh_ItSeesItsOwnVersionOfIt()
    {
        using Author author = Author.OfTexts(dimensions: 3, layers: 8).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder);
        manager.LoadAll();
        LayerId[] wanted = [new(3, 1), new(1, 0), new(3, 2), new(2, 5)];
        using ReadScope old = manager.BeginScope();

        author.Rewrites(3, 1, "Rewritten.").Rewrites(2, 5, "Rewritten too.").Publishes();
        Assert.True(manager.Refresh());

        List<string> texts = [];
        foreach (ReadOnlySpan<byte> text in old.ReadMany(wanted))
            texts.Add(Encoding.UTF8.GetString(text));
        Assert.Equal([Author.Text(3, 1), Author.Text(1, 0), Author.Text(3, 2), Author.Text(2, 5)], texts);

        using ReadScope current = manager.BeginScope();
        texts.Clear();
        foreach (ReadOnlySpan<byte> text in current.ReadMany(wanted))
            texts.Add(Encoding.UTF8.GetString(text));
        Assert.Equal(["Rewritten.", Author.Text(1, 0), Author.Text(3, 2), "Rewritten too."], texts);
    }

    [Fact]
    public void OneDimensionOfManyChanges_TheOthersStayInMemoryAsTheyAre()
    {
        using Author author = Author.OfTexts(dimensions: 5, layers: 8).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder);
        for (ushort d = 1; d <= 5; d++)
            manager.ReadText(new LayerId(d, 0));
        long decoded = manager.GetStats().DecodedBlocks;

        author.Rewrites(3, 0, "Rewritten.").Publishes();
        Assert.True(manager.Refresh());
        for (ushort d = 1; d <= 5; d++)
            Assert.Equal(d == 3 ? "Rewritten." : Author.Text(d, 0), manager.ReadText(new LayerId(d, 0)));

        Assert.Equal(decoded + 1, manager.GetStats().DecodedBlocks);
        Assert.False(manager.Refresh());
    }

    [Fact]
    public void ADimensionComesAndAnotherGoes_ReadersOfEachAreToldWhatIsSo()
    {
        using Author author = Author.OfTexts(dimensions: 1, layers: 2).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder);
        Assert.Equal(MemoryError.DimensionNotFound, Assert.Throws<MemoryException>(() => manager.ReadText(new LayerId(9, 0))).Error);
        using LayerLease lease = manager.Acquire(new LayerId(1, 1));

        using (Author successor = new Author().Adds(9, "Ninth").Writes(9, 0, "New."))
        {
            successor.Publishes();
            foreach (string file in Directory.GetFiles(successor.Folder))
                File.Copy(file, Path.Combine(author.Folder, Path.GetFileName(file)), overwrite: true);
        }

        Assert.True(manager.Refresh());
        Assert.Equal("New.", manager.ReadText(new LayerId(9, 0)));
        Assert.Equal(MemoryError.DimensionNotFound, Assert.Throws<MemoryException>(() => manager.ReadText(new LayerId(1, 0))).Error);
        Assert.Equal(Author.Text(1, 1), Encoding.UTF8.GetString(lease.Span));
    }

    [Fact]
    public void ABrokenManifestArrives_TheProgramRefusesItAndServesWhatItHas()
    {
        using Author author = Author.OfTexts(dimensions: 1, layers: 2).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder);
        manager.ReadText(new LayerId(1, 0));
        string manifest = Path.Combine(author.Folder, DataSetManifest.FileName);
        byte[] good = File.ReadAllBytes(manifest);

        File.WriteAllBytes(manifest, good[..^20]);
        Assert.Throws<LaminaFormatException>(() => manager.Refresh());
        Assert.Equal(Author.Text(1, 1), manager.ReadText(new LayerId(1, 1)));

        File.WriteAllBytes(manifest, good);
        Assert.False(manager.Refresh());
    }

    [Fact]
    public void ReadersReadAllTheWhile_EachTextIsWhollyOneVersionOrTheNext()
    {
        const int Versions = 6;
        using Author author = new Author().Adds(1, "Changing").Adds(2, "Constant");
        Write(0);
        using MmapManager manager = MmapManager.Open(author.Folder);
        int version = 0;
        bool isOver = false;

        Crew.Works(3, index =>
        {
            if (index == 0)
            {
                for (int next = 1; next < Versions; next++)
                {
                    Write(next);
                    manager.Refresh();
                    Volatile.Write(ref version, next);
                }

                Volatile.Write(ref isOver, true);
                return;
            }

            while (!Volatile.Read(ref isOver))
            {
                int least = Volatile.Read(ref version);
                string text = manager.ReadText(new LayerId(1, 0));
                int seen = int.Parse(text.AsSpan(0, 1), System.Globalization.CultureInfo.InvariantCulture);
                Assert.Equal(Version(seen), text);
                Assert.InRange(seen, least, Versions - 1);
                Assert.Equal("Always the same.", manager.ReadText(new LayerId(2, 0)));
            }
        });

        void Write(int number) => author.Writes(1, 0, Version(number)).Writes(2, 0, "Always the same.").Publishes();

        static string Version(int number) => new((char)('0' + number), 3000);
    }
}

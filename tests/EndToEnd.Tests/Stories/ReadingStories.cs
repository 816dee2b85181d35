using System.Buffers;
using System.Text;
using Lamina.Format.Conversion;

namespace Lamina.EndToEnd.Tests.Stories;

/// <summary>A program looks for layers and reads them.</summary>
[Trait("Story", "Reading")]
public sealed class ReadingStories
{
    [Fact]
    public void APromptIsPutTogether_APathOfLayersIsReadInOneScopeInOrder()
    {
        using Author author = Emotions().Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder);
        using ReadScope scope = manager.BeginScope();

        // From the leaf up to the root, by parents; then all texts from the root down.
        List<LayerId> path = [];
        for (LayerId? layer = manager.FindByName("Bliss").Single(); layer is LayerId id; layer = scope.GetInfo(id).Parent)
            path.Insert(0, id);
        ArrayBufferWriter<byte> prompt = new();
        foreach (LayerId id in path)
        {
            prompt.Write(scope.GetName(id));
            prompt.Write(": "u8);
            prompt.Write(scope[id]);
            prompt.Write("\n"u8);
        }

        Assert.Equal(
            "Affect: What moves us.\nJoy: Room for more of it.\nBliss: No room for anything else.\n",
            Encoding.UTF8.GetString(prompt.WrittenSpan));
        Assert.Equal([0, 1, 2], path.Select(manager.GetInfo).Select(static info => info.Depth));
    }

    [Fact]
    public void AWordIsLookedUp_ByKeywordByPrefixAndByFrequency()
    {
        using Author author = Emotions().Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder);

        Assert.Equal(["Joy"], Names(manager.FindByKeyword("elation")));
        Assert.Equal(["Joy", "Bliss"], Names(manager.FindByKeyword("happy")));
        Assert.Equal(["Joy", "Bliss", "Calm"], Names(manager.FindByKeywordPrefix("hap").Concat(manager.FindByKeywordPrefix("peace"))));
        Assert.Equal(["Joy", "Calm"], Names(manager.FindByFrequency(1.5, 8)));
        Assert.Empty(manager.FindByKeyword("hap"));
        Assert.Empty(manager.FindByFrequency(100, 200));
        Assert.Equal(["joy", "elation", "happy"], manager.GetKeywords(new LayerId(1, 3)));

        IEnumerable<string?> Names(IEnumerable<LayerId> layers) => layers.Select(manager.GetName);
    }

    [Fact]
    public void ABinaryLayerIsReadAsText_ThatIsAnErrorAndItsBytesStayReadable()
    {
        byte[] image = [0x89, 0x50, 0x4E, 0x47, 0xFF, 0xFE, 0x00];
        using Author author = new Author().Adds(1, "Pictures").Stores(1, 0, image).Writes(1, 1, "A text: déjà vu.").Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder);

        MemoryException refusal = Assert.Throws<MemoryException>(() => manager.ReadText(new LayerId(1, 0)));
        Assert.Equal((MemoryError.InvalidText, new LayerId(1, 0)), (refusal.Error, refusal.Layer!.Value));
        Assert.Equal(image, manager.ReadCopy(new LayerId(1, 0)));
        Assert.Equal("A text: déjà vu.", manager.ReadText(new LayerId(1, 1)));
    }

    [Fact]
    public async Task ARequestAwaitsWhileItUsesALayer_TheRentedCopyOutlivesEverything()
    {
        using Author author = Emotions().Publishes();
        IMemoryOwner<byte> rented;
        using (MmapManager manager = MmapManager.Open(author.Folder))
            rented = manager.Rent(new LayerId(1, 3));

        using (rented)
        {
            await Task.Yield();
            Assert.Equal("Room for more of it.", Encoding.UTF8.GetString(rented.Memory.Span));
        }
    }

    [Fact]
    public void TheFolderIsOnAShareThatMayGoAway_ACopyServesWithoutIt()
    {
        using Author author = Author.OfTexts(dimensions: 2, layers: 30).Publishes();
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { OpenMode = OpenMode.Copy });
        manager.LoadAll();
        Assert.True(manager.GetStats().CopiedBytes > 0);
        Assert.Equal(0, manager.GetStats().MappedBytes);

        foreach (string file in Directory.GetFiles(author.Folder))
            File.Delete(file);

        for (int i = 0; i < 30; i++)
            Assert.Equal(Author.Text(2, i), manager.ReadText(new LayerId(2, (uint)i)));
    }

    [Theory]
    [InlineData(CompressionLevel.None, LoadMode.Lazy, OpenMode.Map)]
    [InlineData(CompressionLevel.Fast, LoadMode.Eager, OpenMode.Map)]
    [InlineData(CompressionLevel.Max, LoadMode.Lazy, OpenMode.Copy)]
    [InlineData(CompressionLevel.None, LoadMode.Eager, OpenMode.Copy)]
    public void TheSameSourceIsPackedAndOpenedInAnyWay_ItReadsTheSame(CompressionLevel level, LoadMode load, OpenMode open)
    {
        using Author author = Author.OfTexts(dimensions: 2, layers: 50).Stores(1, 60, []).Publishes(new ConversionOptions { Level = level });
        using MmapManager manager = MmapManager.Open(author.Folder, new MemoryConfig { LoadMode = load, OpenMode = open });
        using ReadScope scope = manager.BeginScope();
        foreach (DimensionId dimension in manager.Dimensions)
        {
            foreach (LayerId id in manager.Layers(dimension))
            {
                string expected = id.Number == 60 ? "" : Author.Text(id.Dimension.Value, (int)id.Number);
                Assert.Equal(expected, manager.ReadText(id));
                Assert.Equal(expected, Encoding.UTF8.GetString(scope[id]));
                Assert.Equal(expected, manager.Read(id, 0, static (content, _) => Encoding.UTF8.GetString(content)));
            }
        }
    }

    private static Author Emotions() => new Author()
        .Adds(1, "Emotion")
        .Writes(1, 0, "What moves us.", "Affect", frequency: 30, keywords: ["affect"])
        .Writes(1, 3, "Room for more of it.", "Joy", parent: 0, frequency: 2, keywords: ["joy", "elation", "happy"])
        .Writes(1, 4, "No room for anything else.", "Bliss", parent: 3, frequency: 1.25, keywords: ["happy"])
        .Writes(1, 7, "Nothing to add.", "Calm", parent: 0, frequency: 8, keywords: ["peace"]);
}

using System.Text;
using System.Text.Json;
using Lamina.Format.Conversion;
using Lamina.Format.Layout;
using Lamina.Format.Reading;
using Lamina.Format.Verification;

namespace Lamina.Format.Tests.Conversion;

/// <summary>The highest level gives dimensions of small layers a dictionary, where it pays.</summary>
public sealed class DictionaryConversionTests
{
    private static readonly ConversionOptions Max = new() { Level = CompressionLevel.Max };

    [Fact]
    [Trait("Spec", "DIC-1"), Trait("Spec", "DIC-2")]
    public async Task Convert_ManySmallLayersAtMax_UsesADictionaryAndReadsBack()
    {
        string[] contents = [.. Enumerable.Range(0, 6000).Select(Gloss)];
        using TemporaryFolder folder = new();
        string region = await ConvertAsync(folder, contents, Max);

        Assert.True(DataSetVerifier.Verify(folder.Path).IsValid);
        using MappedFile file = new(region);
        Region opened = Region.Open(file.View, region);
        Assert.False(opened.Dictionary.IsEmpty);
        Assert.Equal(4 * 1024, opened.BlockSize);
        Assert.Contains(opened.Blocks.ToArray(), static block => block.Codec == (uint)BlockCodec.Lz4WithDictionary);
        Assert.Equal(contents, Contents(opened));
    }

    [Fact]
    public async Task Convert_AtMaxWithOtherJobsAndOrder_GivesTheSameFile()
    {
        string[] contents = [.. Enumerable.Range(0, 6000).Select(Gloss)];
        using TemporaryFolder first = new();
        using TemporaryFolder second = new();

        string one = await ConvertAsync(first, contents, Max with { Jobs = 1 });
        string other = await ConvertAsync(second, contents, Max with { Jobs = 3 }, reversed: true);

        Assert.Equal(Path.GetFileName(one), Path.GetFileName(other));
        Assert.Equal(await File.ReadAllBytesAsync(one), await File.ReadAllBytesAsync(other));
    }

    [Theory]
    [InlineData(0)]    // nothing at all
    [InlineData(3)]    // too little to choose from
    [Trait("Spec", "DIC-2")]
    public async Task Convert_FewLayersAtMax_HasNoDictionary(int count)
    {
        string[] contents = [.. Enumerable.Range(0, count).Select(Gloss)];
        using TemporaryFolder folder = new();
        string region = await ConvertAsync(folder, contents, Max);

        using MappedFile file = new(region);
        Region opened = Region.Open(file.View, region);
        Assert.True(opened.Dictionary.IsEmpty);
        Assert.Equal(64 * 1024, opened.BlockSize);
        Assert.Equal(contents, Contents(opened));
    }

    [Fact]
    [Trait("Spec", "DIC-2")]
    public async Task Convert_LayersWithoutAnythingInCommonAtMax_HasNoDictionary()
    {
        Random random = new(17);
        string[] contents = [.. Enumerable.Range(0, 2000).Select(_ => Convert.ToBase64String(RandomBytes(random, 60)))];
        using TemporaryFolder folder = new();
        string region = await ConvertAsync(folder, contents, Max);

        using MappedFile file = new(region);
        Region opened = Region.Open(file.View, region);
        Assert.True(opened.Dictionary.IsEmpty);
        Assert.Equal(contents, Contents(opened));
    }

    // Each phrase is rare enough that a block seldom holds it twice, and common enough to be worth a place in a dictionary.
    private static readonly string[] Phrases = [.. Enumerable.Range(0, 1000).Select(static seed =>
    {
        Random random = new(seed);
        return string.Create(48, random, static (text, letters) =>
        {
            for (int i = 0; i < text.Length; i++)
                text[i] = letters.Next(6) == 0 ? ' ' : (char)('a' + letters.Next(26));
        });
    })];

    private static string Gloss(int number)
    {
        Random random = new(number);
        return Phrases[random.Next(Phrases.Length)] + "; " + number + Phrases[random.Next(Phrases.Length)];
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static async Task<string> ConvertAsync(TemporaryFolder folder, string[] contents, ConversionOptions options, bool reversed = false)
    {
        IEnumerable<string> layers = contents.Select(static (content, number) =>
            $$"""{"dimension_id":1,"layer_num":{{number}},"content":{{JsonSerializer.Serialize(content)}}}""");
        string source = folder.Under("source.json");
        await File.WriteAllTextAsync(
            source, $$"""{"dimensions":[{"id":1}],"layers":[{{string.Join(',', reversed ? layers.Reverse() : layers)}}]}""");
        ConversionResult result = await DataSetConverter.ConvertAsync(source, folder.Path, options);
        return folder.Under(result.Manifest.Dimensions[0].File);
    }

    private static string[] Contents(Region region)
    {
        string[] contents = new string[region.LayerCount];
        for (int layer = 0; layer < contents.Length; layer++)
        {
            LayerLocation location = region.Locations[layer];
            BlockEntry block = region.Blocks[(int)location.Block];
            byte[] decoded = new byte[block.DecodedLength];
            region.DecodeBlock((int)location.Block, decoded);
            contents[layer] = Encoding.UTF8.GetString(decoded, (int)(location.ImageOffset - block.ImageOffset), (int)location.Length);
        }

        return contents;
    }
}

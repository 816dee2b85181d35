using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Format.Conversion;

namespace Lamina.Format.Tests.Conversion;

public sealed class CanonicalFormTests
{
    [Property(MaxTest = 25), Trait("Spec", "CAN-1"), Trait("Spec", "CAN-6")]
    public Property Convert_AnyOrderAndJobs_GivesTheSameFilesWithTheGivenLayers()
    {
        return Prop.ForAll(ArbMap.Default.ArbFor<int>(), seed => Check(new Random(seed)).GetAwaiter().GetResult());

        static async Task<bool> Check(Random random)
        {
            using TemporaryFolder root = new();
            (InputScript input, PublishedDataSet.Dimension[] expected) = RandomInput(random);
            ConversionOptions options = new()
            {
                BlockSize = 1 << random.Next(10, 14),
                ContentAlignment = 1 << random.Next(0, 7),
                Level = (CompressionLevel)random.Next(4),
                Jobs = 1,
                Simulate = true,
            };

            await input.ConvertAsync(root.Under("a"), options);
            await input.ConvertAsync(root.Under("b"), options with { Jobs = 4, UnfinishedBytes = random.Next(6000) });
            await input.Shuffled(random).ConvertAsync(root.Under("c"), options with { Jobs = 2 });

            Assert.Equivalent(expected, PublishedDataSet.Read(root.Under("a")), strict: true);
            Assert.Equal(PublishedDataSet.Hashes(root.Under("a")), PublishedDataSet.Hashes(root.Under("b")));
            Assert.Equal(PublishedDataSet.Hashes(root.Under("a")), PublishedDataSet.Hashes(root.Under("c")));
            return true;
        }
    }

    [Fact]
    public async Task Convert_EmptyContentOutOfOrder_StillMovesWhereBlocksBegin()
    {
        using TemporaryFolder root = new();
        InputScript input = new InputScript().Dimension(1).Layer(1, 3, "three").Layer(1, 1, "");
        InputScript ordered = new InputScript().Dimension(1).Layer(1, 1, "").Layer(1, 3, "three");

        await input.ConvertAsync(root.Under("a"));
        await ordered.ConvertAsync(root.Under("b"));

        Assert.Equal(["", "three"], PublishedDataSet.Read(root.Under("a"))[0].Layers.Select(layer => layer.TextOf()));
        Assert.Equal(PublishedDataSet.Hashes(root.Under("b")), PublishedDataSet.Hashes(root.Under("a")));
    }

    private static (InputScript Input, PublishedDataSet.Dimension[] Expected) RandomInput(Random random)
    {
        InputScript input = new();
        List<PublishedDataSet.Dimension> expected = [];
        for (int id = 1; id <= random.Next(1, 5); id++)
        {
            string? name = random.Next(2) == 0 ? null : $"Dimension {id}";
            input.Dimension(id, name, long.MaxValue >> 20, max: 50);
            List<PublishedDataSet.Layer> layers = [];
            uint number = 0;
            for (int i = random.Next(40); i > 0; i--)
            {
                number += (uint)random.Next(1, 3);
                PublishedDataSet.Layer? parent = layers.Count > 0 && random.Next(2) == 0 ? layers[random.Next(layers.Count)] : null;
                string[] keywords = [.. Enumerable.Range(0, random.Next(4))
                    .Select(_ => new string("kéy🙂"[random.Next(2)], random.Next(1, 12))).Distinct()];
                string layerName = random.Next(2) == 0 ? "" : $"name {random.Next(5)}";
                double? frequency = random.Next(2) == 0 ? random.Next(40) / 2.0 : null;
                byte[] content = RandomContent(random);
                input.Layer(
                    id, number, content, layerName.Length == 0 ? null : layerName, parent?.Number,
                    random.Next(2) == 0 ? parent?.Depth + 1 ?? 0 : null, frequency, keywords);
                layers.Add(new PublishedDataSet.Layer(
                    number, layerName, parent?.Number, parent?.Depth + 1 ?? 0, frequency, string.Join('|', keywords), false,
                    Convert.ToHexString(content)));
            }

            expected.Add(new PublishedDataSet.Dimension(id, name ?? "", long.MaxValue >> 20, null, 50, false, layers));
        }

        return (input, [.. expected]);
    }

    private static byte[] RandomContent(Random random)
    {
        byte[] content = new byte[random.Next(4) switch { 0 => 0, 1 => random.Next(20), 2 => random.Next(2000), _ => random.Next(20000) }];
        if (random.Next(3) == 0)
            random.NextBytes(content);
        else
            Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"text {random.Next(9)} ", content.Length / 7))).CopyTo(content, 0);
        return content;
    }
}

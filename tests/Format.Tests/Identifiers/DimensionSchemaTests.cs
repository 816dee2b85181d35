using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Lamina.Format.Tests.Identifiers;

public sealed class DimensionSchemaTests
{
    private static readonly DimensionId D01 = new(1);

    [Fact]
    public void Layers_OfConsecutiveNumbers_AreFoundBothWays()
    {
        DimensionSchema schema = new(D01, "Emotion", 5, "7 - Joy\n8 9\n9 - Fear"u8);

        Assert.Equal((D01, "Emotion", (UInt128)5, 3), (schema.Id, schema.Name, schema.Fingerprint, schema.LayerCount));
        Assert.Equal([new(1, 7), new(1, 8), new(1, 9)], schema.LayerIds.ToArray());
        Assert.Equal(new LayerSchema(new LayerId(1, 7), "Joy"), schema.LayerAt(0));
        Assert.Equal(new LayerSchema(new LayerId(1, 8), null, new LayerId(1, 9)), schema.LayerAt(1));
        Assert.True(schema.TryGetParent(new LayerId(1, 8), out LayerId parent));
        Assert.Equal(new LayerId(1, 9), parent);
        Assert.False(schema.TryGetParent(new LayerId(1, 9), out _));
        Assert.False(schema.TryGetParent(new LayerId(1, 10), out _));
        LayerId[] layers = [new(1, 7), new(1, 9), new(1, 8), new(1, 6), new(1, 10), new(2, 7)];
        Assert.Equal([0, 2, 1, -1, -1, -1], layers.Select(schema.IndexOf));
        Assert.Equal(["Joy", "Fear", null, null, null, null], layers.Select(schema.NameOf));
        Assert.Equal((true, false), (schema.Contains(new LayerId(1, 8)), schema.Contains(new LayerId(1, 10))));
        Assert.Equal("D01 Emotion", schema.ToString());
    }

    [Fact]
    public void Layers_WithNumbersLeftOut_AreTheNext()
    {
        DimensionSchema schema = new(D01, null, 0, "4 -\n+ 4 Joy\r\n+ 5\n9 -\n+ -\n4294967294 -\n+ 9 + 1"u8);

        Assert.Equal(
            [
                new(new(1, 4), null), new(new(1, 5), "Joy", new(1, 4)), new(new(1, 6), null, new(1, 5)), new(new(1, 9), null),
                new(new(1, 10), null), new(new(1, uint.MaxValue - 1), null), new(new(1, uint.MaxValue), "+ 1", new(1, 9)),
            ],
            Enumerable.Range(0, schema.LayerCount).Select(schema.LayerAt));
    }

    [Fact]
    public void Layers_OfSparseNumbers_AreFoundBothWays()
    {
        DimensionSchema schema = new(D01, null, 0, "0 -\n5 0\n4294967295 5"u8);

        Assert.Equal([new(1, 0), new(1, 5), new(1, uint.MaxValue)], schema.LayerIds.ToArray());
        uint[] numbers = [0, 5, uint.MaxValue, 1, 6];
        Assert.Equal([0, 1, 2, -1, -1], numbers.Select(number => schema.IndexOf(new LayerId(1, number))));
        Assert.Null(schema.LayerAt(2).Name);
        Assert.Equal("D01", schema.ToString());
    }

    [Theory]
    [InlineData("Joy", 0)]
    [InlineData("Fear", 2)]
    [InlineData("😀", 4)]
    [InlineData("joy", -1)]
    [InlineData("Jo", -1)]
    [InlineData("Joy\n", -1)]
    [InlineData("", -1)]
    [InlineData("\ud83d", -1)]
    public void TryFindLayer_Name_IsComparedOrdinally(string name, int expected)
    {
        DimensionSchema schema = new(D01, null, 0, "0 - Joy\r\n1 -\r\n2 0 Fear\r\n3 0 Fear\r\n4 - 😀"u8);

        bool found = schema.TryFindLayer(name, out LayerId layer);

        Assert.Equal(expected >= 0, found);
        Assert.Equal(expected < 0 ? default : new LayerId(1, (uint)expected), layer);
    }

    [Theory]
    [InlineData("a", 31)]
    [InlineData("a", 33)]
    [InlineData("a", 1024)]
    [InlineData("é", 512)]
    [InlineData("語", 32)]
    [InlineData("語", 341)]
    public void TryFindLayer_NamesOfEachLength_AreFound(string character, int count)
    {
        string name = string.Concat(Enumerable.Repeat(character, count));
        DimensionSchema schema = DimensionSchema.Create(D01, null, [new(new(1, 0), null), new(new(1, 1), name)]);

        Assert.True(schema.TryFindLayer(name, out LayerId layer));
        Assert.Equal(new LayerId(1, 1), layer);
        Assert.False(schema.TryFindLayer(name + character, out _));
        Assert.False(schema.TryFindLayer(name.AsSpan(1), out _));
    }

    [Fact]
    public void TryFindLayer_NoNames_FindsNothing()
    {
        Assert.False(new DimensionSchema(D01, null, 0, "0 -\n1 -"u8).TryFindLayer("a", out _));
        Assert.False(new DimensionSchema(D01, null, 0, default).TryFindLayer(new string('a', 10_000), out _));
    }

    [Fact]
    public void TryFindLayer_AfterTheFirstCall_AllocatesNothing()
    {
        DimensionSchema schema = new(D01, null, 0, "0 - Joy\n1 0 Fear"u8);
        Assert.True(Use());

        long before = GC.GetAllocatedBytesForCurrentThread();
        bool used = Use();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(used);
        Assert.Equal(0, allocated);

        bool Use() => schema.TryFindLayer("Fear", out _) && schema.LayerIds.Length == schema.NamedLayerIds.Length && schema.LayerAt(1).Name is not null;
    }

    [Property]
    public Property Create_AnyLayers_FindsEachByNumberAndName()
    {
        Gen<(uint, string?)> layers = Gen.Choose(0, 300).Select(static i => (uint)i)
            .Zip(Gen.Frequency(
                (1, Gen.Constant<string?>(null)), (4, Gen.Choose(0, 200).Select(static i => (string?)$"näme\n{i}"))));
        return Prop.ForAll(layers.ArrayOf().ToArbitrary(), static drawn =>
        {
            LayerSchema[] expected =
            [
                .. drawn.DistinctBy(static l => l.Item1).OrderBy(static l => l.Item1)
                    .Select(static l => new LayerSchema(new LayerId(1, l.Item1), l.Item2)),
            ];

            DimensionSchema schema = DimensionSchema.Create(D01, null, expected.Reverse());

            Assert.Equal(expected, Enumerable.Range(0, schema.LayerCount).Select(schema.LayerAt));
            Assert.Equal(expected.Select(static l => l.Id), schema.LayerIds.ToArray());
            Assert.Equal(
                expected.Where(static l => l.Name is not null).Select(static l => l.Id), schema.NamedLayerIds.ToArray());
            foreach (LayerSchema layer in expected.Where(static l => l.Name is not null))
            {
                Assert.True(schema.TryFindLayer(layer.Name, out LayerId found));
                Assert.Equal(expected.First(l => l.Name == layer.Name).Id, found);
                Assert.True(schema.TryFindLayer(Encoding.UTF8.GetBytes(layer.Name!), out found));
                Assert.Equal(layer.Name, schema.NameOf(layer.Id));
            }
        });
    }

    [Fact]
    public void Constructor_WhatDoesNotFit_Throws()
    {
        string longest = new('a', Limits.MaxNameLength);
        DimensionSchema schema = new(D01, longest, 0, Encoding.UTF8.GetBytes("0 - " + longest));
        Assert.Equal((longest, longest), (schema.Name, schema.NameOf(new LayerId(1, 0))));

        Assert.Throws<ArgumentException>(static () => new DimensionSchema(default, null, 0, default));
        Assert.Throws<ArgumentException>(static () => new DimensionSchema(D01, "", 0, default));
        Assert.Throws<ArgumentException>(() => new DimensionSchema(D01, longest + "a", 0, default));
        Assert.Throws<ArgumentException>(static () => new DimensionSchema(D01, "\ud800", 0, default));
        Assert.Throws<ArgumentException>(() => new DimensionSchema(D01, null, 0, Encoding.UTF8.GetBytes($"0 - {longest}a")));
        Assert.Throws<ArgumentException>(static () => new DimensionSchema(D01, null, 0, [(byte)'0', 32, (byte)'-', 32, 0xFF]));
        Assert.Throws<ArgumentNullException>(static () => DimensionSchema.Create(D01, null, null!));
        Assert.Throws<ArgumentException>(static () => DimensionSchema.Create(D01, null, [new(new(2, 0), null)]));
        Assert.Throws<ArgumentException>(
            static () => DimensionSchema.Create(D01, null, [new(new(1, 0), null), new(new(1, 0), "a")]));
        Assert.Throws<ArgumentException>(static () => DimensionSchema.Create(D01, null, [new(new(1, 0), "\udc00")]));
        Assert.Throws<ArgumentException>(
            static () => DimensionSchema.Create(D01, null, [new(new(1, 0), null, new LayerId(2, 0))]));
        Assert.Throws<ArgumentException>(
            static () => DimensionSchema.Create(D01, null, [new(new(1, 0), null, new LayerId(1, 1))]));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new DimensionSchema(D01, null, 0, "0 -"u8).LayerAt(1));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new DimensionSchema(D01, null, 0, "0 -"u8).LayerAt(-1));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("0 -\n")]
    [InlineData("0")]
    [InlineData("0 ")]
    [InlineData("0 - ")]
    [InlineData("0 -a")]
    [InlineData("0  -")]
    [InlineData(" 0 -")]
    [InlineData("- 0")]
    [InlineData("-1 -")]
    [InlineData("4294967296 -")]
    [InlineData("0 4294967296")]
    [InlineData("a -")]
    [InlineData("0 a")]
    [InlineData("+ -")] // after none
    [InlineData("4294967295 -\n+ -")]
    [InlineData("0 -\n+")]
    [InlineData("0 -\n+1 -")]
    [InlineData("0 -\n++ -")]
    [InlineData("0 -\n0 -")] // twice
    [InlineData("1 -\n0 -")] // not ascending
    [InlineData("0 1")] // a parent that is not there
    public void Constructor_TextThatIsNotLayers_Throws(string layers) => Assert.Throws<ArgumentException>(
        () => new DimensionSchema(D01, null, 0, Encoding.UTF8.GetBytes(layers)));
}

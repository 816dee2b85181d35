extern alias format;

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using format::Lamina;

namespace Lamina.Generator.Tests;

public sealed class FingerprintTests
{
    private static Arbitrary<(ushort Id, string? Name, (uint Number, string? Name)[] Layers)> Schemas
    {
        get
        {
            Gen<string?> names = Gen.Frequency(
                (1, Gen.Constant<string?>(null)),
                (3, Gen.Elements("a", "Joy", "é", "😀", "\n", "\"", new string('x', 1024)).Select(static s => (string?)s)),
                (3, Gen.Choose(0, 99_999).Select(static i => (string?)("name " + i))));
            Gen<uint> numbers = Gen.OneOf(
                Gen.Choose(0, 40).Select(static i => (uint)i), Gen.Choose(0, 40).Select(static i => uint.MaxValue - (uint)i));
            return (from id in Gen.Choose(1, ushort.MaxValue)
                    from name in names
                    from count in Gen.Choose(0, 40)
                    from layers in numbers.Zip(names).ArrayOf(count)
                    let distinct = layers.DistinctBy(static l => l.Item1).Select(static l => (l.Item1, l.Item2)).ToArray()
                    select ((ushort)id, name, distinct))
                .ToArbitrary();
        }
    }

    [Property(MaxTest = 30), Trait("Spec", "FPR-1")]
    public Property Generate_AnySchema_HasTheFingerprintOfThePlainComputation() => Prop.ForAll(Schemas, static schema =>
    {
        string json = System.Text.Json.JsonSerializer.Serialize(new
        {
            dimensions = new[] { new { id = schema.Id, name = schema.Name } },
            layers = schema.Layers.Select(layer => new { dimension_id = schema.Id, layer_num = layer.Number, name = layer.Name }),
        });

        Type dimensions = Run.Load(Run.Generate(json)).GetType("My.App.Dimensions")!;
        DimensionSchema generated = ((IReadOnlyList<DimensionSchema>)dimensions.GetProperty("All")!.GetValue(null)!)[0];

        Assert.Equal(Plain(schema.Id, schema.Name, schema.Layers), generated.Fingerprint);
        Assert.Equal(schema.Layers.Length, generated.LayerCount);
        Assert.Equal(
            schema.Layers.OrderBy(static layer => layer.Number)
                .Select(layer => new LayerSchema(new LayerId(schema.Id, layer.Number), layer.Name)),
            Enumerable.Range(0, generated.LayerCount).Select(generated.LayerAt));
    });

    [Property, Trait("Spec", "FPR-1")]
    public Property Create_AnySchema_HasTheFingerprintOfThePlainComputation() => Prop.ForAll(Schemas, static schema =>
    {
        IEnumerable<LayerSchema> layers =
            schema.Layers.Select(layer => new LayerSchema(new LayerId(schema.Id, layer.Number), layer.Name));

        DimensionSchema created = DimensionSchema.Create(new DimensionId(schema.Id), schema.Name, layers);

        Assert.Equal(Plain(schema.Id, schema.Name, schema.Layers), created.Fingerprint);
    });

    [Fact, Trait("Spec", "FPR-1")]
    public void Fingerprint_OfOneLayer_IsTheVector()
    {
        // u16 1, u16 1 "A", u32 1 layer; u32 3, u16 3 "Joy"
        byte[] hashed = Convert.FromHexString("0100" + "0100" + "41" + "01000000" + "03000000" + "0300" + "4A6F79");

        DimensionSchema schema = DimensionSchema.Create(new DimensionId(1), "A", [new LayerSchema(new LayerId(1, 3), "Joy")]);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(hashed)[..16]), schema.Fingerprint.ToString("x32", null));
    }

    /// <summary>The specification's words, one after another.</summary>
    private static UInt128 Plain(ushort id, string? name, (uint Number, string? Name)[] layers)
    {
        List<byte> bytes = [];
        Number(id, 2);
        Name(name);
        Number((uint)layers.Length, 4);
        foreach ((uint number, string? layerName) in layers.OrderBy(static layer => layer.Number))
        {
            Number(number, 4);
            Name(layerName);
        }

        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes.ToArray()));

        void Number(uint value, int size)
        {
            for (int i = 0; i < size; i++)
                bytes.Add((byte)(value >> (8 * i)));
        }

        void Name(string? text)
        {
            byte[] utf8 = Encoding.UTF8.GetBytes(text ?? "");
            Number((uint)utf8.Length, 2);
            bytes.AddRange(utf8);
        }
    }
}

extern alias format;

using format::Lamina;
using Microsoft.CodeAnalysis;

namespace Lamina.Generator.Tests;

public sealed class GeneratedCodeTests
{
    private const string Emotion = """
        { "dimensions": [ { "id": 1, "name": "Emotion", "frequency_min": 0.5, "frequency_max": 2.5, "size_bytes": 20971520 } ],
          "layers":     [ { "dimension_id": 1, "layer_num": 0, "name": "Feeling", "content": "" },
                          { "dimension_id": 1, "layer_num": 3, "name": "Joy", "depth": 1, "parent_layer": 0,
                            "keywords": ["joy", "elation"], "frequency": 2.0, "mmap_offset": 64,
                            "content": "\n  A <great> pleasure & more \nand more" },
                          { "dimension_id": 1, "layer_num": 2, "parent_layer": 3 } ] }
        """;

    [Fact]
    public void Generate_SmallDataSet_IsTheSnapshot()
    {
        GeneratorRunResult result = Run.Generate(Emotion);

        Assert.Empty(result.Diagnostics);
        Assert.Equal(["My.App.Emotion.g.cs", "My.App.Dimensions.g.cs"], result.GeneratedSources.Select(static s => s.HintName));
        Assert.Equal(Snapshot("Emotion"), result.Source("Emotion"));
        Assert.Equal(Snapshot("Dimensions"), result.Source("Dimensions"));
    }

    [Fact]
    public void Generate_SmallDataSet_AnswersAsDeclared()
    {
        System.Reflection.Assembly assembly = Run.Load(Run.Generate(Emotion), """
            using Lamina;
            using My.App;

            internal static class Program
            {
                public static object?[] Main() =>
                [
                    Emotion.Id, Emotion.Name, Emotion.FrequencyMin, Emotion.FrequencyMax,
                    Emotion.Layers.Feeling, Emotion.Layers.L2, Emotion.Layers.Joy, Emotion.Layers.All.ToArray(),
                    Find("Joy"), Find("joy"), Find(""),
                    Parent(Emotion.Layers.Joy), Parent(Emotion.Layers.L2),
                    Parent(Emotion.Layers.Feeling), Parent(new LayerId(2, 3)),
                    Dimensions.All, Emotion.Schema,
                    Dimensions.TryParse("Emotion", out DimensionId found), found, Dimensions.TryParse("Emotio", out found), found,
                ];

                private static LayerId? Find(string name) => Emotion.TryParse(name, out LayerId layer) ? layer : null;

                private static LayerId? Parent(LayerId layer) => Emotion.TryGetParent(layer, out LayerId parent) ? parent : null;
            }
            """);

        object?[] answers = (object?[])assembly.GetType("Program")!.GetMethod("Main")!.Invoke(null, null)!;

        DimensionSchema schema = (DimensionSchema)answers[16]!;
        Assert.Equal(
            [
                new DimensionId(1), "Emotion", 0.5, 2.5,
                new LayerId(1, 0), new LayerId(1, 2), new LayerId(1, 3), new LayerId[] { new(1, 0), new(1, 2), new(1, 3) },
                new LayerId(1, 3), null, null,
                new LayerId(1, 0), new LayerId(1, 3), null, null,
            ],
            answers[..15]);
        Assert.Equal([schema], (IReadOnlyList<DimensionSchema>)answers[15]!);
        Assert.Equal([true, new DimensionId(1), false, default(DimensionId)], answers[17..]);
        Assert.Equal("Emotion", schema.Name);
        Assert.Equal("Joy", schema.NameOf(new LayerId(1, 3)));
        Assert.Equal(new LayerSchema(new LayerId(1, 2), null, new LayerId(1, 3)), schema.LayerAt(1));
    }

    private static string Snapshot(string name)
    {
        using Stream stream = typeof(GeneratedCodeTests).Assembly.GetManifestResourceStream("Snapshots." + name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}

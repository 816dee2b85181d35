extern alias format;

using System.Text.Json;
using format::Lamina;
using Microsoft.CodeAnalysis;

namespace Lamina.Generator.Tests;

/// <summary>Members of a large dimension are fields of a structure, and in code they are what properties are.</summary>
public sealed class LayerFieldsTests
{
    /// <summary>The most members that are properties.</summary>
    private const int MaxProperties = 256;

    [Theory]
    [InlineData("public", "all")]
    [InlineData("internal", "all")]
    [InlineData("public", "named")]
    [InlineData("internal", "auto")]
    public void Members_OfALargeDimension_AreTheirLayers(string accessibility, string members)
    {
        // Sparse numbers, and every third layer without a name.
        uint[] numbers = [.. Enumerable.Range(0, 1500).Select(static i => (uint)(i * i))];
        MemoryOptions options = Run.Options().Property("LaminaMembers", members).Property("LaminaAccessibility", accessibility);
        GeneratorRunResult result = Run.Generate(Json(numbers, static i => i % 3 == 0 ? null : "name " + i), options);
        string[] expected =
        [
            .. numbers.Where((_, i) => members == "all" || i % 3 != 0)
                .Select(number => Math.Sqrt(number) % 3 == 0 ? "L" + number : "Name" + Math.Sqrt(number)),
        ];

        object?[] answers = Answers(result, expected);

        Assert.Equal(expected, result.LayerMembers("A"));
        Assert.Equal(
            numbers.Where((_, i) => members == "all" || i % 3 != 0).Select(static number => (object?)new LayerId(1, number)),
            answers[..^1]);
        Assert.Equal(numbers.Select(static number => new LayerId(1, number)), (LayerId[])answers[^1]!);
    }

    [Theory]
    [InlineData(MaxProperties, "public static class Layers")]
    [InlineData(MaxProperties + 1, "public static ref readonly LayerMembers Layers => ")]
    public void Layers_AtTheLimit_AreAClassAndPastItAStructure(int count, string declaration)
    {
        GeneratorRunResult result = Run.Generate(Json([.. Enumerable.Range(0, count).Select(static i => (uint)i)], static _ => null));

        Assert.Contains(declaration, result.Source("A"), StringComparison.Ordinal);
        Assert.Equal(new LayerId(1, (uint)count - 1), Answers(result, ["L" + (count - 1)])[0]);
    }

    [Fact]
    public void Members_PastTheMostFieldsOfAType_AreTheirLayersToo()
    {
        const int Count = 65_535 + 2;
        uint[] numbers = [.. Enumerable.Range(1, Count).Select(static i => (uint)i)];
        GeneratorRunResult result = Run.Generate(Json(numbers, static _ => null), Run.Options().Property("LaminaMembers", "all"));

        object?[] answers = Answers(result, ["L1", "L65535", "L65536", "L65537"]);

        Assert.Equal([1u, 65_535u, 65_536u, 65_537u], answers[..^1].Select(static id => ((LayerId)id!).Number));
        Assert.Equal(Count, ((LayerId[])answers[^1]!).Length);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(MaxProperties + 1)]
    public void Members_CalledLikeWhatIsAroundThem_AreTheirLayers(int count)
    {
        string[] names = ["Schema", "A", "My", "App", "LayerValues", "LayerMembers", "Members", "LayerId", "__LayerId", "global"];
        uint[] numbers = [.. Enumerable.Range(0, Math.Max(count, names.Length)).Select(static i => (uint)i)];
        GeneratorRunResult result = Run.Generate(Json(numbers, i => i < names.Length ? names[i] : null));

        object?[] answers = Answers(result, result.LayerMembers("A"));

        Assert.Equal(numbers.Select(static number => (object?)new LayerId(1, number)), answers[..^1]);
    }

    [Fact]
    public void Generate_DimensionCalledLikeTheStructure_IsSuffixed()
    {
        GeneratorRunResult result = Run.Generate("""{ "dimensions": [ { "id": 1, "name": "LayerMembers" }, { "id": 2, "name": "LayerValues" } ] }""");

        Assert.Equal(["LAM025", "LAM025"], result.Diagnostics.Select(static d => d.Id));
        Run.Compile(result, "class P { object Q => (My.App.LayerMembers_D01.Id, My.App.LayerValues_D02.Id); }");
    }

    [Fact]
    public void Layers_OfALargeDimension_CannotBeChanged()
    {
        GeneratorRunResult result = Run.Generate(Json([.. Enumerable.Range(0, 300).Select(static i => (uint)i)], static _ => null));

        Diagnostic[] errors =
        [
            .. Run.Compilation("class P { void Q() => My.App.A.Layers.L1 = My.App.A.Layers.L2; }")
                .AddSyntaxTrees(result.GeneratedSources.Select(static s => s.SyntaxTree)).GetDiagnostics(),
        ];

        Assert.Equal(["CS8332"], errors.Where(static d => d.Severity == DiagnosticSeverity.Error).Select(static d => d.Id));
    }

    private static string Json(uint[] numbers, Func<int, string?> name) => JsonSerializer.Serialize(new
    {
        dimensions = new[] { new { id = 1, name = "A" } },
        layers = numbers.Select((number, i) => new { dimension_id = 1, layer_num = number, name = name(i), content = "<text>" }),
    });

    /// <summary>What a program reads: each member, and all layers.</summary>
    private static object?[] Answers(GeneratorRunResult result, string[] members)
    {
        System.Reflection.Assembly assembly = Run.Load(result, $$"""
            internal static class Program
            {
                public static object?[] Main() =>
                    [{{string.Join(", ", members.Select(static member => "My.App.A.Layers." + member))}}, My.App.A.Layers.All.ToArray()];
            }
            """);
        return (object?[])assembly.GetType("Program")!.GetMethod("Main")!.Invoke(null, null)!;
    }
}

using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Generator.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Lamina.Generator.Tests;

public sealed class NameRulesTests
{
    [Theory]
    [InlineData("Joy", "Joy")]
    [InlineData("joy", "Joy")]
    [InlineData("noun.act", "NounAct")]
    [InlineData("sad_face", "SadFace")]
    [InlineData("camelCase HTTP", "CamelCaseHTTP")]
    [InlineData("  --- joy of   life!", "JoyOfLife")]
    [InlineData("class", "Class")]
    [InlineData("v1.5", "V1_5")]
    [InlineData("1 000", "_1_000")]
    [InlineData("3rd", "_3rd")]
    [InlineData("été", "Été")]
    [InlineData("straße", "Straße")]
    [InlineData("喜び", "喜び")]
    [InlineData("ilk", "Ilk")] // also where the culture says İ
    [InlineData("a\u200Db", "AB")] // a formatting character, which the compiler would ignore
    [InlineData("\u0301a", "_\u0301a")] // a combining mark begins no identifier
    [InlineData("a😀b𝒳", "AB")] // the compiler takes no character outside the basic plane
    [InlineData("𝒳", null)]
    [InlineData("!?", null)]
    [InlineData("_", null)]
    public void ToIdentifier_Name_FollowsTheRules(string name, string? expected) =>
        Assert.Equal(expected, NameRules.ToIdentifier(name));

    [Fact]
    public void ToIdentifier_LongName_IsCut() =>
        Assert.Equal(new string('A', 1) + new string('a', 127), NameRules.ToIdentifier(new string('a', 1024)));

    [Property]
    public void ToIdentifier_AnyName_IsAnIdentifierAndNoKeyword(string? name)
    {
        string? identifier = NameRules.ToIdentifier(name ?? "");

        Assert.True(identifier is null || SyntaxFacts.IsValidIdentifier(identifier), identifier);
        Assert.True(identifier is null || SyntaxFacts.GetKeywordKind(identifier) == SyntaxKind.None, identifier);
    }

    [Theory]
    [InlineData("My.App", "My.App")]
    [InlineData("my-app", "my_app")]
    [InlineData("1st.class", "_1st.@class")]
    [InlineData("..", "")]
    public void ToNamespace_AnyText_IsANamespace(string text, string expected) =>
        Assert.Equal(expected, NameRules.ToNamespace(text));

    [Theory]
    [InlineData("A.B", "A.B")]
    [InlineData("@class.new", "@class.@new")]
    [InlineData("", null)]
    [InlineData("A..B", null)]
    [InlineData("A-B", null)]
    [InlineData("A.1", null)]
    public void TryGetNamespace_Text_TakesIdentifiersOnly(string text, string? expected)
    {
        bool valid = NameRules.TryGetNamespace(text, out string @namespace);

        Assert.Equal(expected, valid ? @namespace : null);
    }

    [Theory]
    [InlineData("Joy", "joy!", "Joy_L0", "Joy_L1")]
    [InlineData("HTTP", "Http", "HTTP_L0", "Http_L1")] // differ in case only
    [InlineData("All", "Layers", "All_L0", "Layers_L1")]
    [InlineData("to string", "GetType", "ToString_L0", "GetType_L1")]
    [InlineData("l7", "L1", "L7_L0", "L1")] // reads as another layer's number; as its own
    [InlineData("?", "L0", "L0", "L0_L1")]
    [InlineData("Joy_L1", "joy", "JoyL1", "Joy")]
    public void Generate_NamesThatMeet_GetTheirNumbers(string first, string second, string member0, string member1)
    {
        GeneratorRunResult result = Run.Generate($$"""
            { "dimensions": [ { "id": 1, "name": "A" } ], "layers": [
              { "dimension_id": 1, "layer_num": 0, "name": "{{first}}" },
              { "dimension_id": 1, "layer_num": 1, "name": "{{second}}" } ] }
            """);

        Run.Compile(result);
        Assert.Equal([member0, member1], result.LayerMembers("A"));
        Assert.Equal(
            new[] { member0, member1 }.Count(static m => m.Contains('_', StringComparison.Ordinal)),
            result.Diagnostics.Count(static d => d.Id == "LAM025" && d.Severity == DiagnosticSeverity.Info));
    }

    [Theory]
    [InlineData("Emotion", "EMOTION", "Emotion_D01", "EMOTION_D02")]
    [InlineData("schema", "try parse", "Schema_D01", "TryParse_D02")]
    [InlineData("D02", "D2", "D02_D01", "D2_D02")]
    [InlineData("!", "D02", "D01", "D02")]
    public void Generate_DimensionNamesThatMeet_GetTheirNumbers(string first, string second, string class1, string class2)
    {
        GeneratorRunResult result = Run.Generate($$"""
            { "dimensions": [ { "id": 1, "name": "{{first}}" }, { "id": 2, "name": "{{second}}" } ],
              "layers": [ { "dimension_id": 1, "layer_num": 0 }, { "dimension_id": 2, "layer_num": 0, "name": "x" },
                          { "dimension_id": 2, "layer_num": 9, "parent_layer": 0 } ] }
            """);

        Run.Compile(result);
        Assert.Equal(
            [$"My.App.{class1}.g.cs", $"My.App.{class2}.g.cs", "My.App.Dimensions.g.cs"],
            result.GeneratedSources.Select(static s => s.HintName));
    }

    /// <summary>Whatever layers are called, what is generated compiles and every member is the layer that it says.</summary>
    [Property(MaxTest = 40)]
    public Property Generate_AnyNames_CompilesWithAMemberEach()
    {
        // Few and nasty characters, so that names meet.
        Gen<string> names = Gen.Elements("a", "A", "l", "L", "1", "0", "_", " ", "é", "all", "😀", "\"", "\\", "\n", "{", "\u2028")
            .ArrayOf(3).Select(string.Concat);
        return Prop.ForAll(names.ArrayOf(8).ToArbitrary(), static layers =>
        {
            string json = System.Text.Json.JsonSerializer.Serialize(new
            {
                dimensions = new[] { new { id = 1, name = "Dimension" } },
                layers = layers.Select(static (name, i) => new { dimension_id = 1, layer_num = i, name }),
            });

            GeneratorRunResult result = Run.Generate(json);

            Run.Compile(result);
            string[] members = result.LayerMembers("Dimension");
            Assert.Equal(layers.Length, members.Distinct(StringComparer.OrdinalIgnoreCase).Count());
            for (int i = 0; i < layers.Length; i++)
            {
                Assert.Contains($" {members[i]} => new(1, {i});", result.Source("Dimension"), StringComparison.Ordinal);
                string? own = NameRules.ToIdentifier(layers[i]);
                string[] expected = own is null ? ["L" + i] : [own, own + "_L" + i];
                Assert.Contains(members[i], expected);
            }
        });
    }
}

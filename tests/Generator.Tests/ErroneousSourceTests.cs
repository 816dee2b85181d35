using Microsoft.CodeAnalysis;

namespace Lamina.Generator.Tests;

/// <summary>
/// While a source has an error, the program that is right with the mended source compiles: the error in the source is the only one.
/// </summary>
public sealed class ErroneousSourceTests
{
    private const string Right = """
        {
          "dimensions": [
            { "id": 1, "name": "Emotion", "frequency_min": 0.5, "frequency_max": 2.5 },
            { "id": 2, "name": "Cognition" }
          ],
          "layers": [
            { "dimension_id": 1, "layer_num": 0, "name": "Affect", "keywords": ["a"], "content": "What {a} moment \"name\": \"feels\"." },
            { "dimension_id": 1, "layer_num": 1, "name": "Joy", "parent_layer": 0, "frequency": 2, "content": "More." },
            { "dimension_id": 1, "layer_num": 2, "name": "Grief", "parent_layer": 0, "content": "Less." },
            { "dimension_id": 2, "layer_num": 0, "name": "Attention", "content": "This." },
            { "dimension_id": 2, "layer_num": 1, "content": "Nameless." }
          ]
        }
        """;

    private const string Program = """
        using System;
        using Lamina;
        using My.App;

        internal static class Program
        {
            public static object[] Uses() =>
            [
                Emotion.Id, Emotion.Name, Emotion.FrequencyMin, Emotion.FrequencyMax, Emotion.Schema, Emotion.Layers.All.Length,
                Emotion.Layers.Affect, Emotion.Layers.Joy, Emotion.Layers.Grief,
                Cognition.Layers.Attention, Cognition.Layers.L1, Dimensions.All,
                Emotion.TryParse("Joy", out LayerId joy) && Emotion.TryGetParent(joy, out _),
                Dimensions.TryParse("Emotion", out _),
            ];
        }
        """;

    [Fact]
    public void Generate_TheSourceThatIsBroken_IsRight() => Assert.Empty(Compile(Right).Diagnostics);

    [Theory]
    [InlineData("LAM001", "\"id\": 1, ", "\"id\": 1 ")]
    [InlineData("LAM001", "\"layer_num\": 1, ", "\"layer_num\": 1 ")]
    [InlineData("LAM001", "\"layer_num\": 2, ", "\"layer_num\" 2, ")]
    [InlineData("LAM001", "\"name\": \"Joy\"", "\"name\" \"Joy\"")]
    [InlineData("LAM001", "\"name\": \"Joy\"", "\"name\": \"Joy")]
    [InlineData("LAM001", "\"Grief\", \"parent_layer\": 0, \"content\": \"Less.\" }", "\"Grief")]
    [InlineData("LAM001", "\"content\": \"More.\"", "\"content\": \"More.")]
    [InlineData("LAM001", "feels", "feels\\x")]
    [InlineData("LAM001", "{\n", "{ // note\n")]
    [InlineData("LAM003", "More.", "\\ud83d")]
    [InlineData("LAM004", "\"id\": 2", "\"id\": 2, \"id\": 3")]
    [InlineData("LAM005", "\"layers\"", "\"layer\"")]
    [InlineData("LAM005", "\"keywords\"", "\"keyword\"")]
    [InlineData("LAM006", "\"id\": 2, ", "")]
    [InlineData("LAM006", "\"layer_num\": 1, \"name\": \"Joy\"", "\"name\": \"Joy\"")]
    [InlineData("LAM007", "\"layer_num\": 1, \"name\": \"Joy\"", "\"layer_num\": \"1\", \"name\": \"Joy\"")]
    [InlineData("LAM007", "\"frequency_min\": 0.5", "\"frequency_min\": \"0.5\"")]
    [InlineData("LAM008", "\"id\": 2, ", "\"id\": 65536, ")]
    [InlineData("LAM008", "\"dimension_id\": 1, \"layer_num\": 2", "\"dimension_id\": 1, \"layer_num\": -2")]
    [InlineData("LAM007", "\"dimensions\": [", "\"dimensions\": [], \"$schema\": [")]
    [InlineData("LAM011", "\"dimension_id\": 2, \"layer_num\": 0, \"name\": \"Attention\"", "\"dimension_id\": 3, \"layer_num\": 0")]
    [InlineData("LAM012", "\"id\": 2", "\"id\": 1")]
    [InlineData("LAM013", "\"layer_num\": 2", "\"layer_num\": 1")]
    [InlineData("LAM014", "\"parent_layer\": 0", "\"parent_layer\": 7")]
    [InlineData("LAM015", "\"name\": \"Affect\"", "\"name\": \"Affect\", \"parent_layer\": 1")]
    [InlineData("LAM016", "\"name\": \"Joy\"", "\"name\": \"Joy\", \"depth\": 3")]
    [InlineData("LAM019", "\"content\": \"Less.\"", "\"content\": \"Less.\", \"content_file\": \"a\"")]
    public void Generate_ErrorInTheSource_LeavesTheProgramRight(string code, string right, string wrong)
    {
        Assert.Contains(right, Right, StringComparison.Ordinal);
        string program = code == "LAM011" ? Program.Replace("Cognition.Layers.Attention,", "", StringComparison.Ordinal) : Program;

        GeneratorRunResult result = Compile(Right.Replace(right, wrong, StringComparison.Ordinal), program);

        Assert.Contains(code, result.Diagnostics.Select(static d => d.Id));
    }

    /// <summary>While an author types, a bracket or comma is missing most of the time.</summary>
    [Fact]
    public void Generate_OneBracketOrCommaMissing_KeepsEveryMember()
    {
        bool inString = false;
        for (int i = 0; i < Right.Length; i++)
        {
            inString ^= Right[i] == '"' && Right[i - 1] != '\\';
            if (inString || !"{}[],:".Contains(Right[i], StringComparison.Ordinal))
                continue;

            GeneratorRunResult result = Run.Generate(Right.Remove(i, 1));

            Assert.NotEmpty(result.Diagnostics);
            Assert.Equal(["Affect", "Grief", "Joy"], result.LayerMembers("Emotion").Order());
            Assert.Equal(["Attention", "L1"], result.LayerMembers("Cognition").Order());
        }
    }

    [Fact]
    public void Generate_NamesThatMeet_KeepTheirSuffixes()
    {
        const string Json = """
            { "dimensions": [ { "id": 1, "name": "Emotion" } ],
              "layers": [ { "dimension_id": 1, "layer_num": 3, "name": "Joy" } { "dimension_id": 1, "layer_num": 9, "name": "Joy" } ] }
            """;

        Assert.Equal(["Joy_L3", "Joy_L9"], Run.Generate(Json).LayerMembers("Emotion"));
    }

    private static GeneratorRunResult Compile(string json, string program = Program)
    {
        GeneratorRunResult result = Run.Generate(json);
        Run.Compile(result, program);
        return result;
    }
}

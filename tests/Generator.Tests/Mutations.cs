using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Lamina.Generator.Tests;

/// <summary>A source with every kind of token in it, and what a few edits make of it.</summary>
internal static class Mutations
{
    public const string Valid = """
        { "$schema": "https://example.org/a.json",
          "dimensions": [
            { "id": 1, "name": "Emotion", "frequency_min": 0.5e0, "frequency_max": 2.5, "size_bytes": 20971520 }, { "id": 2.0 } ],
          "layers": [
            { "dimension_id": 1, "layer_num": 0, "name": "Fee\u006cing", "content": "", "mmap_offset": -1.5E+3 },
            { "dimension_id": 1, "layer_num": 3, "name": "Joy 😀", "depth": 1, "parent_layer": 0,
              "keywords": ["joy", "\ud83d\ude00", "é"], "frequency": 2.0, "content": "first \"line\"\nsecond \\ \/\b\f\r\t" },
            { "dimension_id": 2, "layer_num": 7, "parent_layer": null, "content_base64": "AAEC", "content_file": null } ] }
        """;

    public const string ValidLines = """
        { "$schema": "https://example.org/a.json" }
        { "id": 1, "name": "Emotion", "frequency_min": 0.5e0, "frequency_max": 2.5, "size_bytes": 20971520 }

        { "layer_num": 0, "name": "Fee\u006cing", "content": "", "dimension_id": 1, "mmap_offset": -1.5E+3 }
        { "dimension_id": 1, "layer_num": 3, "name": "Joy 😀", "depth": 1, "parent_layer": 0, "frequency": 2.0 }
        { "dimension_id": 1, "layer_num": 4, "parent_layer": 3, "keywords": ["joy", "é"] }
        { "id": 2 }
        """;

    private static readonly string[] Pieces =
    [
        "\"", "\\", "\\u", "\\ud800", "\\udc00", "{", "}", "[", "]", ",", ":", "0", "-", "1e9", ".", "null", "true", "\n", "\r",
        " ", "\0", "\u2028", "é", "😀", "\ud83d", "\ude00", "\uFEFF", "/*", "//", "'", "NaN", "\"id\": 1,", "{\"a\":[[{\"b\":",
        "\"name\": ", "layer_num", "65536",
    ];

    public static Arbitrary<string> Texts => Of(Valid);

    public static Arbitrary<string> Lines => Of(ValidLines);

    private static Arbitrary<string> Of(string valid)
    {
        // One edit of the text: at a place, how much is removed, and what comes there.
        Gen<(int At, int Remove, string Insert)> edits =
            from at in Gen.Choose(0, valid.Length - 1)
            from remove in Gen.Elements(0, 0, 1, 1, 2, 8, 40)
            from insert in Gen.OneOf(Gen.Constant(""), Gen.Elements(Pieces), Gen.Choose(0, valid.Length - 1).Select(start =>
                valid.Substring(start, Math.Min(30, valid.Length - start))))
            select (at, remove, insert);
        return Gen.Choose(1, 4).SelectMany(count => edits.ArrayOf(count)).Select(drawn =>
        {
            StringBuilder text = new(valid);
            foreach ((int at, int remove, string insert) in drawn)
            {
                int start = Math.Min(at, text.Length);
                text.Remove(start, Math.Min(remove, text.Length - start)).Insert(start, insert);
            }

            return text.ToString();
        }).ToArbitrary();
    }
}

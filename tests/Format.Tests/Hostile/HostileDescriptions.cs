using System.Text;
using Lamina.Format.Tests.Oracle;
using static Lamina.Format.FormatFault;
using static Lamina.Format.Tests.Oracle.OracleFields;

namespace Lamina.Format.Tests.Hostile;

/// <summary>Layer descriptions of chapter 5, and chapter 6.</summary>
internal static class HostileDescriptions
{
    public static void AddTo(HostileBuilder corpus)
    {
        AddLayers(corpus);
        AddKeywords(corpus);
        AddNames(corpus);
        AddStrings(corpus);
    }

    private static void AddLayers(HostileBuilder corpus)
    {
        Layer("LAY-2-parent-out-of-range", 1, OracleFields.Layer.Parent, 4, 4);
        Layer("LAY-2-parent-huge", 1, OracleFields.Layer.Parent, 4, NoIndex - 1);
        Layer("LAY-3-name-length-zero", 0, OracleFields.Layer.NameLength, 2, 0);
        Layer("LAY-3-name-length-1025", 0, OracleFields.Layer.NameLength, 2, 1025);
        Layer("LAY-3-name-length-without-flag", 2, OracleFields.Layer.NameLength, 2, 1);
        Layer("LAY-3-name-offset-without-flag", 2, OracleFields.Layer.NameOffset, 4, 3);
        Layer("LAY-3-name-offset-out-of-strings", 0, OracleFields.Layer.NameOffset, 4, 1000);
        Layer("LAY-3-name-offset-huge", 0, OracleFields.Layer.NameOffset, 4, uint.MaxValue);
        Layer("LAY-4-depth-of-a-root", 0, OracleFields.Layer.Depth, 2, 1);
        Layer("LAY-4-depth-of-a-child", 1, OracleFields.Layer.Depth, 2, 2);
        Layer("LAY-4-own-parent", 1, OracleFields.Layer.Depth, 2, 1, static parts => parts.Layers[1].Parent = 1);
        Layer("LAY-4-parents-in-a-circle", 1, OracleFields.Layer.Depth, 2, 1, static parts => parts.Layers[1].Parent = 2);
        Layer("LAY-5-unknown-flag-lowest", 0, OracleFields.Layer.Flags, 2, 0x0B);
        Layer("LAY-5-unknown-flag-highest", 0, OracleFields.Layer.Flags, 2, 0x8003);
        corpus.Change(
            "LAY-5-simulated-only-in-the-header", LayerDescription, HostileStage.Descriptions, static _ => Header.Flags,
            static parts => parts.Flags |= Flag.RegionSimulated);
        corpus.Change(
            "LAY-5-simulated-only-in-a-layer", LayerDescription, HostileStage.Descriptions, static _ => Header.Flags,
            static parts => parts.Layers[3].Flags |= Flag.LayerSimulated);
        corpus.Patch(
            "GEN-5-layer-reserved", ReservedNotZero, static f => f.Field(Kind.Layers, 3, OracleFields.Layer.Reserved), 4,
            0x0100_0000, HostileStage.Descriptions);
        Keywords(
            "LAY-6-first-keyword-start", static f => f.Field(Kind.Layers, 0, OracleFields.Layer.KeywordStart),
            static parts => parts.Layers[0].KeywordStart = 1);
        Keywords(
            "LAY-6-keyword-start", static f => f.Field(Kind.Layers, 1, OracleFields.Layer.KeywordStart),
            static parts => parts.Layers[1].KeywordStart = 1);
        Keywords(
            "LAY-6-keyword-start-huge", static f => f.Field(Kind.Layers, 3, OracleFields.Layer.KeywordStart),
            static parts => parts.Layers[3].KeywordStart = uint.MaxValue);
        Keywords(
            "LAY-6-more-counts-than-uses", static f => f.Field(Kind.Layers, 3, OracleFields.Layer.KeywordCount),
            static parts => parts.Layers[3].KeywordCount = 1);
        Keywords("LAY-6-fewer-counts-than-uses", static f => f.Field(Kind.LayerKeywords, 5, 0), static parts =>
        {
            parts.LayerKeywords.Add(0);
            parts.Postings.Add(3);
        });
        corpus.Change(
            "LIM-9-keyword-count", LimitExceeded, HostileStage.Descriptions,
            static f => f.Field(Kind.Layers, 3, OracleFields.Layer.KeywordCount),
            static parts => parts.Layers[3].KeywordCount = 4097);

        void Layer(string name, int layer, int field, int size, ulong value, Action<OracleParts>? change = null)
        {
            OracleParts parts = HostileRegions.Parts();
            change?.Invoke(parts);
            corpus.Patch(
                name, LayerDescription, f => f.Field(Kind.Layers, layer, field), size, value, HostileStage.Descriptions, parts);
        }

        void Keywords(string name, Func<OracleFile, int> where, Action<OracleParts> change) =>
            corpus.Change(name, FormatFault.Keywords, HostileStage.Descriptions, where, change);
    }

    // The base region has the keywords a, k, m; its layers have [k, m], [m], [m, a], [].
    private static void AddKeywords(HostileBuilder corpus)
    {
        Add(
            "KEY-1-keyword-out-of-range", static f => f.Field(Kind.LayerKeywords, 0, 0),
            static parts => parts.LayerKeywords[0] = 3);
        Add(
            "KEY-1-keyword-huge", static f => f.Field(Kind.LayerKeywords, 0, 0),
            static parts => parts.LayerKeywords[0] = uint.MaxValue);
        Add(
            "KEY-1-keyword-twice-in-a-layer", static f => f.Field(Kind.LayerKeywords, 1, 0),
            static parts => parts.LayerKeywords[1] = 1);
        Add(
            "KEY-2-not-ascending", static f => f.Field(Kind.Keywords, 1, Keyword.StringOffset),
            static parts => (parts.Strings[^3], parts.Strings[^2]) = (parts.Strings[^2], parts.Strings[^3]));
        Add(
            "KEY-2-twice", static f => f.Field(Kind.Keywords, 2, Keyword.StringOffset),
            static parts => parts.Strings[^1] = parts.Strings[^2]);
        Add(
            "KEY-2-empty", static f => f.Field(Kind.Keywords, 1, Keyword.StringOffset),
            static parts => parts.Keywords[1].StringOffset = parts.Keywords[0].StringOffset);
        Add(
            "KEY-2-last-empty", static f => f.Field(Kind.Keywords, 2, Keyword.StringOffset),
            static parts => parts.Strings = parts.Strings[..^1]);
        Add(
            "KEY-2-offset-goes-back", static f => f.Field(Kind.Keywords, 2, Keyword.StringOffset),
            static parts => parts.Keywords[2].StringOffset = 0);
        Add(
            "KEY-2-offset-out-of-strings", static f => f.Field(Kind.Keywords, 2, Keyword.StringOffset),
            static parts => parts.Keywords[2].StringOffset = 1 << 20);
        Add(
            "KEY-2-offset-huge", static f => f.Field(Kind.Keywords, 2, Keyword.StringOffset),
            static parts => parts.Keywords[2].StringOffset = uint.MaxValue);
        Add(
            "KEY-3-first-start-not-0", static f => f.Field(Kind.Keywords, 0, Keyword.PostingStart),
            static parts => parts.Keywords[0].PostingStart = 1);
        Add(
            "KEY-3-no-postings", static f => f.Field(Kind.Keywords, 1, Keyword.PostingStart),
            static parts => parts.Keywords[1].PostingStart = 0);
        Add(
            "KEY-3-last-without-postings", static f => f.Field(Kind.Keywords, 2, Keyword.PostingStart),
            static parts => parts.Keywords[2].PostingStart = 5);
        Add(
            "KEY-3-start-goes-back", static f => f.Field(Kind.Keywords, 2, Keyword.PostingStart),
            static parts => parts.Keywords[2].PostingStart = 0);
        Add(
            "KEY-3-start-huge", static f => f.Field(Kind.Keywords, 2, Keyword.PostingStart),
            static parts => parts.Keywords[2].PostingStart = uint.MaxValue);
        // A posting that is wrong is missing elsewhere: the place is the layer's keyword that it should have answered.
        Add("KEY-4-layer-out-of-range", static f => f.Field(Kind.LayerKeywords, 3, 0), static parts => parts.Postings[4] = 4);
        Add("KEY-4-layer-huge", static f => f.Field(Kind.LayerKeywords, 4, 0), static parts => parts.Postings[0] = uint.MaxValue);
        corpus.Change(
            "KEY-3-postings-without-keywords", Keywords, HostileStage.Descriptions, static f => f.Offset(Kind.Postings),
            static parts =>
            {
                parts.Layers[0].KeywordCount = 1;
                parts.LayerKeywords = [0];
                parts.Postings = [0];
            }, HostileRegions.Lz4(HostileSections.Run(100), 100));
        Add(
            "KEY-4-not-ascending", static f => f.Field(Kind.Postings, 3, 0),
            static parts => (parts.Postings[2], parts.Postings[3]) = (parts.Postings[3], parts.Postings[2]));
        Add("KEY-4-twice", static f => f.Field(Kind.Postings, 3, 0), static parts => parts.Postings[3] = parts.Postings[2]);
        Add(
            "KEY-5-posting-that-no-layer-names", static f => f.Field(Kind.LayerKeywords, 4, 0),
            static parts => parts.Postings[0] = 3);
        Add(
            "KEY-5-keyword-whose-postings-lack-the-layer", static f => f.Field(Kind.LayerKeywords, 2, 0),
            static parts => parts.LayerKeywords[2] = 0);

        void Add(string name, Func<OracleFile, int> where, Action<OracleParts> change) =>
            corpus.Change(name, Keywords, HostileStage.Descriptions, where, change);
    }

    // By name: alpha (1), beta (0), beta (3).
    private static void AddNames(HostileBuilder corpus)
    {
        Add("NAM-1-not-ascending", static f => f.Field(Kind.Names, 1, 0), [0, 1, 3]);
        Add("NAM-1-same-name-not-ascending", static f => f.Field(Kind.Names, 2, 0), [1, 3, 0]);
        Add("NAM-1-out-of-range", static f => f.Field(Kind.Names, 2, 0), [1, 0, 4]);
        Add("NAM-1-huge", static f => f.Field(Kind.Names, 0, 0), [uint.MaxValue, 0, 3]);
        Add("NAM-2-twice", static f => f.Field(Kind.Names, 2, 0), [1, 0, 0]);
        Add("NAM-2-layer-without-name", static f => f.Field(Kind.Names, 2, 0), [1, 0, 2]);
        Add("NAM-2-layer-missing", static f => f.Offset(Kind.Names), [1, 0]);

        void Add(string name, Func<OracleFile, int> where, List<uint> names) =>
            corpus.Change(name, Names, HostileStage.Descriptions, where, parts => parts.Names = names);
    }

    private static void AddStrings(HostileBuilder corpus)
    {
        // The strings are Dim, beta, alpha, beta, a, k, m.
        Text("STR-1-dimension-name-not-utf8", 0, [0xFF]);
        Text("STR-1-layer-name-surrogate", 8, [0xED, 0xA0, 0x80]);
        Text("STR-1-layer-name-overlong", 8, [0xC0, 0x80]);
        Text("STR-1-layer-name-above-unicode", 8, [0xF4, 0x90, 0x80, 0x80]);
        Text("STR-1-layer-name-ends-inside", 11, [0xC3]);
        Text("STR-1-keyword-not-utf8", 18, [0xFE]);

        corpus.Change(
            "STR-2-names-exchanged", LayerDescription, HostileStage.Descriptions,
            static f => f.Field(Kind.Layers, 0, OracleFields.Layer.NameOffset), static parts =>
                (parts.Layers[0].NameOffset, parts.Layers[3].NameOffset) =
                    (parts.Layers[3].NameOffset, parts.Layers[0].NameOffset));
        corpus.Change(
            "STR-2-names-overlap", LayerDescription, HostileStage.Descriptions,
            static f => f.Field(Kind.Layers, 3, OracleFields.Layer.NameOffset), static parts =>
                parts.Layers[3].NameOffset = parts.Layers[0].NameOffset);
        corpus.Change(
            "STR-2-bytes-before-the-keywords", FormatFault.Keywords, HostileStage.Descriptions,
            static f => f.Field(Kind.Keywords, 0, Keyword.StringOffset), static parts =>
            {
                parts.Strings = [.. parts.Strings[..^3], (byte)'?', .. parts.Strings[^3..]];
                foreach (OracleKeyword keyword in parts.Keywords)
                    keyword.StringOffset++;
            });
        OracleRegion plain = new() { Dimension = 5, Name = "Dim", Layers = [new() { Number = 0, Name = "name", Content = [1] }] };
        corpus.Change(
            "STR-2-bytes-after-the-names", Strings, HostileStage.Descriptions, static f => f.Offset(Kind.Strings) + 7,
            static parts => parts.Strings = [.. parts.Strings, (byte)'?'], HostileRegions.Parts(plain));
        corpus.Change(
            "STR-2-bytes-without-strings", Strings, HostileStage.Descriptions, static f => f.Offset(Kind.Strings),
            static parts => parts.Strings = Encoding.ASCII.GetBytes("??"), HostileRegions.Parts(HostileRegions.Empty));

        void Text(string name, int offset, byte[] bytes) =>
            corpus.Change(
                name, Strings, HostileStage.Descriptions, f => f.Offset(Kind.Strings) + offset,
                parts => bytes.CopyTo(parts.Strings, offset));
    }
}

using System.Globalization;
using System.Text;
using Lamina.Format.Publishing;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Manifests, most of them with the checksum that belongs to them.</summary>
internal sealed class ManifestTarget : IFuzzTarget
{
    private const string ChecksumLine = "  \"checksum\": \"";
    private const int TailLength = 15 + 16 + 4;

    // A set of names, an exception and its text.
    private const long Overhead = 32 * 1024;

    // System.Text.Json puts a literal that is broken into its message, from bytes to text and to a longer text.
    private const long PerByte = 48;

    private static readonly byte[][] Words = [.. new[]
    {
        "\"lamina\"", "\"1.0\"", "\"1.7\"", "\"2.0\"", "\"1\"", "\"1.00\"", "\"4294967296.0\"", "\"dimensions\"", "\"id\"", "\"name\"", "\"file\"", "\"length\"",
        "\"layers\"", "\"simulated\"", "\"checksum\"", "\"\\u0069d\"", "\"D01-00112233445566778899aabbccddeeff.lamina\"",
        "\"D1-00112233445566778899aabbccddeeff.lamina\"", "\"D05-00112233445566778899AABBCCDDEEFF.lamina\"", "\"../x.lamina\"",
        "{\"id\": 5, \"file\": \"D05-00112233445566778899aabbccddeeff.lamina\", \"length\": 1, \"layers\": 0, \"simulated\": true}",
    }.Select(Encoding.UTF8.GetBytes)];

    public string Name => "manifest";

    public string Extension => "json";

    public IEnumerable<byte[]> Seeds(Random random) =>
    [
        .. FuzzFiles.Read("valid", OracleManifest.FileName),
        .. FuzzFiles.Read("invalid", OracleManifest.FileName),
        .. FuzzFiles.CorpusOf(this).Select(File.ReadAllBytes),
    ];

    public byte[] Mutate(byte[] input, byte[] other, Random random)
    {
        byte[] text = input;
        for (int changes = 1 + random.Next(4); changes > 0; changes--)
            text = JsonMutator.Mutate(text, other, Words, random);
        return random.Next(8) == 0 ? text : Seal(text, random.Next(4) != 0);
    }

    public byte[] Repair(byte[] input) => Seal(input, mayAdd: true);

    public string Check(byte[] input)
    {
        IReadOnlyList<OracleManifestEntry>? expected = null;
        string clause = "accepted";
        try
        {
            expected = OracleManifest.Decode(input);
        }
        catch (OracleFaultException e)
        {
            clause = e.Clause;
        }

        Allocation allocation = Allocation.Start();
        try
        {
            DataSetManifest manifest = DataSetManifest.Parse(input);
            allocation.AssertAtMost(Overhead + (PerByte * input.Length));
            Assert.True(expected is not null, $"The library reads what the oracle refuses by {clause}.");
            Assert.Equal(expected, manifest.Dimensions.Select(ToOracle));
            Assert.Equal(manifest.Dimensions, DataSetManifest.Parse(manifest.ToUtf8()).Dimensions);
            return "accepted " + manifest.Dimensions.Count.ToString(CultureInfo.InvariantCulture);
        }
        catch (LaminaFormatException e)
        {
            allocation.AssertAtMost(Overhead + (PerByte * input.Length));
            Assert.InRange(e.Offset, 0, input.Length);
            Assert.True(expected is null || IsBeyondOracle(input), $"The library refuses what the oracle reads: {e.Fault}: {e.Message}");
            return $"{e.Fault} {clause}";
        }
    }

    /// <summary>Rules that the oracle does not look at: the form of the version, halves of surrogate pairs, depth.</summary>
    private static bool IsBeyondOracle(byte[] input)
    {
        OracleJson root = OracleJson.Parse(input);
        string minor = ((string)root["lamina"]!.Value!)[2..];
        return !uint.TryParse(minor, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            || minor is ['0', _, ..]
            || HasHalfPair(root)
            || Depth(root) > 64;
    }

    private static bool HasHalfPair(OracleJson value) => value.Value switch
    {
        string text => IsHalf(text),
        _ => (value.Items?.Exists(HasHalfPair) ?? false) || (value.Properties?.Exists(static p => IsHalf(p.Name) || HasHalfPair(p.Value)) ?? false),
    };

    private static bool IsHalf(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }

        return false;
    }

    private static int Depth(OracleJson value) =>
        value.Items is { } items ? 1 + items.Select(Depth).DefaultIfEmpty().Max()
        : value.Properties is { } properties ? 1 + properties.Select(static property => Depth(property.Value)).DefaultIfEmpty().Max()
        : 0;

    private static OracleManifestEntry ToOracle(ManifestEntry entry) => new()
    {
        Id = entry.Dimension.Value,
        Name = entry.Name,
        File = entry.File,
        Length = entry.Length,
        Layers = entry.LayerCount,
        Simulated = entry.Simulated,
    };

    /// <summary>MAN-7: puts the right digits into the last line; adds that line if it is not there and is wanted.</summary>
    private static byte[] Seal(byte[] text, bool mayAdd)
    {
        int line = text.Length - TailLength;
        if (line > 0 && text.AsSpan(line).StartsWith(Encoding.UTF8.GetBytes(ChecksumLine)))
            return OracleManifest.Seal(text[..line]);
        return mayAdd ? OracleManifest.Seal(text) : text;
    }
}

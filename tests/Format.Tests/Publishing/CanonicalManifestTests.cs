using System.IO.Hashing;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Format.Publishing;

namespace Lamina.Format.Tests.Publishing;

/// <summary>The reader of the canonical form against that of any JSON.</summary>
public sealed class CanonicalManifestTests
{
    [Theory, Trait("Spec", "CAN-8"), Trait("Spec", "MAN-4")]
    [InlineData("Emotion")]
    [InlineData("é🙂\u2028\u007f/")]
    [InlineData(null)]
    public void TryRead_CanonicalForm_GivesWhatWasWritten(string? name)
    {
        ManifestEntry[] entries = [Entry(1, name), Entry(9, null), Entry(10, name), Entry(65535, new string('n', Limits.MaxNameLength))];

        Assert.Equal(entries, CanonicalManifest.TryRead(new DataSetManifest(entries).ToUtf8()));
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\u0001")]
    public void TryRead_NameWithAnEscape_IsLeftToTheOtherReader(string name)
    {
        byte[] utf8 = new DataSetManifest([Entry(1, name)]).ToUtf8();

        Assert.Null(CanonicalManifest.TryRead(utf8));
        Assert.Equal(name, ManifestReader.Read(utf8, null)[0].Name);
    }

    [Property(MaxTest = 2000), Trait("Spec", "MAN-4"), Trait("Spec", "MAN-5")]
    public Property TryRead_AnyByteReplaced_SaysNothingOrTheSame() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        static seed =>
        {
            System.Random random = new(seed);
            byte[] utf8 = new DataSetManifest([Entry(7, "Emotion"), Entry(300, null)]).ToUtf8();
            byte[] body = utf8[..^ManifestLayout.TailLength];
            ReadOnlySpan<byte> likely = "0123456789abcdefD-\"\\,:{}[] \n/.lamina"u8;
            body[random.Next(body.Length)] = random.Next(8) == 0 ? (byte)random.Next(256) : likely[random.Next(likely.Length)];
            byte[] changed =
                [.. body, .. Encoding.UTF8.GetBytes($"  \"checksum\": \"{XxHash3.HashToUInt64(body):x16}\"\n}}\n")];

            if (CanonicalManifest.TryRead(changed) is { } entries)
                Assert.Equal(ManifestReader.Read(changed, null), entries);
        });

    [Property(MaxTest = 200), Trait("Spec", "MAN-7")]
    public Property TryRead_AnyBitFlipped_SaysNothing() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        static seed =>
        {
            byte[] utf8 = new DataSetManifest([Entry(1, "Emotion")]).ToUtf8();
            int bit = new System.Random(seed).Next(8 * utf8.Length);
            utf8[bit / 8] ^= (byte)(1 << (bit % 8));
            return CanonicalManifest.TryRead(utf8) is null;
        });

    [Fact]
    public void TryRead_CutOffAnywhere_SaysNothing()
    {
        byte[] utf8 = new DataSetManifest([Entry(1, "Emotion"), Entry(2, null)]).ToUtf8();

        for (int length = 0; length < utf8.Length; length++)
            Assert.Null(CanonicalManifest.TryRead(utf8.AsSpan(0, length)));
    }

    private static ManifestEntry Entry(int id, string? name)
    {
        DimensionId dimension = new((ushort)id);
        Digest128 digest = new((ulong)id << 40, ulong.MaxValue - (ulong)id);
        return new ManifestEntry(dimension, name, ManifestEntry.FileNameOf(dimension, digest), id * 1000L, digest, id, id % 2 == 0);
    }
}

using System.Text;
using Lamina.Format.Layout;
using Lamina.Format.Publishing;
using Lamina.Format.Reading;
using Lamina.Format.Verification;

namespace Lamina.Format.Tests.Conversion;

/// <summary>Reads a data set back as plain objects, after proving it whole.</summary>
internal static class PublishedDataSet
{
    public sealed record Layer(
        uint Number, string Name, uint? Parent, int Depth, double? Frequency, string Keywords, bool IsSimulated, string ContentHex);

    public sealed record Dimension(
        int Id, string Name, long? SizeBytes, double? Min, double? Max, bool IsSimulated, IReadOnlyList<Layer> Layers);

    public static IReadOnlyList<Dimension> Read(string folder)
    {
        VerificationReport report = DataSetVerifier.Verify(folder);
        Assert.Empty(report.Files.Where(file => file.Fault is not null).Select(file => file.Fault!.Message));
        return [.. DataSetManifest.Load(folder).Dimensions.Select(entry => ReadRegion(Path.Combine(folder, entry.File)))];
    }

    public static Dictionary<string, string> Hashes(string folder) => Directory.EnumerateFiles(folder).ToDictionary(
        path => Path.GetFileName(path),
        path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));

    public static string TextOf(this Layer layer) => Encoding.UTF8.GetString(Convert.FromHexString(layer.ContentHex));

    private static Dimension ReadRegion(string path)
    {
        using MappedFile file = new(path);
        Region region = Region.Open(file.View, path);
        RegionDescriptions descriptions = region.Descriptions;
        List<Layer> layers = [];
        byte[][] blocks = [.. Enumerable.Range(0, region.BlockCount).Select(block =>
        {
            byte[] decoded = new byte[region.Blocks[block].DecodedLength];
            region.DecodeBlock(block, decoded);
            return decoded;
        })];
        for (int i = 0; i < region.LayerCount; i++)
        {
            LayerEntry entry = descriptions.Layers[i];
            LayerLocation location = region.Locations[i];
            byte[] content = location.Block == LayerLocation.NoBlock
                ? []
                : blocks[location.Block].AsSpan(
                    (int)(location.ImageOffset - region.Blocks[(int)location.Block].ImageOffset), (int)location.Length).ToArray();
            List<string> keywords = [];
            foreach (uint keyword in descriptions.KeywordsOf(i))
                keywords.Add(Encoding.UTF8.GetString(descriptions.Keyword((int)keyword)));
            layers.Add(new Layer(
                region.NumberOf(i),
                Encoding.UTF8.GetString(descriptions.NameOf(i)),
                entry.Parent == LayerEntry.NoParent ? null : region.NumberOf((int)entry.Parent),
                entry.Depth,
                ((LayerFlags)entry.Flags).HasFlag(LayerFlags.HasFrequency) ? entry.Frequency : null,
                string.Join('|', keywords),
                ((LayerFlags)entry.Flags).HasFlag(LayerFlags.Simulated),
                Convert.ToHexString(content)));
        }

        return new Dimension(
            region.Dimension.Value,
            Encoding.UTF8.GetString(descriptions.DimensionName),
            region.SizeBytes,
            region.FrequencyMin,
            region.FrequencyMax,
            region.Flags.HasFlag(RegionFlags.Simulated),
            layers);
    }
}

using System.Globalization;

namespace Lamina.Format.Tests.Oracle;

/// <summary>MAN-4.</summary>
internal sealed record OracleManifestEntry
{
    public required ushort Id { get; init; }

    public string? Name { get; init; }

    public required string File { get; init; }

    public required long Length { get; init; }

    public required int Layers { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>What a manifest says of <paramref name="file"/>, whose region is <paramref name="region"/>.</summary>
    public static OracleManifestEntry Of(OracleRegion region, byte[] file) => new()
    {
        Id = region.Dimension,
        Name = region.Name,
        File = string.Create(CultureInfo.InvariantCulture, $"{region.Id}-{OracleHash.Digest(file)}.lamina"),
        Length = file.Length,
        Layers = region.Layers.Count,
        Simulated = region.Layers.Any(static layer => layer.Simulated),
    };
}

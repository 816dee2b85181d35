namespace Lamina.Bench.Data;

/// <summary>Makes a data set, the same each time.</summary>
internal interface ISourceMaker
{
    /// <summary>Names of the dimensions; the first is number 1.</summary>
    IReadOnlyList<string> Dimensions { get; }

    /// <summary>What each dimension reserves; null for the sum of its contents.</summary>
    long? SizeBytes { get; }

    /// <summary>The layers, by dimension and number. Asked for twice.</summary>
    IEnumerable<SourceLayer> Layers();
}

namespace Lamina.Format.Publishing;

/// <summary>What a publisher has just done; tests stop it after each.</summary>
internal enum PublishStep
{
    /// <summary>The folder is locked and free of what earlier conversions left over.</summary>
    Locked,

    /// <summary>The region files are on the disk, under temporary names, or stood there before.</summary>
    RegionsStaged,

    /// <summary>The region files have their names.</summary>
    RegionsNamed,

    /// <summary>The manifest is on the disk, under a temporary name.</summary>
    ManifestWritten,
}

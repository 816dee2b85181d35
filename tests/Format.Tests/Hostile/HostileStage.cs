namespace Lamina.Format.Tests.Hostile;

/// <summary>Where a reader must refuse a file at the latest; <see cref="Verify"/> must refuse every one.</summary>
internal enum HostileStage
{
    /// <summary>When the region is opened.</summary>
    Open,

    /// <summary>When descriptions are first asked for.</summary>
    Descriptions,

    /// <summary>When the damaged block is decoded.</summary>
    Decode,

    /// <summary>When the whole file is checked.</summary>
    Verify,
}

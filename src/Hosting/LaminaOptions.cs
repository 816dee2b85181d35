namespace Lamina.Hosting;

/// <summary>Which data set a host reads, and how. Bound from configuration; validated when the host starts.</summary>
public sealed class LaminaOptions
{
    private readonly List<DimensionSchema> _schemas = [];

    /// <summary>
    /// The data set's folder. A relative path begins at the program's own folder, where the build puts data sets.
    /// </summary>
    public string Folder { get; set; } = string.Empty;

    /// <inheritdoc cref="MemoryConfig.TotalMemoryBytes"/>
    public long TotalMemoryBytes { get; set; } = MemoryConfig.DefaultTotalMemoryBytes;

    /// <inheritdoc cref="MemoryConfig.OpenMode"/>
    public OpenMode OpenMode { get; set; } = OpenMode.Map;

    /// <inheritdoc cref="MemoryConfig.LoadMode"/>
    public LoadMode LoadMode { get; set; } = LoadMode.Lazy;

    /// <inheritdoc cref="MemoryConfig.AccessPattern"/>
    public AccessPattern AccessPattern { get; set; } = AccessPattern.Normal;

    /// <inheritdoc cref="MemoryConfig.LoadOnDemand"/>
    public bool LoadOnDemand { get; set; } = true;

    /// <summary>
    /// Whether all dimensions are loaded before the host has started, so that what cannot be loaded keeps it from starting; false
    /// unless set.
    /// </summary>
    public bool LoadAtStart { get; set; }

    /// <summary>As <see cref="MemoryConfig.SimulateFrom"/>. A relative path begins at the program's own folder.</summary>
    public string? SimulateFrom { get; set; }

    /// <inheritdoc cref="MemoryConfig.Watch"/>
    public bool Watch { get; set; }

    /// <inheritdoc cref="MemoryConfig.CountAccesses"/>
    public bool CountAccesses { get; set; }

    /// <summary>As <see cref="MemoryConfig.PoolBlockSizes"/>; those of <see cref="MemoryConfig.Default"/> if null.</summary>
    public int[]? PoolBlockSizes { get; set; }

    /// <summary>
    /// The part of the budget in percent, 1 to 100, at which the health check says that the data set is degraded. What counts is
    /// memory that cannot be evicted: eager dimensions and copied files. 95 unless set.
    /// </summary>
    public int DegradedAtPercent { get; set; } = 95;

    // No property, which would be bound.
    internal IReadOnlyList<DimensionSchema> GetSchemas() => _schemas;

    /// <summary>
    /// Makes sure, before the host has started, that dimensions are what the program was compiled against, as
    /// <see cref="MmapManager.Require"/> does.
    /// </summary>
    /// <param name="schemas">What the program knows; <c>Dimensions.All</c> in generated code.</param>
    /// <returns>These options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="schemas"/> is null.</exception>
    public LaminaOptions Require(params IEnumerable<DimensionSchema> schemas)
    {
        ArgumentNullException.ThrowIfNull(schemas);
        _schemas.AddRange(schemas);
        return this;
    }

    internal MemoryConfig ToMemoryConfig() => MemoryConfig.Default with
    {
        TotalMemoryBytes = TotalMemoryBytes,
        OpenMode = OpenMode,
        LoadMode = LoadMode,
        AccessPattern = AccessPattern,
        LoadOnDemand = LoadOnDemand,
        SimulateFrom = string.IsNullOrEmpty(SimulateFrom) ? null : InProgramFolder(SimulateFrom),
        Watch = Watch,
        CountAccesses = CountAccesses,
        PoolBlockSizes = PoolBlockSizes is null ? MemoryConfig.Default.PoolBlockSizes : [.. PoolBlockSizes],
    };

    internal static string InProgramFolder(string path) => Path.GetFullPath(path, AppContext.BaseDirectory);
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Lamina.Hosting;

/// <summary>
/// A data set of a host: opened once, at the latest when the host starts; looked at by health checks; disposed with the services.
/// </summary>
internal sealed class DataSetService(IServiceProvider provider, string name) : IHostedService, IHealthCheck, IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Lamina";

    private readonly Lock _gate = new();
    private MmapManager? _manager;
    private bool _disposed;
    private long _limitFailuresSeen;
    private long _faultsSeen;

    /// <summary>The manager; opened by the first call. A failure is thrown again by the next call, which tries anew.</summary>
    public MmapManager Manager
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, typeof(MmapManager));
                return _manager ??= Open();
            }
        }
    }

    private LaminaOptions Options => provider.GetRequiredService<IOptionsMonitor<LaminaOptions>>().Get(name);

    /// <summary>The data set with a key; the one without if it is null.</summary>
    public static DataSetService Of(IServiceProvider provider, string? key) =>
        provider.GetRequiredKeyedService<DataSetService>(key ?? Microsoft.Extensions.Options.Options.DefaultName);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        MmapManager manager = Manager;
        LaminaOptions options = Options;
        IReadOnlyList<DimensionSchema> schemas = options.GetSchemas();
        if (schemas.Count == 0 && !options.LoadAtStart)
            return;

        // Eager dimensions are decoded here: other services of the host start meanwhile if it lets them.
        await Task.Run(
            () =>
            {
                if (options.LoadAtStart)
                    manager.LoadAll(cancellationToken);
                foreach (DimensionSchema schema in schemas)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    manager.Require(schema);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        HealthStatus failed = context.Registration.FailureStatus;
        MmapManager manager;
        try
        {
            manager = Manager;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return Task.FromResult(new HealthCheckResult(failed, $"The data set cannot be read: {exception.Message}", exception));
        }

        MemoryStats stats = manager.GetStats();
        IReadOnlyList<DimensionId> missing = manager.GetMissingDimensions();
        Dictionary<string, object> data = new()
        {
            ["folder"] = manager.Folder,
            ["used_bytes"] = stats.UsedBytes,
            ["total_bytes"] = stats.TotalBytes,
            ["dimensions"] = stats.Dimensions,
            ["loaded_dimensions"] = stats.LoadedDimensions,
            ["missing_dimensions"] = string.Join(", ", missing),
            ["simulation"] = stats.SimulationMode,
            ["failures"] = stats.Failures,
        };
        if (IsNew(stats.Faults, ref _faultsSeen))
        {
            return Result(
                failed, "Files of the data set are missing, damaged or of another version; the log says which. Publish it again.");
        }

        List<string> degraded = [];
        if (missing.Count > 0)
            degraded.Add($"Missing dimensions: {string.Join(", ", missing)}.");
        if (stats.SimulationMode)
            degraded.Add("Some content is simulated.");
        if (IsNew(stats.LimitFailures, ref _limitFailuresSeen))
            degraded.Add("Reads or loads have found no room in the memory budget since the last check.");
        long held = stats.EagerBytes + stats.CopiedBytes;
        if (held >= stats.TotalBytes / 100.0 * Options.DegradedAtPercent)
        {
            degraded.Add(FormattableString.Invariant(
                $"{held} of {stats.TotalBytes} bytes of the memory budget are taken and cannot be evicted."));
        }

        return degraded.Count == 0
            ? Result(HealthStatus.Healthy, "The data set can be read.")
            : Result(HealthStatus.Degraded, string.Join(' ', degraded));

        Task<HealthCheckResult> Result(HealthStatus status, string description) =>
            Task.FromResult(new HealthCheckResult(status, description, data: data));
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _manager?.Dispose();
        }
    }

    private static bool IsNew(long count, ref long seen) => Interlocked.Exchange(ref seen, count) != count;

    private MmapManager Open()
    {
        LaminaOptions options = Options;
        ILogger logger = provider.GetService<ILoggerFactory>()?.CreateLogger<MmapManager>() ?? (ILogger)NullLogger.Instance;
        MmapManager manager = MmapManager.Open(
            LaminaOptions.InProgramFolder(options.Folder), options.ToMemoryConfig(), MemoryNoticeLogger.Create(logger));
        if (provider.GetService<IMeterFactory>() is { } meters)
        {
            // The factory owns the meter. A tag tells the meters of several data sets apart.
            manager.AddInstruments(meters.Create(new MeterOptions(MeterName)
            {
                Version = typeof(MmapManager).Assembly.GetName().Version?.ToString(3),
                Tags = name.Length == 0 ? null : [new KeyValuePair<string, object?>("lamina.data_set", name)],
            }));
        }

        return manager;
    }
}

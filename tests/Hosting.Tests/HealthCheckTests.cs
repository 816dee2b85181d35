using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Lamina.Hosting.Tests;

/// <summary>What the health check says, and when it changes its mind.</summary>
public sealed class HealthCheckTests
{
    [Fact]
    public async Task Check_AllThere_IsHealthyWithTheFigures()
    {
        using DataSet data = DataSet.Published();
        await using ServiceProvider services = Services(options => options.Folder = data.Folder);
        services.GetRequiredService<MmapManager>().ReadText(new LayerId(1, 0));

        HealthReportEntry entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Healthy, entry.Status);
        Assert.Equal(data.Folder, entry.Data["folder"]);
        Assert.Equal((2, 1), (entry.Data["dimensions"], entry.Data["loaded_dimensions"]));
    }

    [Fact]
    public async Task Check_NoDataSet_IsUnhealthyUntilThereIsOne()
    {
        using DataSet data = new();
        await using ServiceProvider services = Services(options => options.Folder = data.Folder);

        HealthReportEntry before = await CheckAsync(services);
        data.Publish("Here.");
        HealthReportEntry after = await CheckAsync(services);

        Assert.Equal(HealthStatus.Unhealthy, before.Status);
        Assert.NotNull(before.Exception);
        Assert.Equal(HealthStatus.Healthy, after.Status);
    }

    [Fact]
    public async Task Check_DimensionMissing_IsDegradedAndNamesIt()
    {
        using DataSet data = DataSet.Published();
        File.Delete(data.RegionFile(2));
        await using ServiceProvider services = Services(options => options.Folder = data.Folder);

        HealthReportEntry entry = await CheckAsync(services);

        Assert.Equal(HealthStatus.Degraded, entry.Status);
        Assert.Equal("Missing dimensions: D02.", entry.Description);
        Assert.Equal("D02", entry.Data["missing_dimensions"]);
    }

    [Fact]
    public async Task Check_Simulated_IsDegradedUntilRealDataAreThere()
    {
        using DataSet data = new DataSet().Write();
        await using ServiceProvider services = Services(options =>
        {
            options.Folder = data.Folder;
            options.SimulateFrom = data.Source;
        });
        MmapManager manager = services.GetRequiredService<MmapManager>();
        manager.LoadAll();

        HealthReportEntry before = await CheckAsync(services);
        data.Publish("Real.");
        manager.Refresh();
        HealthReportEntry after = await CheckAsync(services);

        Assert.Equal(HealthStatus.Degraded, before.Status);
        Assert.Contains("D01, D02", before.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, after.Status);
    }

    [Fact]
    public async Task Check_BudgetTaken_IsDegradedUntilSomeIsGivenBack()
    {
        using DataSet data = DataSet.Published();
        await using ServiceProvider services = Services(options =>
        {
            options.Folder = data.Folder;
            options.LoadMode = LoadMode.Eager;
            options.TotalMemoryBytes = Environment.SystemPageSize * 2;
        });
        MmapManager manager = services.GetRequiredService<MmapManager>();
        manager.LoadAll();

        HealthReportEntry full = await CheckAsync(services);
        manager.Unload(new DimensionId(2));
        HealthReportEntry half = await CheckAsync(services);

        Assert.Equal(HealthStatus.Degraded, full.Status);
        Assert.Contains("cannot be evicted", full.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, half.Status);
    }

    [Fact]
    public async Task Check_LimitExceededSinceTheLast_IsDegradedOnce()
    {
        using DataSet data = DataSet.Published();
        await using ServiceProvider services = Services(options =>
        {
            options.Folder = data.Folder;
            options.LoadMode = LoadMode.Eager;
            options.TotalMemoryBytes = Environment.SystemPageSize;
            options.DegradedAtPercent = 100;
        });
        MmapManager manager = services.GetRequiredService<MmapManager>();
        manager.Load(new DimensionId(1));
        Assert.Throws<MemoryException>(() => manager.Load(new DimensionId(2)));
        manager.Unload(new DimensionId(1));

        HealthReportEntry first = await CheckAsync(services);
        HealthReportEntry second = await CheckAsync(services);

        Assert.Equal(HealthStatus.Degraded, first.Status);
        Assert.Contains("no room", first.Description, StringComparison.Ordinal);
        Assert.Equal(HealthStatus.Healthy, second.Status);
    }

    [Fact]
    public async Task Check_DamageFoundSinceTheLast_HasTheStatusOfTheRegistration()
    {
        using DataSet data = DataSet.Published();
        byte[] bytes = File.ReadAllBytes(data.RegionFile(1));
        bytes[100] ^= 1;
        File.WriteAllBytes(data.RegionFile(1), bytes);
        await using ServiceProvider services = Services(options => options.Folder = data.Folder, HealthStatus.Degraded);
        HealthReportEntry before = await CheckAsync(services);
        Assert.Throws<Format.LaminaFormatException>(() => services.GetRequiredService<MmapManager>().ReadText(new LayerId(1, 0)));

        HealthReportEntry after = await CheckAsync(services);

        Assert.Equal(HealthStatus.Healthy, before.Status);
        Assert.Equal(HealthStatus.Degraded, after.Status);
        Assert.Contains("damaged", after.Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddLamina_SeveralDataSets_HaveACheckEach()
    {
        using DataSet data = DataSet.Published();
        using DataSet none = new();
        ServiceCollection services = new();
        services.AddLogging();
        services.AddKeyedLamina("here", options => options.Folder = data.Folder).AddKeyedLamina("gone", options => options.Folder = none.Folder);
        services.AddHealthChecks().AddLamina("here").AddLamina("gone", name: "other");
        await using ServiceProvider provider = services.BuildServiceProvider();

        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Healthy, report.Entries["lamina-here"].Status);
        Assert.Equal(HealthStatus.Unhealthy, report.Entries["other"].Status);
    }

    private static ServiceProvider Services(Action<LaminaOptions> configure, HealthStatus? failure = null)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddLamina(configure);
        services.AddHealthChecks().AddLamina(failureStatus: failure);
        return services.BuildServiceProvider();
    }

    private static async Task<HealthReportEntry> CheckAsync(ServiceProvider services)
    {
        HealthReport report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        return report.Entries["lamina"];
    }
}

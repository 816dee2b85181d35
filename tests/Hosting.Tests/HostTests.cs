using System.Diagnostics.Metrics;
using Lamina.Format;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lamina.Hosting.Tests;

/// <summary>A data set in the life of a host.</summary>
public sealed class HostTests : IDisposable
{
    private static readonly LayerId Joy = new(1, 0);

    private readonly RecordingLogger _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task AddLamina_FolderOfADataSet_ServesItWhileTheHostLivesAndLogs()
    {
        using DataSet data = DataSet.Published();
        MmapManager manager;
        using (IHost host = Host(services => services.AddLamina(options => options.Folder = data.Folder)))
        {
            await host.StartAsync();
            manager = host.Services.GetRequiredService<MmapManager>();

            Assert.Equal("Room for more of it.", manager.ReadText(Joy));
            Assert.Same(manager, host.Services.GetRequiredService<MmapManager>());
            await host.StopAsync();
        }

        Assert.Throws<ObjectDisposedException>(() => manager.ReadText(Joy));
        Assert.Equal(
            [nameof(MemoryNotice.Opened), nameof(MemoryNotice.DimensionLoaded), nameof(MemoryNotice.Disposed)],
            _log.Lines.Where(static line => line.Category == "Lamina.MmapManager").Select(static line => line.Event.Name));
    }

    [Fact]
    public async Task AddLamina_Configuration_SetsEveryOption()
    {
        using DataSet data = DataSet.Published();
        using IHost host = Host(
            (services, configuration) => services.AddLamina(configuration.GetSection("Lamina")),
            ("Lamina:Folder", data.Folder),
            ("Lamina:TotalMemoryBytes", "1048576"),
            ("Lamina:OpenMode", "Copy"),
            ("Lamina:LoadMode", "Eager"),
            ("Lamina:AccessPattern", "Random"),
            ("Lamina:LoadOnDemand", "false"),
            ("Lamina:LoadAtStart", "true"),
            ("Lamina:SimulateFrom", data.Source),
            ("Lamina:Watch", "true"),
            ("Lamina:CountAccesses", "true"),
            ("Lamina:PoolBlockSizes:0", "4096"),
            ("Lamina:PoolBlockSizes:1", "8192"),
            ("Lamina:DegradedAtPercent", "80"));
        await host.StartAsync();

        LaminaOptions options = host.Services.GetRequiredService<IOptions<LaminaOptions>>().Value;
        Assert.Equal(
            MemoryConfig.Default with
            {
                TotalMemoryBytes = 1 << 20,
                OpenMode = OpenMode.Copy,
                LoadMode = LoadMode.Eager,
                AccessPattern = AccessPattern.Random,
                LoadOnDemand = false,
                SimulateFrom = data.Source,
                Watch = true,
                CountAccesses = true,
                PoolBlockSizes = default,
            },
            options.ToMemoryConfig() with { PoolBlockSizes = default });
        Assert.Equal<int>([4096, 8192], options.ToMemoryConfig().PoolBlockSizes.ToArray());
        Assert.Equal(80, options.DegradedAtPercent);
        Assert.Equal(2, host.Services.GetRequiredService<MmapManager>().GetStats().LoadedDimensions);
    }

    [Fact]
    public async Task Start_OptionsWrong_FailsWithEveryReasonAndOpensNothing()
    {
        using IHost host = Host(services => services.AddKeyedLamina("lexicon", options =>
        {
            options.TotalMemoryBytes = 1;
            options.DegradedAtPercent = 101;
        }));

        OptionsValidationException exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Collection(
            exception.Failures,
            static reason => Assert.StartsWith("The data set 'lexicon' has no Folder.", reason, StringComparison.Ordinal),
            static reason => Assert.Contains("DegradedAtPercent is 101", reason, StringComparison.Ordinal),
            static reason => Assert.Contains("TotalMemoryBytes", reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_NoDataSetThere_Fails()
    {
        using DataSet data = new();
        using IHost host = Host(services => services.AddLamina(options => options.Folder = data.Folder));

        LaminaFormatException exception = await Assert.ThrowsAsync<LaminaFormatException>(() => host.StartAsync());

        Assert.Equal(FormatFault.ManifestMissing, exception.Fault);
    }

    [Fact]
    public async Task Start_LoadAtStartAndARegionMissing_Fails()
    {
        using DataSet data = DataSet.Published();
        File.Delete(data.RegionFile(2));
        using IHost host = Host(services => services.AddLamina(options =>
        {
            options.Folder = data.Folder;
            options.LoadAtStart = true;
        }));

        LaminaFormatException exception = await Assert.ThrowsAsync<LaminaFormatException>(() => host.StartAsync());

        Assert.Equal(FormatFault.RegionMissing, exception.Fault);
        Assert.Contains(_log.Lines, static line => line.Event.Name == nameof(MemoryNotice.FaultFound) && line.Exception is LaminaFormatException);
    }

    [Fact]
    public async Task Start_CompiledAgainstAnotherSchema_Fails()
    {
        using DataSet data = DataSet.Published();
        using IHost host = Host(services => services.AddLamina(options =>
        {
            options.Folder = data.Folder;
            options.Require(new DimensionSchema(new DimensionId(1), "Emotion", 0, "0 - Grief"u8));
        }));

        MemoryException exception = await Assert.ThrowsAsync<MemoryException>(() => host.StartAsync());

        Assert.Equal(MemoryError.SchemaMismatch, exception.Error);
    }

    [Fact]
    public async Task AddKeyedLamina_SeveralDataSets_AreKeptApart()
    {
        using DataSet first = DataSet.Published("first");
        using DataSet second = DataSet.Published("second");
        using IHost host = Host(services => services
            .AddKeyedLamina("first", options => options.Folder = first.Folder)
            .AddKeyedLamina("second", options => options.Folder = second.Folder)
            .AddSingleton<Reader>());
        await host.StartAsync();

        Assert.Equal("first second", host.Services.GetRequiredService<Reader>().Text);
        Assert.Null(host.Services.GetService<MmapManager>());
    }

    [Fact]
    public async Task AddLamina_Again_ConfiguresTheSameDataSet()
    {
        using DataSet data = DataSet.Published();
        using IHost host = Host(services => services
            .AddLamina(options => options.Folder = "nowhere")
            .AddLamina(options => options.Folder = data.Folder));
        await host.StartAsync();

        Assert.Equal(data.Folder, Assert.Single(host.Services.GetServices<MmapManager>()).Folder);
        Assert.Single(_log.Lines, static line => line.Event.Name == nameof(MemoryNotice.Opened));
    }

    [Fact]
    public async Task Watch_NewManifestPublished_IsReadWithoutARestart()
    {
        using DataSet data = DataSet.Published();
        using ManualResetEventSlim refreshed = new();
        _log.Written = id =>
        {
            if (id.Name == nameof(MemoryNotice.Refreshed))
                refreshed.Set();
        };
        using IHost host = Host(services => services.AddLamina(options =>
        {
            options.Folder = data.Folder;
            options.Watch = true;
        }));
        await host.StartAsync();
        MmapManager manager = host.Services.GetRequiredService<MmapManager>();
        Assert.Equal("Room for more of it.", manager.ReadText(Joy));

        data.Publish("And more.");

        Assert.True(refreshed.Wait(TimeSpan.FromSeconds(30)));
        Assert.Equal("And more.", manager.ReadText(Joy));
    }

    [Fact]
    public async Task Metrics_OfTheHost_HaveTheDataSetsFigures()
    {
        using DataSet data = DataSet.Published();
        using IHost host = Host(services => services.AddKeyedLamina("lexicon", options => options.Folder = data.Folder));
        IMeterFactory meters = host.Services.GetRequiredService<IMeterFactory>();
        Dictionary<string, long> seen = [];
        object? tag = null;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name != "Lamina" || instrument.Meter.Scope != meters)
                return;
            tag = instrument.Meter.Tags?.Single().Value;
            self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        await host.StartAsync();

        listener.RecordObservableInstruments();

        Assert.Equal("lexicon", tag);
        Assert.Equal(MemoryConfig.DefaultTotalMemoryBytes, seen["lamina.memory.limit"]);
    }

    [Fact]
    public void AddLamina_WithoutAHost_OpensWhenAskedAndClosesWithTheServices()
    {
        using DataSet data = DataSet.Published();
        MmapManager manager;
        using (ServiceProvider services = new ServiceCollection().AddLamina(options => options.Folder = data.Folder).BuildServiceProvider())
        {
            manager = services.GetRequiredService<MmapManager>();
            Assert.Equal("Room for more of it.", manager.ReadText(Joy));
        }

        Assert.Throws<ObjectDisposedException>(() => manager.ReadText(Joy));
    }

    private IHost Host(Action<IServiceCollection> add) => Host((services, _) => add(services));

    private IHost Host(Action<IServiceCollection, IConfiguration> add, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(settings.Select(static pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)));
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_log);
        add(builder.Services, builder.Configuration);
        return builder.Build();
    }

    private sealed class Reader(
        [FromKeyedServices("first")] MmapManager first, [FromKeyedServices("second")] MmapManager second)
    {
        public string Text => $"{first.ReadText(Joy)} {second.ReadText(Joy)}";
    }
}

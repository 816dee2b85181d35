using Lamina.Format;
using Lamina.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lamina.EndToEnd.Tests.Stories;

/// <summary>A host has data sets among its services.</summary>
[Trait("Story", "Hosting")]
public sealed class HostingStories
{
    [Fact]
    public async Task AHostStartsReadsAndStops_TheDataSetIsLoadedLookedAtRefreshedAndDisposed()
    {
        using Author author = Author.OfTexts(dimensions: 2, layers: 4).Publishes();
        HostApplicationBuilder builder = NewBuilder();
        builder.Services.AddLamina(options =>
        {
            options.Folder = author.Folder;
            options.LoadAtStart = true;
        });
        builder.Services.AddHealthChecks().AddLamina();

        MmapManager manager;
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            manager = host.Services.GetRequiredService<MmapManager>();
            Assert.Equal(2, manager.GetStats().LoadedDimensions);
            Assert.Equal(HealthStatus.Healthy, await HealthOfAsync(host));

            author.Rewrites(1, 0, "Rewritten.").Publishes();
            Assert.True(manager.Refresh());
            Assert.Equal("Rewritten.", manager.ReadText(new LayerId(1, 0)));
            Assert.Equal(HealthStatus.Healthy, await HealthOfAsync(host));

            // A file is damaged on the disk: the program reads on, and whoever watches is told once.
            author.DamagesContent(2);
            manager.Reload(new DimensionId(2));
            Assert.Throws<LaminaFormatException>(() => manager.ReadText(new LayerId(2, 0)));
            Assert.Equal(HealthStatus.Unhealthy, await HealthOfAsync(host));
            Assert.Equal("Rewritten.", manager.ReadText(new LayerId(1, 0)));
            Assert.Equal(HealthStatus.Healthy, await HealthOfAsync(host));
            await host.StopAsync();
        }

        Assert.Throws<ObjectDisposedException>(() => manager.ReadText(new LayerId(1, 0)));
    }

    [Fact]
    public async Task AnOptionIsOutOfItsRange_TheHostDoesNotStartAndSaysWhich()
    {
        using Author author = Author.OfTexts(dimensions: 1, layers: 1).Publishes();
        HostApplicationBuilder builder = NewBuilder();
        builder.Configuration.AddInMemoryCollection([new("Lamina:Folder", author.Folder), new("Lamina:TotalMemoryBytes", "1000")]);
        builder.Services.AddLamina(builder.Configuration.GetSection("Lamina"));
        using IHost host = builder.Build();

        OptionsValidationException refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(nameof(LaminaOptions.TotalMemoryBytes), refusal.Message, StringComparison.Ordinal);
    }

    private static HostApplicationBuilder NewBuilder()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        return builder;
    }

    private static async Task<HealthStatus> HealthOfAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status;
}

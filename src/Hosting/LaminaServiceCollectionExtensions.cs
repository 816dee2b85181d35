using Lamina;
using Lamina.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds data sets to the services of a program.</summary>
/// <remarks>
/// A data set is a singleton <see cref="MmapManager"/>, opened when it is first asked for, or when the host starts, and disposed with the
/// services. Its notices go to <c>ILogger&lt;MmapManager&gt;</c>, its figures to a meter named <c>Lamina</c>, if the program has these.
/// Adding the same one again only configures it further.
/// </remarks>
public static class LaminaServiceCollectionExtensions
{
    /// <summary>Adds a data set with options from code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLamina(this IServiceCollection services, Action<LaminaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddDataSet(null).Configure(configure);
        return services;
    }

    /// <summary>Adds a data set with options from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section whose keys are the properties of <see cref="LaminaOptions"/>.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddLamina(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddDataSet(null).Bind(configuration);
        return services;
    }

    /// <summary>Adds one of several data sets, with options from code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key to ask for it by, and the name of its options.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException">Another argument is null.</exception>
    public static IServiceCollection AddKeyedLamina(this IServiceCollection services, string key, Action<LaminaOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddDataSet(key).Configure(configure);
        return services;
    }

    /// <summary>Adds one of several data sets, with options from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="key">The key to ask for it by, and the name of its options.</param>
    /// <param name="configuration">The section whose keys are the properties of <see cref="LaminaOptions"/>.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException"><paramref name="key"/> is null or empty.</exception>
    /// <exception cref="ArgumentNullException">Another argument is null.</exception>
    public static IServiceCollection AddKeyedLamina(this IServiceCollection services, string key, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddDataSet(key).Bind(configuration);
        return services;
    }

    private static OptionsBuilder<LaminaOptions> AddDataSet(this IServiceCollection services, string? key)
    {
        string name = key ?? Options.Options.DefaultName;
        if (!services.Any(service => service.ServiceType == typeof(DataSetService) && Equals(service.ServiceKey, name)))
        {
            services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LaminaOptions>, LaminaOptionsValidator>());
            services.AddKeyedSingleton(name, static (provider, name) => new DataSetService(provider, (string)name!));
            if (key is null)
                services.AddSingleton(static provider => DataSetService.Of(provider, null).Manager);
            else
                services.AddKeyedSingleton(key, static (provider, name) => DataSetService.Of(provider, (string)name!).Manager);
            services.AddSingleton<IHostedService>(provider => DataSetService.Of(provider, key));
        }

        return services.AddOptionsWithValidateOnStart<LaminaOptions>(name);
    }
}

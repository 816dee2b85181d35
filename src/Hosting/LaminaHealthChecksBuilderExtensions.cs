using Lamina.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds data sets to the health checks of a program.</summary>
public static class LaminaHealthChecksBuilderExtensions
{
    /// <summary>Adds a check of a data set.</summary>
    /// <remarks>
    /// Healthy: it can be read. Degraded: dimensions are missing, content is simulated, or the memory budget does not suffice. Failed: it cannot
    /// be opened, or since the last check files were found missing or damaged.
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="key">The key of the data set; null for the one without a key.</param>
    /// <param name="name">The name of the check; <c>lamina</c>, or <c>lamina-</c> and the key, if null.</param>
    /// <param name="failureStatus">What to report if the data set cannot be read; <see cref="HealthStatus.Unhealthy"/> if null.</param>
    /// <param name="tags">Tags to choose checks by.</param>
    /// <returns>The health checks.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHealthChecksBuilder AddLamina(
        this IHealthChecksBuilder builder,
        string? key = null,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? (key is null ? "lamina" : "lamina-" + key), provider => DataSetService.Of(provider, key), failureStatus, tags));
    }
}

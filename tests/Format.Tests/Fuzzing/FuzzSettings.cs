using System.Globalization;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>How long to fuzz, and from what seed.</summary>
internal static class FuzzSettings
{
    private const double DefaultSeconds = 5;

    /// <summary>The time for one target: its share of <c>LAMINA_FUZZ_SECONDS</c>, or a few seconds.</summary>
    public static TimeSpan Duration { get; } = TimeSpan.FromSeconds(
        double.TryParse(Environment.GetEnvironmentVariable("LAMINA_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double seconds)
            ? Math.Clamp(seconds / FuzzTargets.All.Count, 0.1, 86_400)
            : DefaultSeconds);

    /// <summary><c>LAMINA_FUZZ_SEED</c>, or a fresh one.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("LAMINA_FUZZ_SEED"), CultureInfo.InvariantCulture, out int seed)
            ? seed
            : Random.Shared.Next();
}

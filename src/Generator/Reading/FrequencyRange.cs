using static System.FormattableString;

namespace Lamina.Generator.Reading;

/// <summary>How a dimension's range of frequencies reads.</summary>
internal static class FrequencyRange
{
    /// <summary>The range from <paramref name="min"/> to <paramref name="max"/>, at least one of which is there.</summary>
    public static string Text(double? min, double? max) =>
        min is null ? Invariant($"up to {max}")
        : max is null ? Invariant($"from {min}")
        : Invariant($"{min} to {max}");
}

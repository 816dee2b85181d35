using Lamina.Bench.Measuring;

namespace Lamina.Bench.Page;

/// <summary>A bar of a <see cref="BarChart"/>.</summary>
internal readonly record struct Bar(string Name, Spread Value)
{
    /// <summary>Which colour: the limit, Lamina, or a peer.</summary>
    public string Style =>
        Name.StartsWith("Lamina", StringComparison.Ordinal) ? "fill s1"
        : Name is "Raw map" or "Floor" or "Utf8JsonReader pass" || Name.StartsWith("Bare", StringComparison.Ordinal) ? "fill s0"
        : "fill s2";
}

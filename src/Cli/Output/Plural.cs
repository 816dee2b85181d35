using Lamina.Format.Inspection;

namespace Lamina.Cli.Output;

/// <summary>Counts with their nouns.</summary>
internal static class Plural
{
    /// <summary><c>1 layer</c>, <c>2 layers</c>, <c>1,204 layers</c>.</summary>
    public static string Of(long count, string noun) => $"{SizeText.Count(count)} {noun}{(count == 1 ? string.Empty : "s")}";
}

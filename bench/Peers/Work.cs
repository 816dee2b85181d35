namespace Lamina.Bench.Peers;

/// <summary>The kinds of work.</summary>
internal enum Work
{
    /// <inheritdoc cref="LengthAndFirstByte"/>
    Length,

    /// <inheritdoc cref="HashOfAllBytes"/>
    Hash,
}

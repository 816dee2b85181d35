namespace Lamina.Format.Writing;

/// <summary>Where items of a list stand in a spool.</summary>
/// <param name="Offset">Where the first one begins.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct SpooledItems(long Offset, int Count);

namespace Lamina.Format.Tests.Hostile;

/// <summary>A data set that breaks one rule of chapter 8.</summary>
/// <param name="Name">The clause and what is wrong.</param>
/// <param name="Fault">The fault that the clause names.</param>
/// <param name="Offset">Where, in the manifest, or in the region file if <paramref name="InManifest"/> is false.</param>
/// <param name="InManifest">Whether loading the manifest alone must see it; else checking the data set must.</param>
/// <param name="Files">The folder's files by name.</param>
internal sealed record HostileFolder(
    string Name, FormatFault Fault, long Offset, bool InManifest, IReadOnlyDictionary<string, byte[]> Files);

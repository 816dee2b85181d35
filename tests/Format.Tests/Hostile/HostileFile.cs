namespace Lamina.Format.Tests.Hostile;

/// <summary>A region file that breaks one rule.</summary>
/// <param name="Name">The clause and what is wrong, without the extension.</param>
/// <param name="Fault">The fault that the clause names.</param>
/// <param name="Offset">Where the bad field or byte stands.</param>
/// <param name="Stage">When a reader must refuse it at the latest.</param>
/// <param name="Bytes">The file.</param>
internal sealed record HostileFile(string Name, FormatFault Fault, long Offset, HostileStage Stage, byte[] Bytes);

namespace Lamina.Format.Reading;

/// <summary>An entry of a section table. Spec: chapter "Sections".</summary>
internal readonly record struct Section(uint Kind, long Offset, long Length, ulong Checksum);

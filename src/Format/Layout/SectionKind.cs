namespace Lamina.Format.Layout;

/// <summary>The sections of version 1, in the order in which they stand in the file. Spec: SEC-1.</summary>
internal enum SectionKind : uint
{
    Dictionary = 1,
    Content = 2,
    Blocks = 3,
    Numbers = 4,
    Locations = 5,
    Layers = 6,
    LayerKeywords = 7,
    Keywords = 8,
    Postings = 9,
    Names = 10,
    Strings = 11,
}

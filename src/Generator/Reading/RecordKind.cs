namespace Lamina.Generator.Reading;

/// <summary>What an object of a data set's source describes.</summary>
internal enum RecordKind
{
    /// <summary>Not told yet: a line of JSON Lines is what its properties make it.</summary>
    Unknown,
    Dimension,
    Layer,
}

namespace Lamina.Generator.Reading;

/// <summary>What an object of a data set's source describes.</summary>
internal enum RecordKind
{
    /// <summary>No dimension and no layer.</summary>
    None,

    /// <summary>A line of JSON Lines, which is what its properties make it.</summary>
    Line,
    Dimension,
    Layer,
}

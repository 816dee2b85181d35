namespace Lamina.Format.Input;

/// <summary>What <see cref="DimensionsParser"/> is inside of.</summary>
internal enum ParserScope
{
    /// <summary>Nothing yet, or nothing any more; in JSON Lines, between two lines.</summary>
    Root,

    /// <summary>The object that is the text.</summary>
    Top,

    Dimensions,
    Layers,

    /// <summary>A dimension or a layer.</summary>
    Object,

    /// <summary>A layer's keywords.</summary>
    Keywords,
}

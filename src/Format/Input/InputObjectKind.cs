namespace Lamina.Format.Input;

/// <summary>What an object of the input is.</summary>
internal enum InputObjectKind
{
    /// <summary>Nothing that is handed over.</summary>
    None,

    Dimension,
    Layer,

    /// <summary>One of both; its properties tell.</summary>
    Line,
}

namespace Lamina.Format.Conversion;

/// <summary>How a data set's source is written.</summary>
public enum InputSyntax
{
    /// <summary>One JSON object with the arrays <c>dimensions</c> and <c>layers</c>.</summary>
    Json,

    /// <summary>One JSON object a line, a dimension or a layer each.</summary>
    JsonLines,
}

namespace Lamina.Format.Input;

/// <summary>Why <see cref="DimensionsParser"/> stopped.</summary>
internal enum ParserStep
{
    /// <summary>The buffer is used up.</summary>
    NeedMore,

    /// <summary>A layer is complete.</summary>
    Layer,

    /// <summary>A layer is complete but for the file that has its content.</summary>
    ContentFile,

    /// <summary>There is no use in reading on.</summary>
    Stop,
}

namespace Lamina.Format.Schema;

/// <summary>A layer's place in its dimension's hierarchy as its author declared it.</summary>
internal struct LayerLink
{
    /// <summary>The parent of a layer that declares none.</summary>
    public const long NoParent = -1;

    /// <summary>The parent of a layer whose declaration could not be read: nothing follows from it for its children.</summary>
    public const long UnknownParent = -2;

    /// <summary>The depth of a layer that declares none.</summary>
    public const int NoDepth = -1;

    public uint Number;
    public int Depth;
    public long Parent;
    public SourcePosition NumberPosition;
    public SourcePosition ParentPosition;
    public SourcePosition DepthPosition;
}

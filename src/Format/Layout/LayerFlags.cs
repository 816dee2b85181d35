namespace Lamina.Format.Layout;

/// <summary>A layer's flags. Spec: LAY-5.</summary>
[Flags]
internal enum LayerFlags : ushort
{
    None = 0,
    HasName = 1,
    HasFrequency = 2,

    /// <summary>The layer's content was made up by simulation.</summary>
    Simulated = 4,

    All = HasName | HasFrequency | Simulated,
}

namespace Lamina.Format.Inspection;

/// <summary>How long a layer's content is.</summary>
/// <param name="Id">The layer.</param>
/// <param name="Name">Its name, if it has one.</param>
/// <param name="Length">Bytes of its content.</param>
public sealed record LayerSize(LayerId Id, string? Name, long Length);

using System.Diagnostics.CodeAnalysis;

namespace Lamina;

/// <summary>Throws; apart, so that the paths that do not stay small.</summary>
internal static class Throw
{
    [DoesNotReturn]
    public static void LeaseDisposed() =>
        throw new ObjectDisposedException(nameof(LayerLease), "The lease has been disposed; its content may be gone.");

    [DoesNotReturn]
    public static void ScopeDisposed() =>
        throw new ObjectDisposedException(nameof(ReadScope), "The scope has been disposed; what was read through it may be gone.");

    [DoesNotReturn]
    public static void ManagerDisposed() => throw new ObjectDisposedException(nameof(MmapManager));

    [DoesNotReturn]
    public static void DimensionNotFound(DimensionId dimension) => throw new MemoryException(
        MemoryError.DimensionNotFound, $"The data set has no dimension {dimension}. See MmapManager.Dimensions.", dimension);

    [DoesNotReturn]
    public static void LayerNotFound(LayerId layer) => throw new MemoryException(
        MemoryError.LayerNotFound, $"The data set has no layer {layer}. See MmapManager.Layers.", layer: layer);

    public static MemoryException Superseded(DimensionId dimension, Exception missing) => new(
        MemoryError.Superseded,
        $"{dimension} was replaced by a newer one after the scope had begun, and before it was read; its file is gone. Begin a new scope.",
        dimension,
        inner: missing);

    [DoesNotReturn]
    public static void NotLoaded(DimensionId dimension) => throw new MemoryException(
        MemoryError.NotLoaded, $"{dimension} is not loaded. Call MmapManager.Load.", dimension);

    [DoesNotReturn]
    public static void AlreadyLoaded(DimensionId dimension) => throw new MemoryException(
        MemoryError.AlreadyLoaded, $"{dimension} is loaded already. Call MmapManager.Reload to load it anew.", dimension);

    [DoesNotReturn]
    public static void InvalidText(LayerId layer) => throw new MemoryException(
        MemoryError.InvalidText, $"The content of {layer} is not UTF-8 text. Read it as bytes.", layer: layer);
}

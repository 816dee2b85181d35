using System.IO.MemoryMappedFiles;

namespace Lamina.Format.Reading;

/// <summary>A file mapped into memory for reading. The view is valid until the file is disposed.</summary>
/// <remarks>Whoever truncates the file while it is mapped ends this process. Spec: TRU-5.</remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _accessor;

    /// <summary>Maps the file at <paramref name="path"/>.</summary>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public MappedFile(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        long length = stream.Length;

        // An empty file cannot be mapped; it has no bytes to point to.
        if (length == 0)
            return;
        try
        {
            _file = MemoryMappedFile.CreateFromFile(
                stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _accessor = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            byte* start = null;

            // SAFETY: the accessor holds length bytes from its pointer, offset zero of the file, until ReleasePointer below.
            _accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            View = new FileView(start + _accessor.PointerOffset, length);
        }
        catch
        {
            _accessor?.Dispose();
            _file?.Dispose();
            throw;
        }
    }

    public FileView View { get; }

    /// <summary>Unmaps the file; nothing may read its view any more.</summary>
    public void Dispose()
    {
        if (_accessor is { } accessor && !accessor.SafeMemoryMappedViewHandle.IsClosed)
        {
            accessor.SafeMemoryMappedViewHandle.ReleasePointer();
            accessor.Dispose();
        }

        _file?.Dispose();
    }
}

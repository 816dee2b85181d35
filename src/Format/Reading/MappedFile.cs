using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using Lamina.Format.Linux;

namespace Lamina.Format.Reading;

/// <summary>A file mapped into memory for reading. The view is valid until the file is disposed.</summary>
/// <remarks>Whoever truncates the file while it is mapped ends this process. Spec: TRU-5.</remarks>
internal sealed unsafe class MappedFile : IDisposable
{
    // Null where the C library has mapped the file.
    private MemoryMappedFile? _file;
    private MemoryMappedViewAccessor? _accessor;
    private byte* _linuxStart;

    /// <summary>Maps the file at <paramref name="path"/>.</summary>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public MappedFile(string path)
    {
        if (LinuxFile.TryMap(path, out _linuxStart, out long length))
            View = new FileView(_linuxStart, length);
        else
            View = MapByFramework(path);
    }

    public FileView View { get; }

    /// <summary>Unmaps the file; nothing may read its view any more.</summary>
    public void Dispose()
    {
        if (_linuxStart is not null)
        {
            LinuxMemory.Unmap(_linuxStart, View.Length);
            _linuxStart = null;
        }
        else
        {
            UnmapByFramework();
        }
    }

    // Apart, as is what takes it back: nothing of it is loaded before it is called.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private FileView MapByFramework(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 1);
        long length = stream.Length;

        // An empty file cannot be mapped; it has no bytes to point to.
        if (length == 0)
            return default;
        try
        {
            _file = MemoryMappedFile.CreateFromFile(
                stream, mapName: null, capacity: 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _accessor = _file.CreateViewAccessor(0, length, MemoryMappedFileAccess.Read);
            byte* start = null;

            // SAFETY: the accessor holds length bytes from its pointer, offset zero of the file, until ReleasePointer below.
            _accessor.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
            return new FileView(start + _accessor.PointerOffset, length);
        }
        catch
        {
            _accessor?.Dispose();
            _file?.Dispose();
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void UnmapByFramework()
    {
        if (_accessor is { } accessor && !accessor.SafeMemoryMappedViewHandle.IsClosed)
        {
            accessor.SafeMemoryMappedViewHandle.ReleasePointer();
            accessor.Dispose();
        }

        _file?.Dispose();
    }
}

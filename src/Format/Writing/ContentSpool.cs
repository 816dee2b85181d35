using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Lamina.Format.Writing;

/// <summary>
/// One temporary file for all contents that cannot be packed as they come: those of dimensions whose layers are out of order,
/// and those of blocks for which there is no memory. Made when first needed, deleted when disposed. Not thread-safe.
/// </summary>
/// <param name="path">Where the file is made; nothing may stand there.</param>
internal sealed class ContentSpool(string path) : IDisposable
{
    private const int BufferSize = 512 * 1024;

    private SafeFileHandle? _handle;
    private byte[] _buffer = [];
    private int _buffered;
    private long _flushed;

    /// <summary>Takes <paramref name="content"/>; the offset it has from then on.</summary>
    public long Append(ReadOnlySpan<byte> content)
    {
        long offset = _flushed + _buffered;
        if (_buffer.Length == 0)
            _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        if (content.Length > _buffer.Length - _buffered)
            Flush();
        if (content.Length >= _buffer.Length)
        {
            OutputBytes.Write(Open(), content, _flushed);
            _flushed += content.Length;
        }
        else
        {
            content.CopyTo(_buffer.AsSpan(_buffered));
            _buffered += content.Length;
        }

        return offset;
    }

    /// <summary>Fills <paramref name="target"/> with the content at <paramref name="offset"/>.</summary>
    /// <exception cref="EndOfStreamException">The file has been shortened from outside.</exception>
    public void Read(long offset, Span<byte> target)
    {
        Flush();
        RegionFile.ReadExactly(Open(), offset, target);
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        if (_handle is null)
            return;
        _handle.Dispose();
        _handle = null;
        File.Delete(path);
    }

    private void Flush()
    {
        if (_buffered == 0)
            return;
        OutputBytes.Write(Open(), _buffer.AsSpan(0, _buffered), _flushed);
        _flushed += _buffered;
        _buffered = 0;
    }

    private SafeFileHandle Open() =>
        _handle ??= File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
}

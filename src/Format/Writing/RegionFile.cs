using System.Buffers;
using Lamina.Format.Linux;
using Microsoft.Win32.SafeHandles;

namespace Lamina.Format.Writing;

/// <summary>
/// A file that grows at its end, through a buffer, and whose beginning is written last. It is made at the first write and
/// may be closed and opened again in between. Thread-safe.
/// </summary>
/// <param name="path">Where the file is made; nothing may stand there.</param>
/// <param name="openFiles">What keeps the number of open files low.</param>
internal sealed class RegionFile(string path, OpenFiles openFiles) : IDisposable
{
    // Pieces of 64 KiB and more reach the page cache twice as fast as small ones.
    private const int BufferSize = 128 * 1024;

    private readonly Lock _gate = new();
    private LinkedListNode<RegionFile>? _place;
    private SafeFileHandle? _handle;
    private byte[]? _buffer;
    private int _buffered;
    private long _flushed;
    private bool _exists;

    public string Path { get; } = path;

    /// <summary>Where the next byte goes.</summary>
    public long Length { get; private set; }

    /// <summary>The file's place among the open ones; theirs to use.</summary>
    public LinkedListNode<RegionFile> Place => _place ??= new LinkedListNode<RegionFile>(this);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        openFiles.Touch(this);
        lock (_gate)
        {
            _buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
            if (bytes.Length > _buffer.Length - _buffered)
                FlushBuffer();
            if (bytes.Length >= _buffer.Length)
            {
                OutputBytes.Write(Open(), bytes, _flushed);
                _flushed += bytes.Length;
            }
            else
            {
                bytes.CopyTo(_buffer.AsSpan(_buffered));
                _buffered += bytes.Length;
            }

            Length += bytes.Length;
        }
    }

    /// <summary>Appends zeros until the length is <paramref name="length"/>.</summary>
    public void PadTo(long length)
    {
        ReadOnlySpan<byte> zeros = stackalloc byte[256];
        while (Length < length)
            Append(zeros[..(int)Math.Min(zeros.Length, length - Length)]);
    }

    /// <summary>Writes over the beginning of the file.</summary>
    public void WriteStart(ReadOnlySpan<byte> bytes)
    {
        openFiles.Touch(this);
        lock (_gate)
        {
            if (_flushed == 0 && bytes.Length <= _buffered)
                bytes.CopyTo(_buffer);
            else
                OutputBytes.Write(Open(), bytes, 0);
        }
    }

    /// <summary>Cuts the file off at <paramref name="length"/>, where the next byte goes from then on.</summary>
    public void Truncate(long length)
    {
        openFiles.Touch(this);
        lock (_gate)
        {
            FlushBuffer();
            OutputBytes.SetLength(Open(), length);
            _flushed = length;
            Length = length;
        }
    }

    /// <summary>Fills <paramref name="target"/> with the bytes at <paramref name="offset"/>, all appended before.</summary>
    /// <exception cref="EndOfStreamException">The file has been shortened from outside.</exception>
    public void Read(long offset, Span<byte> target)
    {
        openFiles.Touch(this);
        lock (_gate)
        {
            FlushBuffer();
            ReadExactly(Open(), offset, target);
        }
    }

    /// <summary>What there is to say when the file does not hold what was appended.</summary>
    public IOException Changed() => new($"The temporary file {Path} was changed while it was in use. Convert again.");

    /// <summary>Hands everything to the system. The file stays open, if not too many are, to be flushed.</summary>
    public void Finish()
    {
        lock (_gate)
        {
            FlushBuffer();
            ReturnBuffer();
        }
    }

    /// <summary>Has the system begin to write, so that less is left to wait for when the file is flushed.</summary>
    public void BeginFlush()
    {
        lock (_gate)
        {
            if (_handle is not null)
                WriteBack.Begin(_handle);
        }
    }

    /// <summary>Waits until everything is on the disk, and closes the file.</summary>
    /// <exception cref="IOException">It could not be flushed.</exception>
    public void FlushToDisk()
    {
        openFiles.Remove(this);
        lock (_gate)
        {
            FlushBuffer();
            RandomAccess.FlushToDisk(Open());
            Close();
        }
    }

    /// <summary>Closes the file until it is used again.</summary>
    public void CloseForNow()
    {
        lock (_gate)
        {
            FlushBuffer();
            Close();
        }
    }

    /// <summary>Closes the file without flushing it; it stays where it is.</summary>
    public void Dispose()
    {
        openFiles.Remove(this);
        lock (_gate)
            Close();
    }

    /// <summary>Reads until <paramref name="target"/> is full.</summary>
    /// <exception cref="EndOfStreamException">The file ends before that.</exception>
    internal static void ReadExactly(SafeFileHandle handle, long offset, Span<byte> target)
    {
        while (target.Length > 0)
        {
            int read = RandomAccess.Read(handle, target, offset);
            if (read == 0)
                throw new EndOfStreamException("A temporary file of the conversion was shortened while it was in use.");
            offset += read;
            target = target[read..];
        }
    }

    private void FlushBuffer()
    {
        if (_buffered == 0)
            return;
        OutputBytes.Write(Open(), _buffer.AsSpan(0, _buffered), _flushed);
        _flushed += _buffered;
        _buffered = 0;
    }

    private SafeFileHandle Open()
    {
        _handle ??= File.OpenHandle(
            Path, _exists ? FileMode.Open : FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        _exists = true;
        return _handle;
    }

    private void Close()
    {
        _handle?.Dispose();
        _handle = null;
        ReturnBuffer();
    }

    private void ReturnBuffer()
    {
        if (_buffer is not null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
        _buffered = 0;
    }
}

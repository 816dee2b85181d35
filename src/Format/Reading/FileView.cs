namespace Lamina.Format.Reading;

/// <summary>The bytes of a file in memory, mapped or not, of any length. Does not own the memory.</summary>
/// <remarks>Whoever holds a view makes sure that the memory outlives it.</remarks>
internal readonly unsafe struct FileView
{
    private readonly byte* _start;

    /// <summary>Views <paramref name="length"/> bytes from <paramref name="start"/>.</summary>
    public FileView(byte* start, long length)
    {
        if (length < 0)
            ThrowNegative(length);
        _start = start;
        Length = length;
    }

    public long Length { get; }

    // Apart: the framework's check is generic over numbers, which take a while to load.
    private static void ThrowNegative(long length) => ArgumentOutOfRangeException.ThrowIfNegative(length);

    /// <summary>The bytes from <paramref name="offset"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">They are not all in the file; callers have checked before.</exception>
    public ReadOnlySpan<byte> Slice(long offset, int length)
    {
        // Unsigned: a negative offset or length is larger than any file.
        if ((ulong)offset > (ulong)Length || (ulong)length > (ulong)(Length - offset))
            throw new ArgumentOutOfRangeException(nameof(offset));

        // SAFETY: offset + length was just compared with the length of the memory that the constructor was given; the
        // holder of the view keeps that memory.
        return new ReadOnlySpan<byte>(_start + offset, length);
    }

    /// <summary>The address of the byte at <paramref name="offset"/>, for code that checks and protects by itself.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in the file, nor its end.</exception>
    public byte* PointerTo(long offset)
    {
        if ((ulong)offset > (ulong)Length)
            throw new ArgumentOutOfRangeException(nameof(offset));

        // SAFETY: inside the memory or one past it; what is read there is the caller's to bound.
        return _start + offset;
    }
}

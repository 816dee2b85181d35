namespace Lamina.Format.Tests.Input.Torture;

/// <summary>A text that is made while it is read: a beginning, a piece many times over, an end.</summary>
internal sealed class GeneratedStream(byte[] start, byte[] piece, long times, byte[] end) : ForwardStream
{
    private long _position;

    public override long Length => start.Length + (piece.Length * times) + end.Length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read = 0;
        while (read < buffer.Length && _position < Length)
        {
            long inPieces = _position - start.Length;
            long left = Length - _position;
            ReadOnlySpan<byte> next =
                inPieces < 0 ? start.AsSpan((int)_position)
                : left > end.Length ? piece.AsSpan((int)(inPieces % piece.Length))
                : end.AsSpan(end.Length - (int)left);
            next = next[..Math.Min(next.Length, buffer.Length - read)];
            next.CopyTo(buffer[read..]);
            read += next.Length;
            _position += next.Length;
        }

        return read;
    }
}

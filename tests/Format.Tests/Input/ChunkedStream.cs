namespace Lamina.Format.Tests.Input;

/// <summary>Hands out bytes in pieces of given sizes, again and again.</summary>
internal sealed class ChunkedStream(byte[] bytes, params int[] sizes) : ForwardStream
{
    private int _position;
    private int _piece;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int length = Math.Min(Math.Min(sizes[_piece++ % sizes.Length], buffer.Length), bytes.Length - _position);
        bytes.AsSpan(_position, length).CopyTo(buffer);
        _position += length;
        return length;
    }
}

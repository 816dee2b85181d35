namespace Lamina.Cli.Output;

/// <summary>Standard input whose reads end when they are cancelled.</summary>
/// <remarks>
/// A read of a terminal or pipe ends only when something is written to it. Here the caller's wait ends, and the read goes on
/// into a buffer that nobody else has; for one reader that reads no more once it was cancelled.
/// </remarks>
internal sealed class StandardInput(Stream inner) : Stream
{
    private readonly byte[] _buffer = new byte[256 * 1024];

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int wanted = Math.Min(buffer.Length, _buffer.Length);

        // On a thread of its own: some systems read a console or pipe on the thread that asks.
        int read = await Task.Run(() => inner.Read(_buffer, 0, wanted), CancellationToken.None)
            .WaitAsync(cancellationToken).ConfigureAwait(false);
        _buffer.AsMemory(0, read).CopyTo(buffer);
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

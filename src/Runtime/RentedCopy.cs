using System.Buffers;

namespace Lamina;

/// <summary>A copy of a layer in an array of the shared pool.</summary>
internal sealed class RentedCopy : IMemoryOwner<byte>
{
    private readonly int _length;
    private byte[]? _array;

    public RentedCopy(ReadOnlySpan<byte> content)
    {
        _length = content.Length;
        _array = ArrayPool<byte>.Shared.Rent(_length);
        content.CopyTo(_array);
    }

    public Memory<byte> Memory
    {
        get
        {
            byte[]? array = _array;
            ObjectDisposedException.ThrowIf(array is null, this);
            return new Memory<byte>(array, 0, _length);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _array, null) is { } array)
            ArrayPool<byte>.Shared.Return(array);
    }
}

using System.Buffers;

namespace Lamina.Bench.Peers;

/// <summary>A mapped file as <see cref="Memory{T}"/>, for libraries that take nothing else; 2 GiB at most.</summary>
internal sealed unsafe class MappedMemory(MappedBytes bytes) : MemoryManager<byte>
{
    public override Span<byte> GetSpan() => new(bytes.Pointer, checked((int)bytes.Length));

    public override MemoryHandle Pin(int elementIndex = 0) => new(bytes.Pointer + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => bytes.Dispose();
}

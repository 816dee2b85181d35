namespace Lamina.Format.Input;

/// <summary>Bytes that grow at their end and are used again and again.</summary>
internal sealed class ByteBuffer(int capacity)
{
    /// <summary>The bytes; those from <see cref="Length"/> on have no meaning.</summary>
    public byte[] Array { get; private set; } = new byte[capacity];

    public int Length { get; set; }

    public ReadOnlySpan<byte> Span => Array.AsSpan(0, Length);

    /// <summary>Makes room for <paramref name="count"/> bytes behind the end.</summary>
    /// <exception cref="OutOfMemoryException">There is no array as long.</exception>
    public void Reserve(int count)
    {
        if (count > Array.Length - Length)
            Grow(count);
    }

    private void Grow(int count)
    {
        long needed = (long)Length + count;
        long wanted = Math.Max(needed, Math.Min(2L * Array.Length, System.Array.MaxLength));
        byte[] grown = GC.AllocateUninitializedArray<byte>(checked((int)wanted));
        Span.CopyTo(grown);
        Array = grown;
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Lamina.Format.Schema;

/// <summary>
/// Computes a dimension's schema fingerprint, layer by layer, in memory that does not grow with the layers. The converter
/// and the source generator compile this file, so that file and program agree. Spec: FPR-1.
/// </summary>
internal sealed class SchemaFingerprint : IDisposable
{
    /// <summary>The fingerprint's bytes: the first of a SHA-256.</summary>
    public const int Length = 16;

    // Handing the hash a few bytes at a time costs more than hashing them.
    private readonly byte[] _buffer = new byte[4096];
    private readonly SHA256 _hash = SHA256.Create();
    private uint _remaining;
    private int _used;

    /// <summary>Begins the fingerprint of a dimension.</summary>
    /// <param name="dimension">The dimension's number.</param>
    /// <param name="name">The dimension's name; null if it has none.</param>
    /// <param name="layerCount">How many layers will be appended.</param>
    public SchemaFingerprint(ushort dimension, string? name, uint layerCount)
    {
        WriteUInt16(dimension);
        WriteName(name);
        WriteUInt32(layerCount);
        _remaining = layerCount;
    }

    /// <summary>Appends a layer. Layers come in ascending order of their numbers.</summary>
    /// <param name="number">The layer's number.</param>
    /// <param name="name">The layer's name; null if it has none.</param>
    public void Append(uint number, string? name)
    {
        WriteUInt32(number);
        WriteName(name);
        _remaining--;
    }

#if NET
    /// <summary>Begins the fingerprint of a dimension.</summary>
    /// <param name="dimension">The dimension's number.</param>
    /// <param name="name">The dimension's name as UTF-8; empty if it has none.</param>
    /// <param name="layerCount">How many layers will be appended.</param>
    public SchemaFingerprint(ushort dimension, ReadOnlySpan<byte> name, uint layerCount)
    {
        WriteUInt16(dimension);
        WriteName(name);
        WriteUInt32(layerCount);
        _remaining = layerCount;
    }

    /// <summary>Appends a layer. Layers come in ascending order of their numbers.</summary>
    /// <param name="number">The layer's number.</param>
    /// <param name="name">The layer's name as UTF-8; empty if it has none.</param>
    public void Append(uint number, ReadOnlySpan<byte> name)
    {
        WriteUInt32(number);
        WriteName(name);
        _remaining--;
    }

    private void WriteName(ReadOnlySpan<byte> name)
    {
        WriteUInt16(checked((ushort)name.Length));
        Flush(name.Length);
        name.CopyTo(_buffer.AsSpan(_used));
        _used += name.Length;
    }
#endif

    /// <summary>Ends the fingerprint and gives its 16 bytes; nothing can be appended after.</summary>
    /// <exception cref="InvalidOperationException">Fewer or more layers were appended than the count that was hashed.</exception>
    public byte[] Finish()
    {
        if (_remaining != 0)
            throw new InvalidOperationException("The fingerprint covers another number of layers than it was begun with.");

        _hash.TransformFinalBlock(_buffer, 0, _used);
        byte[] fingerprint = new byte[Length];
        Array.Copy(_hash.Hash!, fingerprint, Length);
        return fingerprint;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    private void WriteName(string? name)
    {
        if (name is null)
        {
            WriteUInt16(0);
            return;
        }

        int length = Encoding.UTF8.GetByteCount(name);
        WriteUInt16(checked((ushort)length));
        Flush(length);
        _used += Encoding.UTF8.GetBytes(name, 0, name.Length, _buffer, _used);
    }

    private void WriteUInt16(ushort value)
    {
        Flush(sizeof(ushort));
        _buffer[_used++] = (byte)value;
        _buffer[_used++] = (byte)(value >> 8);
    }

    private void WriteUInt32(uint value)
    {
        WriteUInt16((ushort)value);
        WriteUInt16((ushort)(value >> 16));
    }

    /// <summary>Makes room for <paramref name="length"/> bytes, fewer than the buffer has: names have a limit.</summary>
    private void Flush(int length)
    {
        if (length <= _buffer.Length - _used)
            return;
        _hash.TransformBlock(_buffer, 0, _used, null, 0);
        _used = 0;
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>
/// Writes a region's sections one after the other, hashes them on the way, and makes the section table. Not thread-safe.
/// Spec: chapter "Sections".
/// </summary>
/// <remarks>Entries are written as they stand in memory; like reading, that takes a little-endian processor.</remarks>
/// <param name="file">The region's file.</param>
/// <param name="table">The section table, to be filled; zero so far.</param>
internal sealed class SectionWriter(RegionFile file, Memory<byte> table) : IDisposable
{
    private const int ChunkSize = 32 * 1024;

    private readonly byte[] _chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
    private readonly XxHash3 _hash = new();
    private SectionKind _kind;
    private int _used;
    private long _start;
    private int _sections;

    /// <summary>Begins the section <paramref name="kind"/>; kinds come in ascending order.</summary>
    public void Begin(SectionKind kind)
    {
        _kind = kind;
        _start = RegionContent.Align(file.Length, SectionEntryLayout.Alignment);
        file.PadTo(_start);
    }

    /// <summary>Adds entries to the section, for the caller to fill.</summary>
    /// <param name="most">How many are wanted.</param>
    /// <returns>At least one of them, to be filled before the next call.</returns>
    public Span<T> Add<T>(int most)
        where T : unmanaged
    {
        int size = Unsafe.SizeOf<T>();
        if (ChunkSize - _used < size)
            Flush();
        int count = Math.Min(most, (ChunkSize - _used) / size);
        Span<byte> bytes = _chunk.AsSpan(_used, count * size);
        _used += bytes.Length;
        return MemoryMarshal.Cast<byte, T>(bytes);
    }

    /// <summary>Adds entries to the section.</summary>
    public void AddRange<T>(ReadOnlySpan<T> entries)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(entries);
        if (bytes.Length > ChunkSize - _used)
            Flush();
        if (bytes.Length > ChunkSize)
        {
            Write(bytes);
            return;
        }

        bytes.CopyTo(_chunk.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>Ends the section.</summary>
    public void End()
    {
        Flush();
        Note(_kind, _start, file.Length - _start, _hash.GetCurrentHashAsUInt64());
        _hash.Reset();
    }

    /// <summary>Puts a section that stands in the file already into the table.</summary>
    public void Note(SectionKind kind, long start, long length, ulong checksum)
    {
        Span<byte> entry = table.Span.Slice(_sections++ * SectionEntryLayout.Size, SectionEntryLayout.Size);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[SectionEntryLayout.Kind..], (uint)kind);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[SectionEntryLayout.Flags..], SectionEntryLayout.RequiredFlag);
        BinaryPrimitives.WriteInt64LittleEndian(entry[SectionEntryLayout.Offset..], start);
        BinaryPrimitives.WriteInt64LittleEndian(entry[SectionEntryLayout.Length..], length);
        BinaryPrimitives.WriteUInt64LittleEndian(entry[SectionEntryLayout.Checksum..], checksum);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_chunk);

    private void Flush()
    {
        Write(_chunk.AsSpan(0, _used));
        _used = 0;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _hash.Append(bytes);
        file.Append(bytes);
    }
}

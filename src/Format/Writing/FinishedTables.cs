using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Lamina.Format.Layout;

namespace Lamina.Format.Writing;

/// <summary>Reads the tables of a dimension back out of its region file, which is complete. Not thread-safe.</summary>
/// <param name="file">The region's file.</param>
/// <param name="start">Its header and section table, as they were written.</param>
internal sealed class FinishedTables(RegionFile file, ReadOnlyMemory<byte> start) : IDisposable
{
    private readonly List<byte[]> _rented = [];

    /// <summary>The number of the first layer.</summary>
    public uint FirstNumber => BinaryPrimitives.ReadUInt32LittleEndian(start.Span[RegionHeaderLayout.FirstNumber..]);

    /// <summary>The entries of the section <paramref name="kind"/>; valid until this is disposed.</summary>
    /// <exception cref="IOException">The file could not be read, or somebody has changed it.</exception>
    public ReadOnlySpan<T> Read<T>(SectionKind kind)
        where T : unmanaged
    {
        ReadOnlySpan<byte> entry = start.Span.Slice(
            RegionHeaderLayout.Length + (((int)kind - 1) * SectionEntryLayout.Size), SectionEntryLayout.Size);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(entry[SectionEntryLayout.Length..]);
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        _rented.Add(rented);
        Span<byte> bytes = rented.AsSpan(0, length);
        file.Read(BinaryPrimitives.ReadInt64LittleEndian(entry[SectionEntryLayout.Offset..]), bytes);
        if (Checksums.Part(bytes) != BinaryPrimitives.ReadUInt64LittleEndian(entry[SectionEntryLayout.Checksum..]))
            throw file.Changed();
        return MemoryMarshal.Cast<byte, T>(bytes);
    }

    public void Dispose()
    {
        foreach (byte[] rented in _rented)
            ArrayPool<byte>.Shared.Return(rented);
        _rented.Clear();
    }
}

using Lamina.Caching;
using Lamina.Memory;
using Microsoft.Win32.SafeHandles;

namespace Lamina.Mapping;

/// <summary>Reads a file into memory that is charged to the budget.</summary>
internal static class FileCopy
{
    /// <summary>Reads the file at <paramref name="path"/>.</summary>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="MemoryException">The budget has no room for it.</exception>
    public static unsafe NativePages Read(string path, DimensionId dimension, BlockCache cache, out long length)
    {
        using SafeFileHandle handle = File.OpenHandle(
            path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
        long expected = RandomAccess.GetLength(handle);
        NativePages pages = cache.TakePages(expected) ?? throw cache.LimitExceeded(dimension, expected, "a copy of its file");
        try
        {
            length = 0;
            while (length < expected)
            {
                // SAFETY: length + count does not pass the length that was taken, and the memory is not shared yet.
                Span<byte> rest = new(pages.Start + length, (int)Math.Min(expected - length, 1 << 24));
                int count = RandomAccess.Read(handle, rest, length);
                if (count == 0)
                    break;
                length += count;
            }

            return pages;
        }
        catch
        {
            pages.Free();
            throw;
        }
    }
}

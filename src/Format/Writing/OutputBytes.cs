using Microsoft.Win32.SafeHandles;

namespace Lamina.Format.Writing;

/// <summary>
/// Writes files, and reports a file that grows longer than its file system or the process's limit allows as what it is, a
/// failure of the system. The runtime makes that one a wrong argument.
/// </summary>
internal static class OutputBytes
{
    /// <summary>Writes <paramref name="bytes"/> at <paramref name="offset"/>.</summary>
    /// <exception cref="IOException">They could not be written.</exception>
    public static void Write(SafeFileHandle handle, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(handle, bytes, offset);
        }
        catch (ArgumentOutOfRangeException tooLong) when (offset >= 0)
        {
            throw TooLong(tooLong);
        }
    }

    /// <summary>Makes the file <paramref name="length"/> bytes long.</summary>
    /// <exception cref="IOException">It could not be made as long.</exception>
    public static void SetLength(SafeFileHandle handle, long length)
    {
        try
        {
            RandomAccess.SetLength(handle, length);
        }
        catch (ArgumentOutOfRangeException tooLong) when (length >= 0)
        {
            throw TooLong(tooLong);
        }
    }

    private static IOException TooLong(ArgumentOutOfRangeException tooLong) => new(
        "A file would be longer than the file system, or a limit set for this process, allows. Write to another disk, raise the "
        + "limit (ulimit -f), or split the dimension.",
        tooLong);
}

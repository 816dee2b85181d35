namespace Lamina.Cli;

/// <summary>Tells apart the errors of the system that need a word of their own.</summary>
internal static class SystemError
{
    private const int UnixNoSpace = 28;
    private const int UnixQuota = 122;
    private const int UnixBrokenPipe = 32;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsNoData = unchecked((int)0x800700E8);

    /// <summary>Whether the disk, or the user's share of it, is full.</summary>
    public static bool IsDiskFull(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is WindowsDiskFull or WindowsHandleDiskFull
        : exception.HResult is UnixNoSpace or UnixQuota;

    /// <summary>Whether the reader of a pipe has gone.</summary>
    public static bool IsBrokenPipe(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is WindowsBrokenPipe or WindowsNoData
        : exception.HResult == UnixBrokenPipe;
}

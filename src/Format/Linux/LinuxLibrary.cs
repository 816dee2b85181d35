using System.Runtime.InteropServices;

namespace Lamina.Format.Linux;

/// <summary>The C library of 64-bit Linux, whose functions are called where the framework has none, or takes longer to load than a first read.</summary>
internal static class LinuxLibrary
{
    /// <summary>
    /// Its full name, under which it is in every process already, and musl's answers to it as well. Found at once, where "libc" is looked
    /// for in eleven places.
    /// </summary>
    public const string Name = "libc.so.6";

    /// <summary>Where to look for it.</summary>
    public const DllImportSearchPath NotBesideTheProgram = DllImportSearchPath.SafeDirectories;

    private static bool s_isAbsent;

    /// <summary>Whether its functions may be called.</summary>
    // Where an address has 32 bits, a place in a file is a number of another size.
    public static bool IsThere => OperatingSystem.IsLinux() && nint.Size == sizeof(long) && !s_isAbsent;

    /// <summary>Notes that it has another name, as a call has shown.</summary>
    public static void SetAbsent() => s_isAbsent = true;
}

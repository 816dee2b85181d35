namespace Lamina.EndToEnd.Tests.Package;

/// <summary>A test that needs the system's linker; shown as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute()
    {
        if (!HasLinker())
            Skip = "Native publishing links with clang or gcc, or with Visual Studio on Windows, and there is none.";
    }

    private static bool HasLinker()
    {
        if (OperatingSystem.IsWindows())
        {
            string programs = Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86);
            return File.Exists(Path.Combine(programs, "Microsoft Visual Studio", "Installer", "vswhere.exe"));
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(static folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
    }
}

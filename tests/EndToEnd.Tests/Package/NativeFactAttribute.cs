namespace Lamina.EndToEnd.Tests.Package;

/// <summary>A test that needs the system's linker; shown as skipped where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NativeFactAttribute : FactAttribute
{
    public NativeFactAttribute()
    {
        if (!HasLinker())
            Skip = "There is no C toolchain (clang or gcc; Visual Studio's C++ tools on Windows), which native publishing links with.";
    }

    private static bool HasLinker()
    {
        if (OperatingSystem.IsWindows())
        {
            return File.Exists(Path.Combine(
                Environment.GetFolderPath(Environment.SpecialFolder.ProgramFilesX86), "Microsoft Visual Studio", "Installer", "vswhere.exe"));
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(static folder => File.Exists(Path.Combine(folder, "clang")) || File.Exists(Path.Combine(folder, "gcc")));
    }
}

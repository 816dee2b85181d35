namespace Lamina.Cli.Tests.Process;

/// <summary>A test of what only Unix has: signals to a process, pipes that break.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Unix alone has it.";
    }
}

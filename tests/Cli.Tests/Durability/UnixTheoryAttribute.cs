namespace Lamina.Cli.Tests.Durability;

/// <summary>Tests of what only Unix has: limits of a process.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Unix alone has it.";
    }
}

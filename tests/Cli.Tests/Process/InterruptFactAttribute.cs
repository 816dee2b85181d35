using System.Globalization;

namespace Lamina.Cli.Tests.Process;

/// <summary>A test of Ctrl-C. A shell that runs the tests in the background has them, and what they start, ignore it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class InterruptFactAttribute : FactAttribute
{
    private const ulong Interrupt = 1UL << (2 - 1);

    public InterruptFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Unix alone sends it to one process.";
        else if (OperatingSystem.IsLinux() && IsIgnored())
            Skip = "The tests run where Ctrl-C is ignored, in the background of a shell.";
    }

    private static bool IsIgnored()
    {
        const string Field = "SigIgn:";
        string? line = File.ReadLines("/proc/self/status").FirstOrDefault(static line => line.StartsWith(Field, StringComparison.Ordinal));
        return line is not null
            && (ulong.Parse(line.AsSpan(Field.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }
}

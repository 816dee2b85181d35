using Lamina.Runtime.Tests.Data;

namespace Lamina.Runtime.Tests;

/// <summary>What the system is told about the files.</summary>
public sealed class HintTests
{
    [Theory]
    [InlineData(AccessPattern.Normal, null)]
    [InlineData(AccessPattern.Random, "rr")]
    [InlineData(AccessPattern.Sequential, "sr")]
    public void Load_AccessPattern_IsToldToTheSystem(AccessPattern pattern, string? flag)
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 40));
        using MmapManager manager = data.Open(new MemoryConfig { AccessPattern = pattern });
        Assert.Equal(TestDataSet.Text(1, 7), manager.ReadCopy(new LayerId(1, 7)));
        if (!OperatingSystem.IsLinux())
            return;
        string[] flags = FlagsOf(data.PathOf(1));
        foreach (string other in (string[])["rr", "sr"])
            Assert.Equal(other == flag, flags.Contains(other));
    }

    [Theory]
    [InlineData(OpenMode.Map)]
    [InlineData(OpenMode.Copy)]
    public void Prefetch_NotLoaded_LoadsAndTellsTheSystem(OpenMode mode)
    {
        using TestDataSet data = new(TestDataSet.Texts(1, 40));
        using MmapManager manager = data.Open(new MemoryConfig { OpenMode = mode });
        bool told = manager.Prefetch(new DimensionId(1));
        Assert.True(manager.IsLoaded(new DimensionId(1)));
        if (OperatingSystem.IsLinux() || mode == OpenMode.Copy)
            Assert.Equal(mode == OpenMode.Map, told);
        Assert.Equal(MemoryError.DimensionNotFound, Assert.Throws<MemoryException>(() => manager.Prefetch(new DimensionId(2))).Error);
    }

    private static string[] FlagsOf(string path)
    {
        bool found = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            found |= line.EndsWith(path, StringComparison.Ordinal);
            if (found && line.StartsWith("VmFlags:", StringComparison.Ordinal))
                return line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }

        throw new InvalidOperationException($"{path} is not mapped.");
    }
}

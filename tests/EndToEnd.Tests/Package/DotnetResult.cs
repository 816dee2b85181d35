namespace Lamina.EndToEnd.Tests.Package;

/// <summary>How a call ended, and what it wrote.</summary>
internal sealed record DotnetResult(int ExitCode, string Output)
{
    /// <summary>Expects that the call went well.</summary>
    public DotnetResult Succeeded()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }
}

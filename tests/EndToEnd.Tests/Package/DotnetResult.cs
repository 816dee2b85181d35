namespace Lamina.EndToEnd.Tests.Package;

/// <summary>How a call ended, and what it wrote.</summary>
internal sealed record DotnetResult(int ExitCode, string Output)
{
    /// <summary>What it wrote, line by line, up to the summary in which a build says everything again.</summary>
    public string[] Lines =>
        [.. Output.Split('\n').TakeWhile(static line => line is not ("Build succeeded." or "Build FAILED."))];

    /// <summary>Expects that the call went well.</summary>
    public DotnetResult Succeeded()
    {
        Assert.True(ExitCode == 0, Output);
        return this;
    }
}

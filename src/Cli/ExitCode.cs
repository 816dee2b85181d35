namespace Lamina.Cli;

/// <summary>What the process says of its work when it ends.</summary>
internal static class ExitCode
{
    /// <summary>The work was done; for <c>diff</c>, the data sets are the same.</summary>
    public const int Done = 0;

    /// <summary>The data is bad; for <c>diff</c>, the data sets differ.</summary>
    public const int BadData = 1;

    /// <summary>The call is wrong: an option, or a path where nothing is.</summary>
    public const int WrongCall = 2;

    /// <summary>The system failed: a full disk, a missing permission.</summary>
    public const int SystemFailed = 3;

    /// <summary>The work was interrupted; nothing half-written is left.</summary>
    public const int Interrupted = 130;
}

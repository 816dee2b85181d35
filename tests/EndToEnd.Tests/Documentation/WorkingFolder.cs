namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>Tests that change the process's working folder or console; they run one by one, and beside no others.</summary>
[CollectionDefinition(nameof(WorkingFolder), DisableParallelization = true)]
public sealed class WorkingFolder;

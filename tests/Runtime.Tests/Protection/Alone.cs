namespace Lamina.Runtime.Tests.Protection;

/// <summary>
/// Tests beside which no others run: those that race, and those in which anybody else who reclaims, for the whole process, would do what
/// is tested.
/// </summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

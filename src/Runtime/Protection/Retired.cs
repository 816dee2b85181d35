namespace Lamina.Protection;

/// <summary>Memory that can no longer be found and that somebody may still read.</summary>
/// <param name="Owner">Who frees it.</param>
/// <param name="Address">What its owner knows it by.</param>
/// <param name="Low">The first token that protects it.</param>
/// <param name="High">The last token that protects it.</param>
internal readonly record struct Retired(IRetirable Owner, nint Address, nint Low, nint High);

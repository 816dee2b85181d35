namespace Lamina.Runtime.Tests.Model;

/// <summary>Computes a value from a thread's registers.</summary>
internal delegate int Expression(ReadOnlySpan<byte> registers);

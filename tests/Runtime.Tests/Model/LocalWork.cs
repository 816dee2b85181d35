namespace Lamina.Runtime.Tests.Model;

/// <summary>Works on a thread's registers and on variables that only this thread can see at the time.</summary>
internal delegate void LocalWork(Span<byte> registers, Span<byte> variables);

namespace Lamina.Bench.Peers;

/// <summary>What is done with each content that was read. Static, so that each loop is compiled for it.</summary>
internal interface IWork
{
    static abstract ulong Take(ReadOnlySpan<byte> content);
}

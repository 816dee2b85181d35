namespace Lamina.Runtime.Tests.Model;

/// <summary>How far a machine lets the accesses of one thread pass one another.</summary>
public enum MemoryOrder
{
    /// <summary>Not at all: every access happens where it is written.</summary>
    Sequential,

    /// <summary>As x86-64: stores wait in a queue, and loads pass them.</summary>
    TotalStore,

    /// <summary>
    /// As ARM64 with acquiring loads and releasing stores: a plain store also passes other stores, and a plain read is done at any time
    /// before the next releasing store of its thread.
    /// </summary>
    Release,
}

namespace Lamina.Runtime.Tests.Model;

/// <summary>What a step of a modelled thread does.</summary>
internal enum Operation
{
    /// <summary>Computes in registers, or in what a lock protects that the thread holds: nobody else can tell when.</summary>
    Local,

    /// <summary>Goes on elsewhere if a condition holds.</summary>
    Branch,

    /// <summary>Loads with acquire.</summary>
    Load,

    /// <summary>Stores; others see it later.</summary>
    Store,

    /// <summary>Stores with release.</summary>
    StoreRelease,

    /// <summary>Reads memory that can be freed.</summary>
    Touch,

    /// <summary>Waits until what was read is read.</summary>
    ReadBarrier,

    /// <summary>Exchanges a value at once, with a full fence.</summary>
    Interlocked,

    /// <summary>Makes every thread pass a full fence, one after the other.</summary>
    FenceAll,

    /// <summary>Takes a lock, if need be after waiting for it.</summary>
    Enter,

    /// <summary>Takes a lock if it is free. If it is not, there is no fence either.</summary>
    TryEnter,

    /// <summary>Gives a lock back.</summary>
    Exit,

    /// <summary>Frees memory.</summary>
    Free,

    /// <summary>Waits until another thread has ended.</summary>
    Await,

    /// <summary>Ends the thread.</summary>
    End,
}

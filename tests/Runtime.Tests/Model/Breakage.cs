namespace Lamina.Runtime.Tests.Model;

/// <summary>What a broken protocol lacks.</summary>
public enum Breakage
{
    /// <summary>Nothing: the protocol as it is.</summary>
    None,

    /// <summary>The reclaimer looks at the hazards without a fence.</summary>
    NoFence,

    /// <summary>The reader uses the region without looking at its place again.</summary>
    NoRecheck,

    /// <summary>The reader publishes after it looked again.</summary>
    PublishedTooLate,

    /// <summary>The reader gives its hazard up with a plain store.</summary>
    PlainRelease,

    /// <summary>The reclaimer frees before it looks at the hazards.</summary>
    FreedBeforeTheLook,

    /// <summary>The link is removed after the memory has been retired.</summary>
    UnlinkedTooLate,

    /// <summary>The reclaimer does not ask those whose hazards made it wait.</summary>
    NotAsked,

    /// <summary>The reclaimer does not look again when it has asked.</summary>
    NoSecondLook,

    /// <summary>The reader that was asked notes it with a plain store, before it looks whether the gate is free.</summary>
    AskedWithoutFence,

    /// <summary>Who leaves the gate does not look whether somebody found it closed.</summary>
    NoLookOnLeaving,

    /// <summary>The scope publishes its larger set before it is filled.</summary>
    ScopeGrownTooEarly,

    /// <summary>The scope empties its set while its reads may still be on their way.</summary>
    ScopeEndedWithoutBarrier,

    /// <summary>The record of a thread that has ended is taken over without reclaiming.</summary>
    AdoptedWithoutReclaim,
}

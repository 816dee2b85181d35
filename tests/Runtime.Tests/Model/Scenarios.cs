using static Lamina.Runtime.Tests.Model.ProtocolVariables;

namespace Lamina.Runtime.Tests.Model;

/// <summary>Who meets whom.</summary>
internal static class Scenarios
{
    public const string LeaseAndEvict = "two leases, the block is evicted and decoded again";
    public const string LeaseAndUnload = "two leases, the region is unloaded";
    public const string LeaseAndReload = "a lease, the region is reloaded while its block is evicted";
    public const string NestedAndReplace = "a lease inside a lease, the region is reloaded";
    public const string SlowLeaseAndReload = "two leases on the slow path, the region is reloaded";
    public const string LeaseAndTwoRetired = "a lease, the block is evicted and then the region unloaded";
    public const string ScopeAndReplace = "a scope whose set grows, the block is evicted and then the region unloaded";
    public const string ThreadEndsWithLease = "a thread ends with a lease, the block is evicted";

    public static IReadOnlyList<string> Names =>
    [
        LeaseAndEvict, LeaseAndUnload, LeaseAndReload, NestedAndReplace, SlowLeaseAndReload, LeaseAndTwoRetired, ScopeAndReplace, ThreadEndsWithLease,
    ];

    public static ModelMachine Make(string scenario, Breakage breakage, MemoryOrder order)
    {
        Protocol one = new(breakage, 1);
        Protocol two = new(breakage, 2);
        Protocol scope = new(breakage, 0, HasScope: true);
        return scenario switch
        {
            LeaseAndEvict => Machine(two, Readers.Lease(two, 0), Readers.Lease(two, 1), Reclaimers.Evict(two, decodesAgain: true)),
            LeaseAndUnload => Machine(two, Readers.Lease(two, 0), Readers.Lease(two, 1), Reclaimers.Replace(two, isReload: false)),
            LeaseAndReload => Machine(one, Readers.Lease(one, 0), Reclaimers.Replace(one, isReload: true), Reclaimers.Evict(one)),
            NestedAndReplace => Machine(two, Readers.Lease(two, 0, nested: 2), Reclaimers.Replace(two, isReload: true)),
            SlowLeaseAndReload => Machine(two, Readers.SlowLease(two, 0), Readers.SlowLease(two, 1), Reclaimers.Replace(two, isReload: true)),
            LeaseAndTwoRetired => Machine(one, Readers.Lease(one, 0), Reclaimers.EvictThenUnload(one)),
            ScopeAndReplace => Machine(scope, Readers.ScopedRead(scope), Reclaimers.EvictThenUnload(scope)),
            ThreadEndsWithLease => Machine(one, Readers.AbandonedLease(one, 0), Readers.Adopter(one, 0, thread: 0), Reclaimers.Evict(one)),
            _ => throw new ArgumentOutOfRangeException(nameof(scenario)),
        };

        ModelMachine Machine(Protocol protocol, params ModelProgram[] programs) => new(order, AtTheStart(protocol.Slots), Memories, programs);
    }
}

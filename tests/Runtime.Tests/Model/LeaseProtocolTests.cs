using Xunit.Abstractions;
using static Lamina.Runtime.Tests.Model.ProtocolVariables;

namespace Lamina.Runtime.Tests.Model;

/// <summary>
/// The protocol that <c>Hazards</c> describes, in every order of steps that x86-64 and ARM64 allow: nobody reads what is freed, everything
/// retired is freed in the end, nobody waits for ever. And each of its parts is needed: without it the same search finds a fault.
/// </summary>
public sealed class LeaseProtocolTests(ITestOutputHelper output)
{
    private const string Freed = "is freed";
    private const string Left = "is left";

    public static TheoryData<MemoryOrder, string> Whole
    {
        get
        {
            TheoryData<MemoryOrder, string> data = [];
            foreach (MemoryOrder order in Enum.GetValues<MemoryOrder>())
            {
                foreach (string scenario in Scenarios.Names)
                    data.Add(order, scenario);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Whole))]
    public void Check_AsItIs_FindsNothing(MemoryOrder order, string scenario)
    {
        ModelResult result = Check(Breakage.None, order, scenario);

        Assert.Null(result.Violation);
        Assert.True(result.Ends > 0 && result.States > 100, result.ToString());
    }

    [Theory]
    [InlineData(Breakage.NoFence, MemoryOrder.TotalStore, Scenarios.LeaseAndEvict, Freed)]
    [InlineData(Breakage.NoFence, MemoryOrder.TotalStore, Scenarios.LeaseAndUnload, Freed)]
    [InlineData(Breakage.NoFence, MemoryOrder.Release, Scenarios.ScopeAndReplace, Freed)]
    [InlineData(Breakage.NoRecheck, MemoryOrder.Sequential, Scenarios.LeaseAndUnload, Freed)]
    [InlineData(Breakage.NoRecheck, MemoryOrder.Sequential, Scenarios.SlowLeaseAndReload, Freed)]
    [InlineData(Breakage.NoRecheck, MemoryOrder.Sequential, Scenarios.ScopeAndReplace, Freed)]
    [InlineData(Breakage.PublishedTooLate, MemoryOrder.Sequential, Scenarios.LeaseAndUnload, Freed)]
    [InlineData(Breakage.PlainRelease, MemoryOrder.Release, Scenarios.LeaseAndEvict, Freed)]
    [InlineData(Breakage.FreedBeforeTheLook, MemoryOrder.Sequential, Scenarios.LeaseAndEvict, Freed)]
    [InlineData(Breakage.UnlinkedTooLate, MemoryOrder.Sequential, Scenarios.LeaseAndEvict, Freed)]
    [InlineData(Breakage.NotAsked, MemoryOrder.Sequential, Scenarios.LeaseAndEvict, Left)]
    [InlineData(Breakage.NoSecondLook, MemoryOrder.Sequential, Scenarios.LeaseAndEvict, Left)]
    [InlineData(Breakage.AskedWithoutFence, MemoryOrder.TotalStore, Scenarios.LeaseAndTwoRetired, Left)]
    [InlineData(Breakage.NoLookOnLeaving, MemoryOrder.Sequential, Scenarios.LeaseAndTwoRetired, Left)]
    [InlineData(Breakage.ScopeGrownTooEarly, MemoryOrder.Sequential, Scenarios.ScopeAndReplace, Freed)]
    [InlineData(Breakage.ScopeEndedWithoutBarrier, MemoryOrder.Release, Scenarios.ScopeAndReplace, Freed)]
    [InlineData(Breakage.AdoptedWithoutReclaim, MemoryOrder.Sequential, Scenarios.ThreadEndsWithLease, Left)]
    public void Check_WithoutOneOfItsParts_FindsTheFault(Breakage breakage, MemoryOrder order, string scenario, string fault)
    {
        ModelResult result = Check(breakage, order, scenario, judgesEnds: fault == Left);

        Assert.Contains(fault, result.Violation ?? "", StringComparison.Ordinal);
        Assert.NotEmpty(result.Trace);
    }

    // What a search that knows no store buffers cannot find, and why this one has them.
    [Theory]
    [InlineData(Breakage.NoFence, Scenarios.LeaseAndEvict)]
    [InlineData(Breakage.AskedWithoutFence, Scenarios.LeaseAndTwoRetired)]
    [InlineData(Breakage.PlainRelease, Scenarios.LeaseAndEvict)]
    public void Check_WithoutAFenceOnAMachineThatReordersNothing_FindsNothing(Breakage breakage, string scenario) =>
        Assert.Null(Check(breakage, MemoryOrder.Sequential, scenario).Violation);

    [Fact]
    public void Check_TwoThreadsThatWaitForEachOther_FindsTheDeadlock()
    {
        ModelResult result = ModelChecker.Check(new ModelMachine(MemoryOrder.TotalStore, [0, 0], 1, Holder(0, 1), Holder(1, 0)), static _ => null);

        Assert.Contains("Deadlock", result.Violation ?? "", StringComparison.Ordinal);

        static ModelProgram Holder(int first, int second)
        {
            ModelProgram program = new($"holder {first}");
            program.Enter("first", first);
            program.Enter("second", second);
            program.Exit("second", second);
            program.Exit("first", first);
            return program.End();
        }
    }

    // The litmus tests that tell the machines apart: which ends of two threads are possible.
    [Theory]
    [InlineData(MemoryOrder.Sequential, false)]
    [InlineData(MemoryOrder.TotalStore, true)]
    [InlineData(MemoryOrder.Release, true)]
    public void Machine_StoreThenLoadOfAnother_MayPassOnlyWithBuffers(MemoryOrder order, bool mayPass)
    {
        bool isSeen = false;
        ModelResult result = ModelChecker.Check(new ModelMachine(order, [0, 0, 9, 9], 1, Side(0, 1), Side(1, 0)), variables =>
        {
            isSeen |= variables[2] == 0 && variables[3] == 0;
            return null;
        });

        Assert.Equal(mayPass, isSeen);
        Assert.True(result.Ends > 0);

        static ModelProgram Side(int mine, int other)
        {
            ModelProgram program = new($"side {mine}");
            int seen = program.Register();
            program.StoreRelease("mine", mine, static _ => 1);
            program.Load("other", seen, other);
            program.StoreRelease("seen", 2 + mine, registers => registers[seen]);
            return program.End();
        }
    }

    [Theory]
    [InlineData(MemoryOrder.Sequential, false)]
    [InlineData(MemoryOrder.TotalStore, false)]
    [InlineData(MemoryOrder.Release, true)]
    public void Machine_TwoPlainStores_MayPassOnlyWhereStoresDo(MemoryOrder order, bool mayPass)
    {
        bool isSeen = false;
        ModelProgram writer = new("writer");
        writer.Store("data", 0, static _ => 1);
        writer.Store("flag", 1, static _ => 1);
        ModelProgram reader = new("reader");
        int flag = reader.Register();
        int data = reader.Register();
        reader.Load("flag", flag, 1);
        reader.Load("data", data, 0);
        reader.StoreRelease("seen", 2, registers => registers[flag] == 1 && registers[data] == 0 ? 1 : 0);
        ModelChecker.Check(new ModelMachine(order, [0, 0, 0], 1, writer.End(), reader.End()), variables =>
        {
            isSeen |= variables[2] == 1;
            return null;
        });

        Assert.Equal(mayPass, isSeen);
    }

    /// <param name="breakage">What the protocol lacks.</param>
    /// <param name="order">The machine.</param>
    /// <param name="scenario">Who meets whom.</param>
    /// <param name="judgesEnds">Whether something left at an end is a fault; if not, only what happens on the way is.</param>
    private ModelResult Check(Breakage breakage, MemoryOrder order, string scenario, bool judgesEnds = true)
    {
        // Whoever is done has given up everything, so nothing that was retired may be left.
        ModelResult result = ModelChecker.Check(
            Scenarios.Make(scenario, breakage, order),
            variables => !judgesEnds || (variables[Items] == 0 && variables[Gate] == 0) ? null : $"Memory is left, items {variables[Items]:b}");
        output.WriteLine($"{scenario}, {order}, {breakage}: {result}");
        return result;
    }
}

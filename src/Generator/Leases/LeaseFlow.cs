using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lamina.Generator.Leases;

/// <summary>
/// Follows what is lent along every way through a method, until nothing new is met. The compiler has turned <c>using</c> into
/// <c>finally</c> by then, so both are one; a <c>finally</c> is followed anew for each way that leads through it.
/// </summary>
internal sealed class LeaseFlow
{
    private readonly ControlFlowGraph _graph;
    private readonly IMethodSymbol? _method;
    private readonly LeaseSteps _steps;
    private readonly LeaseReport _report;
    private readonly CancellationToken _cancellation;

    private LeaseFlow(
        ControlFlowGraph graph,
        IMethodSymbol? method,
        LeaseTypes types,
        LeaseReport report,
        CancellationToken cancellation)
    {
        _graph = graph;
        _method = method;
        _report = report;
        _steps = new LeaseSteps(types, report);
        _cancellation = cancellation;
    }

    private ImmutableArray<IParameterSymbol> Parameters => _method?.Parameters ?? ImmutableArray<IParameterSymbol>.Empty;

    /// <summary>Reports the uses of what is not lent any more, in a method and in the functions within it.</summary>
    public static void Check(
        ControlFlowGraph graph,
        IMethodSymbol? method,
        LeaseTypes types,
        LeaseReport report,
        CancellationToken cancellation)
    {
        new LeaseFlow(graph, method, types, report, cancellation).Run();
        foreach (IMethodSymbol function in graph.LocalFunctions)
            Check(graph.GetLocalFunctionControlFlowGraph(function, cancellation), function, types, report, cancellation);
        foreach (IFlowAnonymousFunctionOperation lambda in AnonymousFunctions(graph))
            Check(graph.GetAnonymousFunctionControlFlowGraph(lambda, cancellation), lambda.Symbol, types, report, cancellation);
    }

    private static IEnumerable<IFlowAnonymousFunctionOperation> AnonymousFunctions(ControlFlowGraph graph) =>
        from block in graph.Blocks
        from root in block.BranchValue is { } value ? block.Operations.Add(value) : block.Operations
        from operation in root.DescendantsAndSelf()
        where operation is IFlowAnonymousFunctionOperation
        select (IFlowAnonymousFunctionOperation)operation;

    private void Run()
    {
        foreach (IParameterSymbol parameter in Parameters)
            _steps.Lend(parameter);
        _ = Follow(_graph.Root, _steps.State);
    }

    /// <summary>Follows the ways through a region from its first block.</summary>
    /// <returns>What may be so where a <c>finally</c> goes on with what led to it; null if it never does.</returns>
    private LeaseState? Follow(ControlFlowRegion region, LeaseState entry)
    {
        Dictionary<int, LeaseState> states = new() { [region.FirstBlockOrdinal] = entry };
        SortedSet<int> pending = [region.FirstBlockOrdinal];
        LeaseState? end = null;

        void Reach(int block, LeaseState state)
        {
            if (block < region.FirstBlockOrdinal || block > region.LastBlockOrdinal)
                return;
            LeaseState known = states.TryGetValue(block, out LeaseState? met) ? met : LeaseState.Empty;
            LeaseState all = known.Union(state);
            if (met is not null && ReferenceEquals(all, known))
                return;
            states[block] = all;
            pending.Add(block);
        }

        while (pending.Count > 0)
        {
            _cancellation.ThrowIfCancellationRequested();
            BasicBlock block = _graph.Blocks[pending.Min];
            pending.Remove(block.Ordinal);
            LeaseState somewhere = Pass(block, states[block.Ordinal]);
            LeaseState after = _steps.State;
            ReachHandlers(block, somewhere, Reach);
            foreach (ControlFlowBranch? branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                if (branch?.Semantics == ControlFlowBranchSemantics.StructuredExceptionHandling)
                    end = end is null ? after : end.Union(after);
                else if (branch is not null && Take(branch, after) is { } arrived && branch.Destination is { } destination)
                    Reach(destination.Ordinal, arrived);
            }
        }

        return end;
    }

    /// <summary>Passes through a block.</summary>
    /// <returns>What may be so at any point of it, where an exception may be thrown.</returns>
    private LeaseState Pass(BasicBlock block, LeaseState state)
    {
        LeaseState somewhere = state;
        _steps.State = state;
        foreach (IOperation operation in block.Operations)
        {
            _steps.Visit(operation);
            somewhere = somewhere.Union(_steps.State);
        }

        if (block.BranchValue is { } value)
            _steps.Visit(value);
        return somewhere.Union(_steps.State);
    }

    /// <summary>Goes along a branch, through what it has to pass on its way.</summary>
    private LeaseState? Take(ControlFlowBranch branch, LeaseState state)
    {
        IOperation? answer = branch.Semantics == ControlFlowBranchSemantics.Return ? branch.Source.BranchValue : null;
        if (answer is not null && AnswersReference())
        {
            _steps.State = state;
            state = state.With(LeaseState.Returned, _steps.BorrowsOf(answer));
        }

        LeaseState? arrived = Leave(branch.FinallyRegions, state);
        if (arrived is not null && branch.Destination?.Kind == BasicBlockKind.Exit)
        {
            if (answer is not null && arrived[LeaseState.Returned].Any(static borrow => borrow.Ended))
                _report(LeaseDescriptors.Returned, answer.Syntax, []);
            _steps.State = arrived;
            foreach (IParameterSymbol parameter in Parameters)
            {
                if (parameter.RefKind is RefKind.Out or RefKind.Ref)
                    _steps.CheckLeft(parameter, parameter.Name);
            }

            _steps.CheckLeft(LeaseState.This, "this");
        }

        return arrived;
    }

    private LeaseState? Leave(ImmutableArray<ControlFlowRegion> finallyRegions, LeaseState state)
    {
        LeaseState? left = state;
        foreach (ControlFlowRegion region in finallyRegions)
        {
            if (left is null)
                break;
            left = Follow(region, left);
        }

        return left;
    }

    /// <summary>An exception in the block ends the leases between it and each handler around it.</summary>
    private void ReachHandlers(BasicBlock block, LeaseState state, Action<int, LeaseState> reach)
    {
        LeaseState? thrown = state;
        for (ControlFlowRegion? inner = block.EnclosingRegion; inner?.EnclosingRegion is { } outer; inner = outer)
        {
            if (thrown is null)
                return;
            if (inner.Kind != ControlFlowRegionKind.Try)
                continue;
            if (outer.Kind == ControlFlowRegionKind.TryAndFinally)
            {
                if (HasHandlerAround(outer))
                    thrown = Follow(outer.NestedRegions[1], thrown);
                continue;
            }

            foreach (ControlFlowRegion handler in outer.NestedRegions)
            {
                if (handler.Kind != ControlFlowRegionKind.Try)
                    reach(handler.FirstBlockOrdinal, thrown);
            }
        }
    }

    private static bool HasHandlerAround(ControlFlowRegion region)
    {
        for (ControlFlowRegion? inner = region; inner?.EnclosingRegion is { } outer; inner = outer)
        {
            if (inner.Kind == ControlFlowRegionKind.Try && outer.Kind == ControlFlowRegionKind.TryAndCatch)
                return true;
        }

        return false;
    }

    private bool AnswersReference() =>
        _method is not null && (_method.ReturnsByRef || _method.ReturnsByRefReadonly || LeaseTypes.CanHold(_method.ReturnType));
}

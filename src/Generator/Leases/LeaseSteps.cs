using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lamina.Generator.Leases;

/// <summary>What single operations do to what is lent, and which of them use what is not lent any more.</summary>
internal sealed class LeaseSteps(LeaseTypes types, LeaseReport report)
{
    private readonly Dictionary<SyntaxNode, int> _leases = [];
    private readonly Dictionary<CaptureId, IOperation> _captured = [];
    private readonly Dictionary<object, List<IOperation>> _assigned = [];

    /// <summary>The state before the next operation.</summary>
    public LeaseState State { get; set; } = LeaseState.Empty;

    /// <summary>Takes it that the caller lends what is in <paramref name="parameter"/>.</summary>
    public void Lend(IParameterSymbol parameter)
    {
        if (types.IsLease(parameter.Type) && parameter.RefKind != RefKind.Out)
            State = State.With(parameter, LeaseState.Nothing.Add(new Borrow(-1 - parameter.Ordinal, Ended: false)));
    }

    /// <summary>Carries out an operation.</summary>
    public void Visit(IOperation operation)
    {
        switch (operation)
        {
            case ISimpleAssignmentOperation assignment:
                VisitTarget(assignment.Target);
                Visit(assignment.Value);
                if (assignment.IsRef || LeaseTypes.CanHold(assignment.Target.Type))
                    Assign(assignment.Target, BorrowsOf(assignment.Value), assignment.Value);
                break;

            case IFlowCaptureOperation capture:
                // What it stands for is read, or assigned, where the capture is.
                if (Unwrap(capture.Value) is not (ILocalReferenceOperation or IParameterReferenceOperation))
                    Visit(capture.Value);
                _captured[capture.Id] = capture.Value;
                State = State.With(capture.Id, BorrowsOf(capture.Value));
                break;

            case IInvocationOperation invocation:
                Invoke(invocation);
                break;

            case IArgumentOperation { Parameter.RefKind: RefKind.Out } argument:
                VisitTarget(argument.Value);
                break;

            case ILocalReferenceOperation or IParameterReferenceOperation:
            case IFlowCaptureReferenceOperation or IInstanceReferenceOperation:
                Read(operation);
                break;

            case INameOfOperation:
                break;

            default:
                VisitChildren(operation);
                break;
        }
    }

    /// <summary>The leases whose memory the value may be in.</summary>
    public ImmutableHashSet<Borrow> BorrowsOf(IOperation? value) => value switch
    {
        null => LeaseState.Nothing,
        IConversionOperation conversion => BorrowsOf(conversion.Operand),
        IParenthesizedOperation parenthesized => BorrowsOf(parenthesized.Operand),
        IDeclarationExpressionOperation declaration => BorrowsOf(declaration.Expression),
        ISimpleAssignmentOperation assignment => BorrowsOf(assignment.Value),
        IInvocationOperation invocation => BorrowsOf(invocation),
        IPropertyReferenceOperation property when IsReference(property.Type, property.Property.RefKind) =>
            Derived(property.Type, property.Instance, property.Arguments),
        IFieldReferenceOperation field when IsReference(field.Type, RefKind.None) => BorrowsOf(field.Instance),
        IObjectCreationOperation creation when LeaseTypes.CanHold(creation.Type) =>
            Derived(creation.Type, null, creation.Arguments),
        _ when PlaceOf(value) is { } place => State[place],
        _ when LeaseTypes.CanHold(value.Type) => Union(value.ChildOperations.Select(BorrowsOf)),
        _ => LeaseState.Nothing,
    };

    /// <summary>Reports what the caller would find in <paramref name="place"/> of leases that ended.</summary>
    public void CheckLeft(object place, string name)
    {
        if (!State[place].Any(static borrow => borrow.Ended) || !_assigned.TryGetValue(place, out List<IOperation>? values))
            return;
        foreach (IOperation value in values)
            report(LeaseDescriptors.Kept, value.Syntax, [], name);
    }

    private static object? PlaceOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFlowCaptureReferenceOperation capture => capture.Id,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => LeaseState.This,
        _ => null,
    };

    private static bool IsReference(ITypeSymbol? type, RefKind kind) => kind != RefKind.None || LeaseTypes.CanHold(type);

    private static IOperation Unwrap(IOperation operation) => operation switch
    {
        IConversionOperation conversion => Unwrap(conversion.Operand),
        IParenthesizedOperation parenthesized => Unwrap(parenthesized.Operand),
        IDeclarationExpressionOperation declaration => Unwrap(declaration.Expression),
        _ => operation,
    };

    private static ImmutableHashSet<Borrow> Union(IEnumerable<ImmutableHashSet<Borrow>> sets) =>
        sets.Aggregate(LeaseState.Nothing, static (all, set) => all.Union(set));

    private void VisitChildren(IOperation operation)
    {
        foreach (IOperation child in operation.ChildOperations)
            Visit(child);
    }

    /// <summary>Reads what says where to, but not what is there.</summary>
    private void VisitTarget(IOperation target)
    {
        if (PlaceOf(Unwrap(target)) is null)
            VisitChildren(target);
    }

    private ImmutableHashSet<Borrow> BorrowsOf(IInvocationOperation invocation)
    {
        IMethodSymbol method = invocation.TargetMethod;
        if (!IsReference(invocation.Type, method.ReturnsByRef || method.ReturnsByRefReadonly ? RefKind.Ref : RefKind.None))
            return LeaseState.Nothing;

        if (types.IsTaken(invocation))
            return LeaseState.Nothing.Add(Taken(invocation));
        return Derived(invocation.Type, invocation.Instance, invocation.Arguments);
    }

    /// <summary>What a member may answer of what it is given: a slice, a view as another type, a structure around it.</summary>
    private ImmutableHashSet<Borrow> Derived(
        ITypeSymbol? result, IOperation? instance, ImmutableArray<IArgumentOperation> arguments)
    {
        // What a lease answers is its own, whatever it is asked with.
        if (instance is not null && types.IsLease(Unwrap(instance).Type))
            return BorrowsOf(Unwrap(instance));

        List<IOperation> sources =
            [.. from argument in arguments where argument.Parameter?.RefKind != RefKind.Out select argument.Value];
        if (instance is not null)
            sources.Insert(0, instance);
        ITypeSymbol? element = ElementOf(result);
        bool other = element is not null && sources.Any(source =>
            BorrowsOf(source).IsEmpty && SymbolEqualityComparer.Default.Equals(ElementOf(source.Type), element));
        return Union(sources.Where(source => CanComeFrom(result, element, other, source.Type)).Select(BorrowsOf));
    }

    /// <summary>
    /// A writable span is never of a lease, whose spans are read-only. Of several spans that went in, the one of the same
    /// elements is the one that comes out, as where bytes are decoded into a buffer of characters.
    /// </summary>
    private static bool CanComeFrom(ITypeSymbol? result, ITypeSymbol? element, bool other, ITypeSymbol? source)
    {
        if (element is null || ElementOf(source) is not { } from)
            return true;
        if (result!.Name == "Span" && source!.Name == "ReadOnlySpan")
            return false;
        return !other || SymbolEqualityComparer.Default.Equals(from, element);
    }

    private static ITypeSymbol? ElementOf(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", Arity: 1, ContainingNamespace.Name: nameof(System) } span
            ? span.TypeArguments[0]
            : null;

    private Borrow Taken(IOperation operation)
    {
        if (!_leases.TryGetValue(operation.Syntax, out int number))
            _leases.Add(operation.Syntax, number = _leases.Count);
        return new Borrow(number, Ended: false);
    }

    private void Invoke(IInvocationOperation invocation)
    {
        VisitChildren(invocation);
        if (invocation.Instance is { } instance && types.IsDispose(invocation.TargetMethod, Unwrap(instance).Type))
        {
            State = State.End(BorrowsOf(Unwrap(instance)));
            return;
        }

        foreach (IArgumentOperation argument in invocation.Arguments)
        {
            if (argument.Parameter is not { RefKind: RefKind.Out } parameter || !LeaseTypes.CanHold(parameter.Type))
                continue;
            bool isTaken = types.IsLease(parameter.Type)
                && !invocation.Arguments.Any(other => other != argument && types.IsLease(other.Value.Type));
            ImmutableHashSet<Borrow> borrows = isTaken
                ? LeaseState.Nothing.Add(Taken(argument))
                : Derived(parameter.Type, invocation.Instance, invocation.Arguments);
            Assign(argument.Value, borrows, value: null);
        }
    }

    private void Assign(IOperation target, ImmutableHashSet<Borrow> borrows, IOperation? value)
    {
        target = Unwrap(target);
        if (PlaceOf(target) is { } place)
        {
            State = State.With(place, borrows);
            Remember(place, borrows, value ?? target);
            if (place is CaptureId id && _captured.TryGetValue(id, out IOperation? captured))
                Assign(captured, borrows, value);
            return;
        }

        // A member of a structure: the structure holds it besides what it held.
        IOperation? holder = target;
        while (holder is IMemberReferenceOperation { Instance: { } instance })
            holder = Unwrap(instance);
        if (PlaceOf(holder) is { } root)
        {
            State = State.With(root, State[root].Union(borrows));
            Remember(root, borrows, value ?? target);
        }
    }

    private void Remember(object place, ImmutableHashSet<Borrow> borrows, IOperation value)
    {
        if (borrows.IsEmpty)
            return;
        if (!_assigned.TryGetValue(place, out List<IOperation>? values))
            _assigned.Add(place, values = []);
        if (!values.Contains(value))
            values.Add(value);
    }

    private void Read(IOperation operation)
    {
        object? place = PlaceOf(operation);
        if (place is null || !State[place].Any(static borrow => borrow.Ended) || IsHarmless(operation))
            return;

        // Said once on the way from there.
        State = State.With(place, State[place].Where(static borrow => !borrow.Ended).ToImmutableHashSet());
        IEnumerable<Location> origins = _assigned.TryGetValue(place, out List<IOperation>? values)
            ? values.Select(static value => value.Syntax.GetLocation())
            : [];
        report(LeaseDescriptors.UsedAfterEnd, operation.Syntax, origins, operation.Syntax.ToString());
    }

    /// <summary>Whether what is read of it is not in the memory that was lent.</summary>
    private bool IsHarmless(IOperation operation)
    {
        IOperation? user = operation.Parent;
        while (user is IConversionOperation or IParenthesizedOperation)
            user = user.Parent;

        // A lease that ended may be passed on and disposed again; its length stays.
        if (types.IsLease(operation.Type))
        {
            return user switch
            {
                IInvocationOperation call => call.Instance is null || types.IsDispose(call.TargetMethod, operation.Type),
                IPropertyReferenceOperation property => property.Property.Name == "Length",
                _ => true,
            };
        }

        return user switch
        {
            IPropertyReferenceOperation property => property.Property.Name is "Length" or "IsEmpty" && property.Arguments.IsEmpty,
            IFieldReferenceOperation field => !LeaseTypes.CanHold(field.Type),
            _ => false,
        };
    }
}

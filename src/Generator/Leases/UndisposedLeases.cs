using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Lamina.Generator.Leases;

/// <summary>Finds leases that are taken and then neither disposed nor handed on.</summary>
internal static class UndisposedLeases
{
    /// <summary>Reports a lease that is taken by a call or by an argument, if it is neither.</summary>
    public static void Check(IOperation taking, IOperation root, LeaseTypes types, LeaseReport report)
    {
        ITypeSymbol type = taking is IArgumentOperation argument ? argument.Value.Type! : taking.Type!;
        if (!IsSettled(taking, root, types))
            report(LeaseDescriptors.NeverDisposed, taking.Syntax, [], types.NameOf(type));
    }

    private static bool IsSettled(IOperation taking, IOperation root, LeaseTypes types)
    {
        if (taking is IArgumentOperation argument)
            return IsTargetSettled(Target(argument.Value), root, types);

        // Up to what uses it: a conditional is used as its branches are.
        IOperation value = taking;
        IOperation? user = value.Parent;
        while (user is IConversionOperation or IParenthesizedOperation
            || user is ISwitchExpressionArmOperation or ISwitchExpressionOperation
            || (user is IConditionalOperation conditional && conditional.Condition != value))
        {
            value = user;
            user = user.Parent;
        }

        return user switch
        {
            IExpressionStatementOperation => false,
            ISimpleAssignmentOperation assignment => IsTargetSettled(Target(assignment.Target), root, types),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } =>
                IsUsing(declarator) || IsHandedOn(declarator.Symbol, root, types),
            IInvocationOperation call when call.Instance == value => types.IsDispose(call.TargetMethod, value.Type),
            IMemberReferenceOperation => false,
            _ => true,
        };
    }

    private static bool IsTargetSettled(IOperation target, IOperation root, LeaseTypes types) => target switch
    {
        IDiscardOperation => false,
        ILocalReferenceOperation local => IsHandedOn(local.Local, root, types),
        _ => true,
    };

    private static IOperation Target(IOperation operation) =>
        operation is IDeclarationExpressionOperation declaration ? declaration.Expression : operation;

    private static bool IsUsing(IVariableDeclaratorOperation declarator) =>
        declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation;

    /// <summary>Whether the variable is ever used for anything but what it lends.</summary>
    private static bool IsHandedOn(ILocalSymbol local, IOperation root, LeaseTypes types)
    {
        foreach (IOperation operation in root.Descendants())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && !IsMereUse(reference, types))
                return true;
        }

        return false;
    }

    private static bool IsMereUse(ILocalReferenceOperation reference, LeaseTypes types)
    {
        IOperation value = reference;
        IOperation? user = value.Parent;
        while (user is IConversionOperation or IParenthesizedOperation or IDeclarationExpressionOperation)
        {
            value = user;
            user = user.Parent;
        }

        return user switch
        {
            IInvocationOperation call when call.Instance == value => !types.IsDispose(call.TargetMethod, reference.Type),
            IMemberReferenceOperation => true,
            ISimpleAssignmentOperation assignment => assignment.Target == value,
            IArgumentOperation { Parameter.RefKind: RefKind.Out } => true,
            IExpressionStatementOperation => true,
            _ => false,
        };
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator.Leases;

/// <summary>Warns of spans that outlive their lease or scope, and of leases and scopes that are never disposed.</summary>
/// <remarks>
/// The language keeps leases out of fields, closures and across <c>await</c>, and spans within the block of their lease; it knows
/// nothing of <c>Dispose</c>, which is what this adds. Where the language refuses, this still says what mends it. It follows
/// values within a method, not from one into another: what a method answers is taken to be of what it was given.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LeaseAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(
            LeaseDescriptors.Returned, LeaseDescriptors.Kept, LeaseDescriptors.UsedAfterEnd, LeaseDescriptors.NeverDisposed);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterCompilationStartAction(static start =>
        {
            if (LeaseTypes.Of(start.Compilation) is not { } types)
                return;
            HelpLinks links = HelpLinks.Of(start.Options.AnalyzerConfigOptionsProvider.GlobalOptions);
            start.RegisterOperationBlockAction(block => Analyze(block, types, links));
        });
    }

    private static void Analyze(OperationBlockAnalysisContext context, LeaseTypes types, HelpLinks links)
    {
        HashSet<IOperation> roots = [];
        HashSet<(string Id, TextSpan Span)> reported = [];
        foreach (IOperation block in context.OperationBlocks)
        {
            IOperation root = block;
            while (root.Parent is { } parent)
                root = parent;
            if (!roots.Add(root))
                continue;
            IOperation[] leases = [.. root.DescendantsAndSelf().Where(operation => IsLease(operation, types))];
            if (leases.Length == 0)
                continue;

            foreach (IOperation lease in leases)
            {
                if (lease is not IParameterReferenceOperation)
                    UndisposedLeases.Check(lease, root, types, Report);
            }

            if (context.GetControlFlowGraph(block) is { } graph)
                LeaseFlow.Check(graph, context.OwningSymbol as IMethodSymbol, types, Report, context.CancellationToken);
        }

        // More than one way may lead to the same place.
        void Report(DiagnosticDescriptor rule, SyntaxNode place, IEnumerable<Location> origins, params object[] messageArgs)
        {
            if (reported.Add((rule.Id, place.Span)))
                context.ReportDiagnostic(Diagnostic.Create(links.Link(rule), place.GetLocation(), origins, messageArgs));
        }
    }

    /// <summary>Whether a lease is taken here, or is the caller's.</summary>
    private static bool IsLease(IOperation operation, LeaseTypes types) => operation switch
    {
        IInvocationOperation invocation => types.IsTaken(invocation),
        IArgumentOperation { Parameter.RefKind: RefKind.Out } argument => types.IsLease(argument.Value.Type),
        IParameterReferenceOperation parameter => types.IsLease(parameter.Type),
        _ => false,
    };
}

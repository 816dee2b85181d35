using System.Collections.Immutable;
using System.Composition;
using Lamina.Generator.Leases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lamina.CodeFixes;

/// <summary>Ends a lease with the block that takes it, or copies without one where nothing is kept of it but a span.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DisposeFix))]
[Shared]
public sealed class DisposeFix : LeaseFix
{
    private const string UsingTitle = "Take it with using";
    private const string CopyTitle = "Copy with ReadCopy()";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(LeaseDiagnosticIds.NeverDisposed);

    private protected override (string Title, SyntaxNode Old, SyntaxNode New)? Find(
        Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellation)
    {
        SyntaxNode reported = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (reported is not InvocationExpressionSyntax taking)
            return null;
        if (Declaration(taking) is { } declaration)
            return (UsingTitle, declaration, WithUsing(declaration));
        return CopyOf(taking, model, cancellation) is { } copied ? (CopyTitle, copied.Span, copied.Copy) : null;
    }

    /// <summary>The declaration of one variable that is never given another value, which <c>using</c> does not allow.</summary>
    private static LocalDeclarationStatementSyntax? Declaration(InvocationExpressionSyntax taking)
    {
        if (taking.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable }
            || variable.Parent is not VariableDeclarationSyntax { Variables.Count: 1 } declaration
            || declaration.Parent is not LocalDeclarationStatementSyntax statement
            || statement.Parent is not (BlockSyntax or GlobalStatementSyntax))
            return null;
        bool isAssigned = statement.Parent.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment =>
            assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Identifier.ValueText);
        return isAssigned ? null : statement;
    }

    private static LocalDeclarationStatementSyntax WithUsing(LocalDeclarationStatementSyntax declaration) => declaration
        .WithoutLeadingTrivia()
        .WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space))
        .WithLeadingTrivia(declaration.GetLeadingTrivia());

    /// <summary><c>manager.Acquire(id).Span</c>, with or without <c>ToArray()</c>, is <c>manager.ReadCopy(id)</c>.</summary>
    private static (ExpressionSyntax Span, ExpressionSyntax Copy)? CopyOf(
        InvocationExpressionSyntax taking, SemanticModel model, CancellationToken cancellation)
    {
        if (taking.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Acquire" } acquire
            || model.GetSymbolInfo(taking, cancellation).Symbol is not IMethodSymbol { ContainingType.Name: "MmapManager" }
            || taking.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Span" } span)
            return null;

        ExpressionSyntax replaced = span;
        if (span.Parent is MemberAccessExpressionSyntax member)
        {
            // An array is no span: of its members, these two alone are the same.
            if (member is { Name.Identifier.ValueText: "ToArray", Parent: InvocationExpressionSyntax copy })
                replaced = copy;
            else if (member.Name.Identifier.ValueText != "Length")
                return null;
        }

        MemberAccessExpressionSyntax readCopy = acquire.WithName(SyntaxFactory.IdentifierName("ReadCopy"));
        return (replaced, taking.WithExpression(readCopy).WithTriviaFrom(replaced));
    }
}

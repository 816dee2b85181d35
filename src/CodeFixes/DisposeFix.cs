using System.Collections.Immutable;
using System.Composition;
using Lamina.Generator.Leases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Lamina.CodeFixes;

/// <summary>Ends a lease with the block that takes it, or copies without one where nothing is kept of it but a span.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DisposeFix))]
[Shared]
public sealed class DisposeFix : CodeFixProvider
{
    private const string UsingTitle = "Take it with using";
    private const string CopyTitle = "Copy with ReadCopy()";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(LeaseDiagnosticIds.NeverDisposed);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Document document = context.Document;
        SyntaxNode? root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not InvocationExpressionSyntax taking)
                continue;
            if (Declaration(taking) is { } declaration)
                Register(UsingTitle, declaration, WithUsing(declaration));
            else if (CopyOf(taking, model, context.CancellationToken) is { Span: { } span, Copy: { } copy })
                Register(CopyTitle, span, copy);

            void Register(string title, SyntaxNode old, SyntaxNode replacement) => context.RegisterCodeFix(
                CodeAction.Create(title, _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(old, replacement))), title), diagnostic);
        }
    }

    /// <summary>The declaration of a variable of its own that is never given another value, which <c>using</c> does not allow.</summary>
    private static LocalDeclarationStatementSyntax? Declaration(InvocationExpressionSyntax taking) =>
        taking.Parent is EqualsValueClauseSyntax
        {
            Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax statement } } variable,
        }
        && statement.Parent is BlockSyntax or GlobalStatementSyntax
        && !statement.Parent.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(assignment =>
            assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Identifier.ValueText)
            ? statement
            : null;

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

        return (replaced, taking.WithExpression(acquire.WithName(SyntaxFactory.IdentifierName("ReadCopy"))).WithTriviaFrom(replaced));
    }
}

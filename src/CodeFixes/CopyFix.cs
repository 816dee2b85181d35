using System.Collections.Immutable;
using System.Composition;
using Lamina.Generator.Leases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.CodeFixes;

/// <summary>Copies what outlives its lease, where it is still lent.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CopyFix))]
[Shared]
public sealed class CopyFix : LeaseFix
{
    private const string Title = "Copy with ToArray()";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(LeaseDiagnosticIds.Returned, LeaseDiagnosticIds.Kept, LeaseDiagnosticIds.UsedAfterEnd);

    private protected override (string Title, SyntaxNode Old, SyntaxNode New)? Find(
        Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellation) =>
        SpanToCopy(diagnostic) is { } span
        && root.FindNode(span, getInnermostNodeForTie: true) is ExpressionSyntax expression
        && IsSpan(model.GetTypeInfo(expression, cancellation).Type)
            ? (Title, expression, Copy(expression))
            : null;

    /// <summary>What is used too late is copied where it was assigned, if that is one place.</summary>
    private static TextSpan? SpanToCopy(Diagnostic diagnostic)
    {
        if (diagnostic.Id != LeaseDiagnosticIds.UsedAfterEnd)
            return diagnostic.Location.SourceSpan;
        return diagnostic.AdditionalLocations.Count == 1 ? diagnostic.AdditionalLocations[0].SourceSpan : null;
    }

    private static bool IsSpan(ITypeSymbol? type) =>
        type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan", Arity: 1, ContainingNamespace.Name: nameof(System) };

    private static InvocationExpressionSyntax Copy(ExpressionSyntax expression)
    {
        ExpressionSyntax receiver = SyntaxFactory.ParenthesizedExpression(expression.WithoutTrivia())
            .WithAdditionalAnnotations(Simplifier.Annotation);
        MemberAccessExpressionSyntax method = SyntaxFactory.MemberAccessExpression(
            SyntaxKind.SimpleMemberAccessExpression, receiver, SyntaxFactory.IdentifierName("ToArray"));
        return SyntaxFactory.InvocationExpression(method).WithTriviaFrom(expression);
    }
}

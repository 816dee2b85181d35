using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Lamina.CodeFixes;

/// <summary>A fix that replaces one node of a document.</summary>
public abstract class LeaseFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        Document document = context.Document;
        SyntaxNode? root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null)
            return;
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (Find(diagnostic, root, model, context.CancellationToken) is not { } change)
                continue;
            SyntaxNode changed = root.ReplaceNode(change.Old, change.New);
            context.RegisterCodeFix(
                CodeAction.Create(change.Title, _ => Task.FromResult(document.WithSyntaxRoot(changed)), change.Title), diagnostic);
        }
    }

    /// <summary>What mends a diagnostic; null if nothing does.</summary>
    private protected abstract (string Title, SyntaxNode Old, SyntaxNode New)? Find(
        Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellation);
}

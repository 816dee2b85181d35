using System.Collections.Immutable;
using Lamina.CodeFixes;
using Lamina.Generator.Leases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator.Tests.Leases;

/// <summary>What the fixes make of code; the result compiles and has nothing left to report, unless said otherwise.</summary>
public sealed class CodeFixTests
{
    [Fact]
    public Task UseUsing_DeclarationOfALease_GetsUsing() => FixAsync(new DisposeFix(), """
        public static void M(MmapManager manager, LayerId id)
        {
            // The lease.
            LayerLease lease = manager.Acquire(id);
            Use(lease.Span);
        }
        """, """
        public static void M(MmapManager manager, LayerId id)
        {
            // The lease.
            using LayerLease lease = manager.Acquire(id);
            Use(lease.Span);
        }
        """);

    [Fact]
    public Task UseUsing_DeclarationOfAScopeByVar_GetsUsing() => FixAsync(new DisposeFix(), """
        public static void M(MmapManager manager, LayerId id)
        {
            var scope = manager.BeginScope();
            Use(scope[id]);
        }
        """, """
        public static void M(MmapManager manager, LayerId id)
        {
            using var scope = manager.BeginScope();
            Use(scope[id]);
        }
        """);

    [Fact]
    public Task UseUsing_VariableThatIsAssignedAgain_IsLeftAlone() => FixAsync(new DisposeFix(), """
        public static void M(MmapManager manager, LayerId id)
        {
            LayerLease lease = manager.Acquire(id);
            lease = default;
            Use(lease.Span);
        }
        """, null);

    [Fact]
    public Task ReadCopy_SpanOfALeaseThatIsNotKept_IsCopied() => FixAsync(new DisposeFix(), """
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id) => manager.Acquire(id).Span;
        """, """
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id) => manager.ReadCopy(id);
        """);

    [Fact]
    public Task ReadCopy_ArrayOfALeaseThatIsNotKept_IsCopiedOnce() => FixAsync(new DisposeFix(), """
        public static byte[] M(MmapManager manager, LayerId id) => manager.Acquire(id).Span.ToArray();
        """, """
        public static byte[] M(MmapManager manager, LayerId id) => manager.ReadCopy(id);
        """);

    [Fact]
    public Task ReadCopy_MemberThatAnArrayHasNot_IsLeftAlone() => FixAsync(new DisposeFix(), """
        public static void M(MmapManager manager, LayerId id) => Use(manager.Acquire(id).Span.Slice(1));
        """, null);

    [Fact]
    public Task Copy_ReturnedSpan_IsCopied() => FixAsync(new CopyFix(), """
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return lease.Span[1..];
        }
        """, """
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return lease.Span[1..].ToArray();
        }
        """);

    [Fact]
    public Task Copy_ReturnedChoice_IsCopiedWhole() => FixAsync(new CopyFix(), """
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id, ReadOnlySpan<byte> other)
        {
            using LayerLease lease = manager.Acquire(id);
            return Ask() ? lease.Span : other;
        }
        """, """
        public static ReadOnlySpan<byte> M(MmapManager manager, LayerId id, ReadOnlySpan<byte> other)
        {
            using LayerLease lease = manager.Acquire(id);
            return (Ask() ? lease.Span : other).ToArray();
        }
        """);

    [Fact]
    public Task Copy_ReturnedLease_IsLeftAlone() => FixAsync(new CopyFix(), """
        public static LayerLease M(MmapManager manager, LayerId id)
        {
            using LayerLease lease = manager.Acquire(id);
            return lease;
        }
        """, null);

    [Fact]
    public Task Copy_SpanForTheCaller_IsCopied() => FixAsync(new CopyFix(), """
        public static void M(MmapManager manager, LayerId id, out ReadOnlySpan<byte> content)
        {
            using ReadScope scope = manager.BeginScope();
            content = scope[id];
        }
        """, """
        public static void M(MmapManager manager, LayerId id, out ReadOnlySpan<byte> content)
        {
            using ReadScope scope = manager.BeginScope();
            content = scope[id].ToArray();
        }
        """);

    [Fact]
    public Task Copy_SpanThatIsUsedLater_IsCopiedWhereItIsAssigned() => FixAsync(new CopyFix(), """
        public static void M(MmapManager manager, LayerId id)
        {
            ReadOnlySpan<byte> content;
            using (LayerLease lease = manager.Acquire(id))
                content = lease.Span;
            Use(content);
        }
        """, """
        public static void M(MmapManager manager, LayerId id)
        {
            ReadOnlySpan<byte> content;
            using (LayerLease lease = manager.Acquire(id))
                content = lease.Span.ToArray();
            Use(content);
        }
        """);

    [Fact]
    public Task Copy_SpanThatIsAssignedInTwoPlaces_IsLeftAlone() => FixAsync(new CopyFix(), """
        public static void M(MmapManager manager, LayerId id)
        {
            ReadOnlySpan<byte> content;
            using (LayerLease lease = manager.Acquire(id))
            {
                if (Ask())
                    content = lease.Span;
                else
                    content = lease.Span[1..];
            }

            Use(content);
        }
        """, null);

    private static async Task FixAsync(CodeFixProvider fix, string before, string? after)
    {
        using AdhocWorkspace workspace = new();
        Project project = workspace.AddProject("Tests", LanguageNames.CSharp)
            .WithParseOptions(Run.ParseOptions)
            .WithCompilationOptions(Run.Compilation().Options)
            .WithMetadataReferences(Run.Compilation().References.Append(LeaseCode.Runtime));
        Document document = project.AddDocument("Program.cs", SourceText.From(LeaseCode.Source("", before)));
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        Diagnostic diagnostic = Assert.Single(await compilation.WithAnalyzers([new LeaseAnalyzer()]).GetAnalyzerDiagnosticsAsync());
        Assert.Contains(diagnostic.Id, fix.FixableDiagnosticIds);
        List<CodeAction> actions = [];
        CodeFixContext context = new(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None);
        await fix.RegisterCodeFixesAsync(context);
        if (after is null)
        {
            Assert.Empty(actions);
            return;
        }

        ImmutableArray<CodeActionOperation> operations = await Assert.Single(actions).GetOperationsAsync(CancellationToken.None);
        Document changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        changed = await Simplifier.ReduceAsync(changed, Simplifier.Annotation);
        changed = await Formatter.FormatAsync(changed, Formatter.Annotation);
        string text = (await changed.GetTextAsync()).ToString();

        Assert.Equal(LeaseCode.Source("", after), text);
        Assert.Empty(await LeaseCode.AnalyzeAsync(text));
    }
}

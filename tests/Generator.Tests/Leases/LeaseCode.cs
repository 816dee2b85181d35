using System.Collections.Immutable;
using System.Text;
using Lamina.Generator.Leases;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator.Tests.Leases;

/// <summary>
/// Code that reads layers, in which <c>{|LAM101:…|}</c> marks what is expected to be reported, and <c>{|CS8168:…|}</c> what the
/// language refuses besides.
/// </summary>
internal static class LeaseCode
{
    private const string Start = """
        using System;
        using System.Collections.Generic;
        using System.Runtime.InteropServices;
        using System.Text;
        using System.Threading.Tasks;
        using Lamina;

        internal ref struct Holder
        {
            public ReadOnlySpan<byte> Content;
            public int Count;

            public Holder(ReadOnlySpan<byte> content) => Content = content;

        """;

    private const string Middle = """
        }

        internal static class Program
        {
            public static readonly byte[] Buffer = new byte[64];

            public static void Use(ReadOnlySpan<byte> content) { }

            public static void Use(LayerLease lease) { }

            public static bool Ask() => Buffer.Length > 63;

            public static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> content) => content[1..];

            public static ReadOnlySpan<char> Decode(scoped ReadOnlySpan<byte> content, Span<char> characters) =>
                characters[..Encoding.UTF8.GetChars(content, characters)];

            public static void Split(ReadOnlySpan<byte> content, out ReadOnlySpan<byte> first, out ReadOnlySpan<byte> second)
            {
                first = content[..1];
                second = content[1..];
            }


        """;

    public static MetadataReference Runtime { get; } =
        MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, "Lamina.Runtime.dll"));

    /// <summary>Expects that just what is marked is reported of a class with these members.</summary>
    public static Task CheckAsync(string members) => CheckAsync("", members);

    /// <summary>Expects that just what is marked is reported of a ref struct and a class with these members.</summary>
    public static async Task CheckAsync(string structureMembers, string members)
    {
        string source = Unmark(Source(structureMembers, members), out List<(string Id, TextSpan Span)> expected);

        ImmutableArray<Diagnostic> found = await AnalyzeAsync(source);

        Assert.Equal(
            Show(source, expected),
            Show(source, found.Select(static diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan))));
    }

    /// <summary>What the analyzer reports of code, and what the language refuses.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string source)
    {
        CSharpCompilation compilation = Run.Compilation(source).AddReferences(Runtime);
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers([new LeaseAnalyzer()]);
        return
        [
            .. compilation.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error),
            .. await analysis.GetAnalyzerDiagnosticsAsync(),
        ];
    }

    /// <summary>A whole file with these members.</summary>
    public static string Source(string structureMembers, string members) =>
        (Start + structureMembers + Middle + members + "\n}\n").ReplaceLineEndings("\n");

    /// <summary>Takes the marks out.</summary>
    public static string Unmark(string marked, out List<(string Id, TextSpan Span)> marks)
    {
        StringBuilder source = new();
        Stack<(string Id, int Start)> open = new();
        marks = [];
        for (int i = 0; i < marked.Length; i++)
        {
            if (marked.AsSpan(i).StartsWith("{|"))
            {
                int colon = marked.IndexOf(':', i);
                open.Push((marked[(i + 2)..colon], source.Length));
                i = colon;
            }
            else if (marked.AsSpan(i).StartsWith("|}"))
            {
                (string id, int start) = open.Pop();
                marks.Add((id, TextSpan.FromBounds(start, source.Length)));
                i++;
            }
            else
            {
                source.Append(marked[i]);
            }
        }

        return source.ToString();
    }

    private static IEnumerable<string> Show(string source, IEnumerable<(string Id, TextSpan Span)> diagnostics) =>
        from diagnostic in diagnostics
        orderby diagnostic.Span.Start, diagnostic.Span.Length, diagnostic.Id
        let text = source.Substring(diagnostic.Span.Start, diagnostic.Span.Length)
        select $"{diagnostic.Id} '{text}' in line {source.AsSpan(0, diagnostic.Span.Start).Count('\n') + 1}";
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator.Tests;

/// <summary>An additional file that is not on disk.</summary>
internal sealed class MemoryText(string path, SourceText text) : AdditionalText
{
    public MemoryText(string path, string text)
        : this(path, SourceText.From(text))
    {
    }

    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => text;
}

using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lamina.Generator.Tests;

/// <summary>What a project says of the generator: build properties, and metadata of its additional files.</summary>
internal sealed class MemoryOptions : AnalyzerConfigOptionsProvider
{
    private readonly Dictionary<string, Dictionary<string, string>> _metadata = [];
    private readonly Dictionary<string, string> _properties = [];

    public override AnalyzerConfigOptions GlobalOptions => new Options(_properties);

    public MemoryOptions Property(string name, string value)
    {
        _properties["build_property." + name] = value;
        return this;
    }

    public MemoryOptions Metadata(string path, string name, string value)
    {
        if (!_metadata.TryGetValue(path, out Dictionary<string, string>? metadata))
            _metadata.Add(path, metadata = []);
        metadata["build_metadata.AdditionalFiles." + name] = value;
        return this;
    }

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options([]);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) =>
        new Options(_metadata.GetValueOrDefault(textFile.Path, []));

    private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

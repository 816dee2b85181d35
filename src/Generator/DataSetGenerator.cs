using System.Text;
using Lamina.Format.Schema;
using Lamina.Generator.Emission;
using Lamina.Generator.Model;
using Lamina.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator;

/// <summary>
/// Generates typed accessors for the data sets among a project's additional files: a class for each dimension with a member
/// for each layer, and a class that lists the dimensions.
/// </summary>
/// <remarks>
/// A data set is an additional file called <c>dimensions.json</c>, or one with the metadata <c>LaminaDataSet</c> set to
/// <c>true</c>. No step looks at the project's own code, so editing code costs nothing here; a model has no contents and no
/// positions, so editing a content generates nothing anew.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class DataSetGenerator : IIncrementalGenerator
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<DataSetSource> sources = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => ReadSource(pair.Left, pair.Right))
            .Where(static source => source is not null)
            .Select(static (source, _) => source!)
            .WithTrackingName(TrackingNames.Sources);

        IncrementalValuesProvider<ParsedDataSet> parsed = sources
            .Select(DataSetParser.Parse)
            .WithTrackingName(TrackingNames.Parsed);

        IncrementalValueProvider<EquatableArray<NamespaceClaim>> namespaces = sources
            .Where(static source => source.Options is not null)
            .Select(static (source, _) => new NamespaceClaim(source.Text.Path, source.Options!.Namespace))
            .Collect()
            .Select(static (claims, _) => new EquatableArray<NamespaceClaim>([.. claims]))
            .WithTrackingName(TrackingNames.Namespaces);

        IncrementalValuesProvider<ParsedDataSet> dataSets = parsed
            .Combine(namespaces)
            .Select(static (pair, _) => CheckNamespace(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.DataSets);

        IncrementalValuesProvider<DiagnosticInfo> diagnostics = dataSets
            .SelectMany(static (dataSet, _) => dataSet.Diagnostics)
            .WithTrackingName(TrackingNames.Diagnostics);

        IncrementalValuesProvider<DimensionModel> dimensions = dataSets
            .SelectMany(static (dataSet, _) => dataSet.Dimensions)
            .WithTrackingName(TrackingNames.Dimensions);

        IncrementalValuesProvider<DataSetIndex> indexes = dataSets
            .Where(static dataSet => dataSet.Dimensions.Count > 0)
            .Select(static (dataSet, _) => IndexOf(dataSet))
            .WithTrackingName(TrackingNames.Index);

        context.RegisterSourceOutput(
            diagnostics, static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(
            dimensions, static (output, dimension) => Add(output, HintNames.Of(dimension), DimensionEmitter.Emit(dimension)));
        context.RegisterSourceOutput(
            indexes, static (output, index) => Add(output, HintNames.Of(index), IndexEmitter.Emit(index)));
    }

    private static DataSetSource? ReadSource(AdditionalText text, AnalyzerConfigOptionsProvider options)
    {
        DataSetOptionsReader reader = new(options.GlobalOptions, options.GetOptions(text));
        if (!reader.IsDataSet(text.Path))
            return null;
        DataSetOptions? read = reader.Read(out OptionError? error);
        return new DataSetSource(text, read, error);
    }

    private static ParsedDataSet CheckNamespace(ParsedDataSet dataSet, EquatableArray<NamespaceClaim> claims)
    {
        if (dataSet.Options is not DataSetOptions options)
            return dataSet;

        // The first by path keeps the namespace, so that the order of the project's items does not matter.
        NamespaceClaim? first = null;
        foreach (NamespaceClaim claim in claims)
        {
            if (string.Equals(claim.Namespace, options.Namespace, StringComparison.OrdinalIgnoreCase)
                && (first is null || string.CompareOrdinal(claim.Path, first.Path) < 0))
            {
                first = claim;
            }
        }

        if (first is null || first.Path == dataSet.Path)
            return dataSet;
        DiagnosticInfo diagnostic = new(
            InputFault.NamespaceTaken, InputMessages.NamespaceTaken(first.Path, options.Namespace), dataSet.Path, 0, 0, 0, 0);
        return new ParsedDataSet(
            dataSet.Path, null, default, new EquatableArray<DiagnosticInfo>([.. dataSet.Diagnostics, diagnostic]));
    }

    private static DataSetIndex IndexOf(ParsedDataSet dataSet)
    {
        DimensionEntry[] entries = new DimensionEntry[dataSet.Dimensions.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            DimensionModel dimension = dataSet.Dimensions[i];
            entries[i] = new DimensionEntry(dimension.Id, dimension.Name, dimension.ClassName);
        }

        return new DataSetIndex(dataSet.Options!, dataSet.Dimensions[0].FileName, new EquatableArray<DimensionEntry>(entries));
    }

    private static void Add(SourceProductionContext output, string hintName, StringBuilder source) =>
        output.AddSource(hintName, SourceText.From(source.ToString(), Utf8));
}

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

        IncrementalValueProvider<NamespaceClaims> namespaces = parsed
            .Select(static (dataSet, _) => ClaimOf(dataSet))
            .Collect()
            .Select(static (claims, _) => new NamespaceClaims(new EquatableArray<NamespaceClaim>([.. claims])))
            .WithTrackingName(TrackingNames.Namespaces);

        IncrementalValuesProvider<ParsedDataSet> dataSets = parsed
            .Combine(namespaces)
            .Select(static (pair, _) => CheckNamespace(pair.Left, pair.Right))
            .WithTrackingName(TrackingNames.DataSets);

        IncrementalValuesProvider<DiagnosticInfo> diagnostics = dataSets
            .SelectMany(static (dataSet, _) => dataSet.Diagnostics)
            .WithTrackingName(TrackingNames.Diagnostics);

        IncrementalValueProvider<HelpLinks> links = context.AnalyzerConfigOptionsProvider
            .Select(static (options, _) => HelpLinks.Of(options.GlobalOptions))
            .WithTrackingName(TrackingNames.HelpLinks);

        IncrementalValuesProvider<DimensionModel> dimensions = dataSets
            .SelectMany(static (dataSet, _) => dataSet.Dimensions)
            .WithTrackingName(TrackingNames.Dimensions);

        IncrementalValuesProvider<DataSetIndex> indexes = dataSets
            .Where(static dataSet => dataSet.HasList)
            .Select(static (dataSet, _) => IndexOf(dataSet))
            .WithTrackingName(TrackingNames.Index);

        context.RegisterSourceOutput(
            diagnostics.Combine(links),
            static (output, pair) => output.ReportDiagnostic(pair.Left.ToDiagnostic(pair.Right)));
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
        DataSetOptions read = reader.Read(out OptionError? error);
        return new DataSetSource(text, read, error);
    }

    private static NamespaceClaim ClaimOf(ParsedDataSet dataSet) => new(
        dataSet.Path,
        dataSet.Options.Namespace,
        new EquatableArray<string>([.. dataSet.Dimensions.Select(static dimension => dimension.ClassName)]));

    private static ParsedDataSet CheckNamespace(ParsedDataSet dataSet, NamespaceClaims claims)
    {
        // The first by path keeps the namespace, so that the order of the project's items does not matter.
        NamespaceClaim? first = null;
        HashSet<string> taken = new(StringComparer.OrdinalIgnoreCase);
        foreach (NamespaceClaim claim in claims.All)
        {
            if (!string.Equals(claim.Namespace, dataSet.Options.Namespace, StringComparison.OrdinalIgnoreCase)
                || string.CompareOrdinal(claim.Path, dataSet.Path) >= 0)
            {
                continue;
            }

            taken.UnionWith(claim.Classes);
            if (first is null || string.CompareOrdinal(claim.Path, first.Path) < 0)
                first = claim;
        }

        if (first is null)
            return dataSet;

        // A namespace in the place of a wrong one is nobody's mistake.
        List<DiagnosticInfo> diagnostics = [.. dataSet.Diagnostics];
        if (diagnostics.TrueForAll(static diagnostic => diagnostic.Fault != InputFault.InvalidOption))
        {
            diagnostics.Add(new DiagnosticInfo(
                InputFault.NamespaceTaken,
                DiagnosticSeverity.Error,
                InputMessages.NamespaceTaken(first.Path, dataSet.Options.Namespace),
                dataSet.Path, 0, 0, 0, 0));
        }

        // What else it has stays, so that this error is the only one; the list of dimensions is the first's.
        return dataSet with
        {
            HasList = false,
            Dimensions = new EquatableArray<DimensionModel>(
                [.. dataSet.Dimensions.Where(dimension => !taken.Contains(dimension.ClassName))]),
            Diagnostics = new EquatableArray<DiagnosticInfo>([.. diagnostics]),
        };
    }

    private static DataSetIndex IndexOf(ParsedDataSet dataSet)
    {
        DimensionEntry[] entries = new DimensionEntry[dataSet.Dimensions.Count];
        for (int i = 0; i < entries.Length; i++)
        {
            DimensionModel dimension = dataSet.Dimensions[i];
            entries[i] = new DimensionEntry(dimension.Id, dimension.Name, dimension.ClassName);
        }

        return new DataSetIndex(
            dataSet.Options, DataSetParser.FileName(dataSet.Path), new EquatableArray<DimensionEntry>(entries));
    }

    private static void Add(SourceProductionContext output, string hintName, StringBuilder source) =>
        output.AddSource(hintName, SourceText.From(source.ToString(), Utf8));
}

namespace Lamina.Generator;

/// <summary>The names of the pipeline's steps, by which tests ask what an edit made each of them do.</summary>
internal static class TrackingNames
{
    /// <summary>The additional files that are data sets, each with its options.</summary>
    public const string Sources = nameof(Sources);

    /// <summary>What each data set declares, without contents and positions, and what is wrong with it.</summary>
    public const string Parsed = nameof(Parsed);

    /// <summary>Which namespace each data set is generated into.</summary>
    public const string Namespaces = nameof(Namespaces);

    /// <summary>The data sets that are generated: those without errors, one a namespace.</summary>
    public const string DataSets = nameof(DataSets);

    /// <summary>What is reported, one by one.</summary>
    public const string Diagnostics = nameof(Diagnostics);

    /// <summary>Where the pages of the rules are, which nothing but what is reported depends on.</summary>
    public const string HelpLinks = nameof(HelpLinks);

    /// <summary>The dimensions that are generated, one by one.</summary>
    public const string Dimensions = nameof(Dimensions);

    /// <summary>What the list of a data set's dimensions is made of.</summary>
    public const string Index = nameof(Index);
}

using Lamina.Format.Schema;
using Microsoft.CodeAnalysis;

namespace Lamina.Generator;

/// <summary>
/// The rules of a data set's source that the compiler reports, with the codes of <see cref="InputFault"/>. Those that take
/// contents to check are the conversion's: LAM017, LAM018, LAM020, LAM021.
/// </summary>
internal static class DiagnosticDescriptors
{
    private const string Category = "Lamina";

    /// <summary>No program can be made of a source with an error, so that none can be switched off.</summary>
    private const string Fixed = WellKnownDiagnosticTags.NotConfigurable;

    public static readonly DiagnosticDescriptor InvalidJson =
        new("LAM001", "The text is not JSON", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor InvalidUtf8 =
        new("LAM002", "The text is not UTF-8", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor LoneSurrogate =
        new("LAM003", "A surrogate pair is cut in half", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor DuplicateProperty =
        new("LAM004", "An object names a property twice", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor UnknownProperty =
        new("LAM005", "An object has an unknown property", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor MissingProperty =
        new("LAM006", "A required property is missing", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor WrongType =
        new("LAM007", "A value is of the wrong type", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor NumberOutOfRange =
        new("LAM008", "A number is out of range", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor LimitExceeded =
        new("LAM009", "A limit is exceeded", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor NoDimensions =
        new("LAM010", "There is no dimension", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor UnknownDimension =
        new("LAM011", "A layer is of an unknown dimension", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor DuplicateDimension =
        new("LAM012", "Two dimensions have one number", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor DuplicateLayer =
        new("LAM013", "Two layers have one number", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor MissingParent =
        new("LAM014", "A layer's parent is missing", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor ParentCycle =
        new("LAM015", "A layer is its own ancestor", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor DepthMismatch =
        new("LAM016", "A depth contradicts the parents", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor AmbiguousContent =
        new("LAM019", "A layer has several contents", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor FrequencyOutsideRange =
        new("LAM022", "A frequency is outside the range", "{0}", Category, DiagnosticSeverity.Warning, true);

    public static readonly DiagnosticDescriptor FrequencyRangeReversed =
        new("LAM023", "A frequency range is reversed", "{0}", Category, DiagnosticSeverity.Warning, true);

    public static readonly DiagnosticDescriptor RepeatedKeyword =
        new("LAM024", "A keyword is repeated", "{0}", Category, DiagnosticSeverity.Warning, true);

    public static readonly DiagnosticDescriptor NameSuffixed =
        new("LAM025", "A member name has a suffix", "{0}", Category, DiagnosticSeverity.Info, true);

    public static readonly DiagnosticDescriptor NamespaceTaken =
        new("LAM026", "Two data sets share a namespace", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    public static readonly DiagnosticDescriptor InvalidOption =
        new("LAM027", "An option has an invalid value", "{0}", Category, DiagnosticSeverity.Error, true, customTags: Fixed);

    /// <summary>The descriptor for <paramref name="fault"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is one that only the conversion reports.</exception>
    public static DiagnosticDescriptor Of(InputFault fault) => fault switch
    {
        InputFault.InvalidJson => InvalidJson,
        InputFault.InvalidUtf8 => InvalidUtf8,
        InputFault.LoneSurrogate => LoneSurrogate,
        InputFault.DuplicateProperty => DuplicateProperty,
        InputFault.UnknownProperty => UnknownProperty,
        InputFault.MissingProperty => MissingProperty,
        InputFault.WrongType => WrongType,
        InputFault.NumberOutOfRange => NumberOutOfRange,
        InputFault.LimitExceeded => LimitExceeded,
        InputFault.NoDimensions => NoDimensions,
        InputFault.UnknownDimension => UnknownDimension,
        InputFault.DuplicateDimension => DuplicateDimension,
        InputFault.DuplicateLayer => DuplicateLayer,
        InputFault.MissingParent => MissingParent,
        InputFault.ParentCycle => ParentCycle,
        InputFault.DepthMismatch => DepthMismatch,
        InputFault.AmbiguousContent => AmbiguousContent,
        InputFault.FrequencyOutsideRange => FrequencyOutsideRange,
        InputFault.FrequencyRangeReversed => FrequencyRangeReversed,
        InputFault.RepeatedKeyword => RepeatedKeyword,
        InputFault.NameSuffixed => NameSuffixed,
        InputFault.NamespaceTaken => NamespaceTaken,
        InputFault.InvalidOption => InvalidOption,
        _ => throw new ArgumentOutOfRangeException(nameof(fault)),
    };
}

namespace Lamina.Format.Schema;

/// <summary>The rules of a data set's source; a rule's number is its code, <c>LAM001</c> and up, and never changes.</summary>
public enum InputFault
{
    /// <summary>The text is not JSON.</summary>
    InvalidJson = 1,

    /// <summary>The text is not UTF-8.</summary>
    InvalidUtf8 = 2,

    /// <summary>A string holds half of a surrogate pair.</summary>
    LoneSurrogate = 3,

    /// <summary>An object names a property twice.</summary>
    DuplicateProperty = 4,

    /// <summary>An object has a property that the format does not know.</summary>
    UnknownProperty = 5,

    /// <summary>A property that must be there is not.</summary>
    MissingProperty = 6,

    /// <summary>A value is of another type than its property takes.</summary>
    WrongType = 7,

    /// <summary>A number is not one that its field can hold.</summary>
    NumberOutOfRange = 8,

    /// <summary>A name, keyword, list or content passes a limit, or is empty where it must not be.</summary>
    LimitExceeded = 9,

    /// <summary>There is no dimension at all.</summary>
    NoDimensions = 10,

    /// <summary>A layer is of a dimension that is not declared.</summary>
    UnknownDimension = 11,

    /// <summary>Two dimensions have the same number.</summary>
    DuplicateDimension = 12,

    /// <summary>Two layers of a dimension have the same number.</summary>
    DuplicateLayer = 13,

    /// <summary>A layer's parent is not a layer of its dimension.</summary>
    MissingParent = 14,

    /// <summary>A layer is its own ancestor.</summary>
    ParentCycle = 15,

    /// <summary>A layer's depth is not its parent's depth plus one, or 0 without a parent.</summary>
    DepthMismatch = 16,

    /// <summary>The contents of a dimension's layers are longer than its <c>size_bytes</c>.</summary>
    ContentOverSize = 17,

    /// <summary>A layer has no content at all.</summary>
    MissingContent = 18,

    /// <summary>A layer has more than one of <c>content</c>, <c>content_base64</c> and <c>content_file</c>.</summary>
    AmbiguousContent = 19,

    /// <summary>A <c>content_base64</c> is not base64.</summary>
    InvalidBase64 = 20,

    /// <summary>A <c>content_file</c> is not a relative path inside the input's folder, or cannot be read.</summary>
    InvalidContentFile = 21,

    /// <summary>Warning: a layer's frequency is outside its dimension's range.</summary>
    FrequencyOutsideRange = 22,

    /// <summary>Warning: a dimension's <c>frequency_min</c> is above its <c>frequency_max</c>.</summary>
    FrequencyRangeReversed = 23,

    /// <summary>Warning: a layer names a keyword twice.</summary>
    RepeatedKeyword = 24,

    /// <summary>Note: a name gives an identifier that is taken, so the generated member has its number as a suffix.</summary>
    NameSuffixed = 25,

    /// <summary>Two data sets of a project are generated into one namespace.</summary>
    NamespaceTaken = 26,

    /// <summary>A build property or item metadata of the generator has a value that it does not take.</summary>
    InvalidOption = 27,
}

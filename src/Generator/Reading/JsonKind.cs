namespace Lamina.Generator.Reading;

/// <summary>What kind of value comes next.</summary>
internal enum JsonKind
{
    /// <summary>None: the text is not JSON here, which has been reported.</summary>
    None,
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
}

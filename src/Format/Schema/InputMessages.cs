using static System.FormattableString;

namespace Lamina.Format.Schema;

/// <summary>
/// What each rule of a data set's source says when it is broken: what is wrong, then what would mend it. The converter and
/// the source generator compile this file, so that both say the same of the same file.
/// </summary>
internal static class InputMessages
{
    /// <summary>A message about a value, with the dimension or layer that has it.</summary>
    public static string Of(string owner, string message) => $"{owner}: {message}";

    public static string InvalidJson(string found) =>
        $"The text is not JSON: {found}. Check the commas, quotes and brackets before this place.";

    public static string InvalidUtf8() =>
        "The text is not UTF-8. Save the file as UTF-8, or write bytes that are not text as content_base64.";

    public static string NotUtf8Encoding(string encoding) =>
        $"The text is {encoding}. Save the file as UTF-8.";

    public static string LoneSurrogate() =>
        "The string holds half of a surrogate pair. Write the character itself, or both halves, such as \\ud83d\\ude00.";

    public static string DuplicateProperty(string property) =>
        $"The object names '{property}' twice. Remove one of them.";

    public static string UnknownProperty(string property, string owner, string known) =>
        $"'{property}' is not a property of {owner}. Known are {known}.";

    public static string MissingProperty(string property, string owner) =>
        $"The {owner} has no '{property}'. Add it.";

    public static string LineWithoutId() =>
        "The line has neither an 'id', as a dimension has, nor a 'dimension_id', as a layer has. Add one of them.";

    public static string LineNotObject() => "Each line takes an object, which is a dimension or a layer.";

    public static string TextNotObject() => "The text takes an object with 'dimensions' and 'layers'.";

    public static string WrongType(string property, string expected) =>
        $"'{property}' takes {expected}.";

    public static string NumberOutOfRange(string property, string range) =>
        $"'{property}' takes {range}.";

    public static string TextTooLong(string property, long length, int limit) =>
        Invariant($"'{property}' has {length} bytes of UTF-8; it takes at most {limit}. Shorten it.");

    public static string TextEmpty(string property) =>
        $"'{property}' is empty. Give it at least one character, or leave it out.";

    public static string TooManyKeywords(int limit) =>
        Invariant($"The layer has more than {limit} keywords. Keep the {limit} that matter most.");

    public static string ContentTooLong(string layer, long limit) =>
        Invariant($"The content of {layer} passes {limit} bytes. Split the layer.");

    public static string TooManyLayers(string dimension, int limit) =>
        Invariant($"Dimension {dimension} has more than {limit} layers. Move some to another dimension.");

    public static string TooManyKeywordUses(string dimension, int limit) =>
        Invariant($"The layers of dimension {dimension} name more than {limit} keywords. Move some layers to another dimension.");

    public static string TooMuchText(string dimension, int limit) =>
        Invariant($"The names and keywords of dimension {dimension} pass {limit} bytes of UTF-8. Move some layers to another dimension.");

    public static string NoDimensions() =>
        "There is no dimension. Add at least one to 'dimensions'.";

    public static string UnknownDimension(string layer, string dimension) =>
        $"Layer {layer} is of dimension {dimension}, which 'dimensions' does not declare. Declare it, or correct 'dimension_id'.";

    public static string DuplicateDimension(string dimension) =>
        $"Dimension {dimension} is declared twice. Give one of them another 'id'.";

    public static string DuplicateLayer(string layer) =>
        $"Layer {layer} is there twice. Give one of them another 'layer_num'.";

    public static string MissingParent(string layer, uint parent) =>
        Invariant($"Layer {layer} has the parent {parent}, which is not a layer of its dimension. Add that layer, or correct 'parent_layer'.");

    public static string ParentCycle(string layer) =>
        $"Layer {layer} is its own ancestor. Give one layer of the circle another 'parent_layer', or none.";

    public static string DepthMismatch(string layer, int declared, int actual) =>
        Invariant($"Layer {layer} says depth {declared}; its parents make it {actual}. Correct 'depth' or 'parent_layer', or leave 'depth' out.");

    public static string DepthTooLarge(string layer, int limit) =>
        Invariant($"Layer {layer} is deeper than {limit}. Flatten its chain of parents.");

    public static string ContentOverSize(string dimension, long content, long size) =>
        Invariant($"The contents of dimension {dimension} have {content} bytes, more than its 'size_bytes' of {size}. Raise 'size_bytes', or shorten contents.");

    public static string MissingContent(string layer) =>
        $"Layer {layer} has no content. Add 'content', 'content_base64' or 'content_file', or convert with --simulate.";

    public static string AmbiguousContent(string layer) =>
        $"{layer} has more than one of 'content', 'content_base64' and 'content_file'. Keep one.";

    public static string InvalidBase64() =>
        "'content_base64' is not base64. Write groups of four of A-Z, a-z, 0-9, + and /, padded with =.";

    public static string ContentFileEscapes(string path) =>
        $"'content_file' is '{path}'. It takes a relative path inside the folder of this file: names with '/' between them, none of them '..', and no ':' or '\\'.";

    public static string ContentFileUnreadable(string path, string reason) =>
        $"The content file '{path}' could not be read: {reason}";

    public static string ContentFileNotAllowed() =>
        "'content_file' needs a folder to start from, and standard input has none. Convert the file by its name.";

    public static string FrequencyOutsideRange(string layer, double frequency, string range) =>
        Invariant($"Layer {layer} has the frequency {frequency}, outside its dimension's range {range}. Correct one of them.");

    public static string FrequencyRangeReversed(string dimension, double min, double max) =>
        Invariant($"Dimension {dimension} has a 'frequency_min' of {min} above its 'frequency_max' of {max}. Exchange them.");

    public static string RepeatedKeyword(string keyword) =>
        $"The keyword '{keyword}' is there twice; it is kept once. Remove one of them.";

    public static string NameSuffixed(string owner, string name, string identifier, string member) =>
        $"The name '{name}' of {owner} gives the identifier {identifier}, which is taken; the generated member is {member}.";

    public static string NamespaceTaken(string other, string @namespace) =>
        $"This data set and {other} are both generated into the namespace {@namespace}. Give one of them another LaminaNamespace.";

    public static string InvalidOption(string option, string value, string expected) =>
        $"{option} is '{value}'. It takes {expected}.";
}

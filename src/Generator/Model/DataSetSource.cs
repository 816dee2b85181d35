using Microsoft.CodeAnalysis;

namespace Lamina.Generator.Model;

/// <summary>A data set's file and its options: equal while the compiler has the same text for it.</summary>
/// <param name="Text">The file.</param>
/// <param name="Options">How its code is to be generated; where an option is wrong, as it would be without it.</param>
/// <param name="Error">The option that is wrong; null if none is.</param>
internal sealed record DataSetSource(AdditionalText Text, DataSetOptions Options, OptionError? Error);

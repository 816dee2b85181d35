using Lamina.Format.Schema;

namespace Lamina.Format.Conversion;

/// <summary>A data set's source breaks the rules of <c>dimensions.json</c>; nothing was published.</summary>
public sealed class InvalidInputException : Exception
{
    /// <summary>Reports the errors and warnings found in the input.</summary>
    /// <param name="diagnostics">At least one error; in the order of the input.</param>
    public InvalidInputException(IReadOnlyList<InputDiagnostic> diagnostics)
        : base(diagnostics.Count == 1 ? diagnostics[0].ToString() : $"{diagnostics[0]} ({diagnostics.Count - 1} more)") =>
        Diagnostics = diagnostics;

    /// <summary>Every error and warning found, in the order of the input; at most 100 errors and 100 warnings.</summary>
    public IReadOnlyList<InputDiagnostic> Diagnostics { get; }
}

using System.Globalization;

namespace Lamina.Format;

/// <summary>A file of a data set is damaged, foreign, or of a version or feature that this library does not read.</summary>
/// <remarks>The operation that threw it has left state as it was; the file has not been changed.</remarks>
public sealed class LaminaFormatException : IOException
{
    /// <summary>Reports <paramref name="fault"/> at <paramref name="offset"/> of <paramref name="file"/>.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <param name="message">What was found, what was expected, and what would mend it.</param>
    /// <param name="offset">Where, in bytes from the start of the file; -1 if the fault is the file's as a whole.</param>
    /// <param name="file">The file's path or name.</param>
    public LaminaFormatException(FormatFault fault, string message, long offset, string? file)
        : base(Describe(message, offset, file))
    {
        Fault = fault;
        Offset = offset;
        File = file;
    }

    /// <summary>What is wrong.</summary>
    public FormatFault Fault { get; }

    /// <summary>Where, in bytes from the start of <see cref="File"/>; -1 if the fault is the file's as a whole.</summary>
    public long Offset { get; }

    /// <summary>The file's path or name, if it has one.</summary>
    public string? File { get; }

    private static string Describe(string message, long offset, string? file)
    {
        string where = offset < 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $" at byte {offset}");
        return file is null ? $"{message}{(where.Length == 0 ? "" : $" ({where.Trim()})")}" : $"{file}{where}: {message}";
    }
}

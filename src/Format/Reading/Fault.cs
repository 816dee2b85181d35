using System.Diagnostics.CodeAnalysis;

namespace Lamina.Format.Reading;

/// <summary>Throws what is wrong with a region file; apart, so that the checks stay small.</summary>
internal readonly struct Fault(string? file)
{
    private const string Mend = " The file is damaged: copy or convert it again.";

    [DoesNotReturn]
    public void Throw(FormatFault fault, long offset, string message) =>
        throw new LaminaFormatException(fault, message, offset, file);

    /// <summary>A field holds what its rule forbids.</summary>
    [DoesNotReturn]
    public void Damaged(FormatFault fault, long offset, string message) => Throw(fault, offset, message + Mend);

    [DoesNotReturn]
    public void Checksum(FormatFault fault, long offset, string part) =>
        Throw(fault, offset, $"The checksum of {part} does not match its bytes." + Mend);

    [DoesNotReturn]
    public void Limit(long offset, string what, long found, long limit) =>
        Throw(FormatFault.LimitExceeded, offset, FormattableString.Invariant(
            $"The file has {found} {what}; the format allows {limit}. The file is damaged or was not written by this library."));

    [DoesNotReturn]
    public void Truncated(long length, long needed) =>
        Throw(FormatFault.Truncated, length, FormattableString.Invariant(
            $"The file ends after {length} bytes of {needed}. It was cut off: copy or convert it again."));
}

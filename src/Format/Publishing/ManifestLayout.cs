namespace Lamina.Format.Publishing;

/// <summary>The last lines of a manifest, whose length is fixed. Spec: MAN-7.</summary>
internal static class ManifestLayout
{
    public const int DigitCount = 16;

    public static ReadOnlySpan<byte> BeforeDigits => "  \"checksum\": \""u8;

    public static ReadOnlySpan<byte> AfterDigits => "\"\n}\n"u8;

    public static int TailLength => BeforeDigits.Length + DigitCount + AfterDigits.Length;
}

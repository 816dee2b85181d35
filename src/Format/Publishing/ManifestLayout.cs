namespace Lamina.Format.Publishing;

/// <summary>The last lines of a manifest, whose length is fixed. Spec: MAN-7.</summary>
internal static class ManifestLayout
{
    public const int DigitCount = 16;

    // All ASCII, so that a character is a byte. As text, which is there at once: for data of the assembly the runtime first loads a type
    // for every length that there is of it.
    public const string BeforeDigits = "  \"checksum\": \"";
    public const string AfterDigits = "\"\n}\n";

    public static int TailLength => BeforeDigits.Length + DigitCount + AfterDigits.Length;
}

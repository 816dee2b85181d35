namespace Lamina.Format.Layout;

/// <summary>Offsets in the dictionary section, if it is not empty. Spec: chapter "Sections", DIC-3 and DIC-4.</summary>
internal static class DictionaryLayout
{
    public const int DecodedLength = 0;                           // DIC-3
    public const int Stored = DecodedLength + sizeof(uint);       // DIC-4, to the end of the section

    /// <summary>The longest section: a dictionary of the largest length, stored as it is.</summary>
    public const int LongestSection = Stored + Limits.MaxDictionaryLength;
}

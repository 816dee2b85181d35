namespace Lamina.Format.Input;

/// <summary>What a string of the input is for.</summary>
internal enum StringUse
{
    None,
    PropertyName,
    Skipped,
    Name,
    Keyword,
    Content,
    Base64,
    FilePath,
}

namespace Lamina.Protection;

/// <summary>A content that was found ahead of its reader.</summary>
internal struct FoundContent
{
    /// <summary>Where it is.</summary>
    public nint Address;

    /// <summary>Its length in bytes.</summary>
    public uint Length;
}

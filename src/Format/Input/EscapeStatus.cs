namespace Lamina.Format.Input;

/// <summary>What an escape turned out to be.</summary>
internal enum EscapeStatus
{
    /// <summary>A character.</summary>
    Done,

    /// <summary>Not decided by the bytes at hand.</summary>
    NeedMore,

    /// <summary>No escape of JSON.</summary>
    Invalid,

    /// <summary>Half of a surrogate pair.</summary>
    LoneSurrogate,
}

namespace Lamina.Format.Input;

/// <summary>How far <see cref="StringScanner"/> has come.</summary>
internal enum ScanStatus
{
    /// <summary>The buffer ends inside the string.</summary>
    NeedMore,

    /// <summary>The string is at its end; the place is behind its closing quote.</summary>
    Complete,

    /// <summary>A window is full; take it, then go on.</summary>
    WindowFull,

    /// <summary>The string is not JSON; nothing behind this place can be understood.</summary>
    Invalid,
}

namespace Lamina.Format.Input;

/// <summary>What <see cref="StringScanner"/> does with a string.</summary>
internal enum ScanMode
{
    /// <summary>Keeps it whole, up to its limit.</summary>
    Keep,

    /// <summary>Hands it out in windows.</summary>
    Stream,

    /// <summary>Only checks it.</summary>
    Discard,
}

namespace Lamina.Format.Schema;

/// <summary>What a diagnostic means for the conversion.</summary>
public enum InputSeverity
{
    /// <summary>Worth the author's look; fails only a strict conversion.</summary>
    Warning,

    /// <summary>Nothing is published.</summary>
    Error,
}

namespace Lamina.Cli;

/// <summary>The call cannot be meant as it was written; the message says what would be right.</summary>
internal sealed class WrongCallException(string message) : Exception(message);

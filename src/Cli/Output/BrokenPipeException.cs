namespace Lamina.Cli.Output;

/// <summary>Whoever read standard output has gone.</summary>
internal sealed class BrokenPipeException(IOException cause) : IOException(cause.Message, cause);

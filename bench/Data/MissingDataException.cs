namespace Lamina.Bench.Data;

/// <summary>What a data set is made of is not installed; the message says how to install it.</summary>
internal sealed class MissingDataException(string message) : Exception(message);

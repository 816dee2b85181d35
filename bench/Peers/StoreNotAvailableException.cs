namespace Lamina.Bench.Peers;

/// <summary>A peer cannot run here: its native library is missing, or the data set is past what it can hold.</summary>
internal sealed class StoreNotAvailableException(string message, Exception? inner = null) : Exception(message, inner);

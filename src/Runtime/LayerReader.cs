namespace Lamina;

/// <summary>Reads a layer's content while it is protected. The span ends with the call.</summary>
/// <typeparam name="TState">What the caller hands through; a static lambda with a state allocates nothing.</typeparam>
/// <typeparam name="TResult">What comes of it.</typeparam>
/// <param name="content">The layer's bytes.</param>
/// <param name="state">What the caller handed to the read.</param>
public delegate TResult LayerReader<in TState, out TResult>(ReadOnlySpan<byte> content, TState state)
    where TState : allows ref struct;

using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Lamina.Format.Conversion;

namespace Lamina.Format.Writing;

/// <summary>What the dimensions of one conversion share: options, the pipeline, the spool, open files, temporary names.</summary>
internal sealed class WritingSession : IAsyncDisposable
{
    private const int MostOpenFiles = 64;

    private readonly Func<string, string> _temporaryPath;
    private readonly OpenFiles _openFiles = new(MostOpenFiles);

    /// <param name="options">How to pack and compress.</param>
    /// <param name="temporaryPath">Gives the path of the temporary file with a label; each label is used once.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PlatformNotSupportedException">The processor is not little-endian.</exception>
    public WritingSession(ConversionOptions options, Func<string, string> temporaryPath, CancellationToken cancellationToken)
    {
        ushort one = 1;
        if (BinaryPrimitives.ReadUInt16LittleEndian(MemoryMarshal.AsBytes(new ReadOnlySpan<ushort>(in one))) != one)
        {
            throw new PlatformNotSupportedException(
                "Tables are written as they stand in memory, which takes a little-endian processor.");
        }

        Options = options;
        _temporaryPath = temporaryPath;
        Spool = new ContentSpool(temporaryPath("spool"));
        Pipeline = new BlockPipeline(new BlockEncoder(options.Level), options.Jobs, options.BlockSize, cancellationToken);
    }

    public ConversionOptions Options { get; }

    public BlockPipeline Pipeline { get; }

    public ContentSpool Spool { get; }

    /// <summary>An empty region file and what packs contents into it.</summary>
    /// <param name="label">The temporary file's label.</param>
    /// <param name="dictionary">What the blocks may refer to; empty if nothing.</param>
    public BlockStream NewBlockStream(string label, ReadOnlyMemory<byte> dictionary = default)
    {
        RegionFile file = new(_temporaryPath(label), _openFiles);
        RegionContent target = new(file, Options.ContentAlignment, dictionary);
        return new BlockStream(target, Pipeline, Options.BlockSizeWith(dictionary.Length));
    }

    public async ValueTask DisposeAsync()
    {
        await Pipeline.DisposeAsync().ConfigureAwait(false);
        Spool.Dispose();
    }
}

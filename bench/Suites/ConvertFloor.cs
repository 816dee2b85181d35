using K4os.Compression.LZ4;
using Microsoft.Win32.SafeHandles;

namespace Lamina.Bench.Suites;

/// <summary>
/// What no conversion can do without: one copy of the contents, LZ4 of the same blocks by as many threads, and the same bytes
/// written to a file and flushed. No JSON is read, nothing is laid out, no checksum is made.
/// </summary>
internal static class ConvertFloor
{
    public static void Run(DecodedBlocks blocks, int jobs, string file)
    {
        long[] offsets = new long[blocks.Encoded.Count];
        for (int i = 1; i < offsets.Length; i++)
            offsets[i] = offsets[i - 1] + blocks.Encoded[i - 1].Length;

        using SafeFileHandle handle = File.OpenHandle(file, FileMode.Create, FileAccess.Write);
        int next = -1;
        Thread[] threads = [.. Enumerable.Range(0, jobs).Select(_ => new Thread(() =>
        {
            byte[] copy = [];
            byte[] encoded = [];
            for (int i = Interlocked.Increment(ref next); i < offsets.Length; i = Interlocked.Increment(ref next))
            {
                byte[] content = blocks.Contents[i];
                int length = blocks.Encoded[i].Length;
                if (copy.Length < content.Length)
                    (copy, encoded) = (new byte[content.Length], new byte[content.Length]);
                content.CopyTo(copy, 0);

                // What the block was kept as: the encoder gives up where it does not save enough.
                int room = length < content.Length ? length : content.Length - (content.Length / 16);
                int written = LZ4Codec.Encode(copy.AsSpan(0, content.Length), encoded.AsSpan(0, room), LZ4Level.L00_FAST);
                RandomAccess.Write(handle, written > 0 ? encoded.AsSpan(0, written) : copy.AsSpan(0, content.Length), offsets[i]);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        RandomAccess.FlushToDisk(handle);
    }
}

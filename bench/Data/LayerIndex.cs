using System.IO.Hashing;

namespace Lamina.Bench.Data;

/// <summary>What the source says: every layer's identifier, length and hash, ascending by identifier.</summary>
internal sealed class LayerIndex
{
    private LayerIndex(LayerId[] ids, int[] lengths, ulong[] hashes)
    {
        Ids = ids;
        Lengths = lengths;
        Hashes = hashes;
        foreach (int length in lengths)
            ContentBytes += length;
    }

    public LayerId[] Ids { get; }

    public int[] Lengths { get; }

    /// <summary>XXH3-64 of each content.</summary>
    public ulong[] Hashes { get; }

    public long ContentBytes { get; }

    public int Count => Ids.Length;

    public static LayerIndex Load(string json)
    {
        List<LayerId> ids = [];
        List<int> lengths = [];
        List<ulong> hashes = [];
        SimpleReader.Read(json, (id, content) =>
        {
            ids.Add(id);
            lengths.Add(content.Length);
            hashes.Add(XxHash3.HashToUInt64(content));
        });
        int[] order = [.. Enumerable.Range(0, ids.Count)];
        order.AsSpan().Sort((left, right) => ids[left].CompareTo(ids[right]));
        return new LayerIndex(
            [.. order.Select(i => ids[i])], [.. order.Select(i => lengths[i])], [.. order.Select(i => hashes[i])]);
    }
}

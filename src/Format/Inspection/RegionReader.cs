using System.Collections;
using System.Text;
using Lamina.Format.Layout;
using Lamina.Format.Publishing;
using Lamina.Format.Reading;

namespace Lamina.Format.Inspection;

/// <summary>One open region file, for tools: descriptions, look-ups, and contents as copies.</summary>
/// <remarks>
/// Not safe to share between threads. Descriptions are checked at their first use, contents block by block as they are
/// copied; memory is bounded by the largest block. Nothing that it hands out points into the file.
/// </remarks>
public sealed class RegionReader : IDisposable
{
    private readonly MappedFile _file;
    private readonly Region _region;
    private readonly ContentCursor _contents;
    private bool _disposed;

    internal RegionReader(string path, ManifestEntry? entry)
    {
        _file = new MappedFile(path);
        try
        {
            _region = Region.Open(_file.View, path);
            if (entry is not null)
                _region.CheckIs(entry);
        }
        catch
        {
            _file.Dispose();
            throw;
        }

        _contents = new ContentCursor(_region);
    }

    /// <summary>The dimension.</summary>
    public DimensionId Dimension => _region.Dimension;

    /// <summary>The dimension's name, if it has one.</summary>
    /// <exception cref="LaminaFormatException">The descriptions are damaged.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public string? Name => Text(Open.Descriptions.DimensionName);

    /// <summary>Layers of the dimension; their indexes go from 0 in the order of their numbers.</summary>
    public int LayerCount => _region.LayerCount;

    /// <summary>The region, for what the tools of this assembly read in place.</summary>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    internal Region Open
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _region;
        }
    }

    /// <summary>The index of the layer with <paramref name="number"/>, or -1 if there is none.</summary>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public int IndexOf(uint number) => Open.IndexOf(number);

    /// <summary>What describes the layer with <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not an index of a layer.</exception>
    /// <exception cref="LaminaFormatException">The descriptions are damaged.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public LayerDescription Describe(int index)
    {
        Region region = Open;
        LayerId id = new(region.Dimension, region.NumberOf(index));
        RegionDescriptions descriptions = region.Descriptions;
        LayerEntry entry = descriptions.Layers[index];
        ReadOnlySpan<uint> keywords = descriptions.KeywordsOf(index);
        string[] words = new string[keywords.Length];
        for (int i = 0; i < words.Length; i++)
            words[i] = Encoding.UTF8.GetString(descriptions.Keyword((int)keywords[i]));
        LayerFlags flags = (LayerFlags)entry.Flags;
        return new LayerDescription
        {
            Id = id,
            Name = Text(descriptions.NameOf(index)),
            Parent = entry.Parent == LayerEntry.NoParent ? null : region.NumberOf((int)entry.Parent),
            Depth = entry.Depth,
            Frequency = flags.HasFlag(LayerFlags.HasFrequency) ? entry.Frequency : null,
            Keywords = words,
            Length = region.Locations[index].Length,
            IsSimulated = flags.HasFlag(LayerFlags.Simulated),
        };
    }

    /// <summary>The indexes of the layers named <paramref name="name"/>, ascending; none if there is no such layer.</summary>
    /// <exception cref="LaminaFormatException">The descriptions are damaged.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public IReadOnlyList<int> FindName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ReadOnlySpan<uint> found = Open.Descriptions.FindName(Encoding.UTF8.GetBytes(name));
        int[] layers = new int[found.Length];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = (int)found[i];
        return layers;
    }

    /// <summary>The layers that have a keyword, by index, each with the keywords that matched in the order of code points.</summary>
    /// <param name="word">The keyword, or what it begins with; compared byte by byte.</param>
    /// <param name="prefix">Whether <paramref name="word"/> is what the keyword begins with.</param>
    /// <returns>The matches, made as they are asked for while the reader is open; a bit a layer is all that they take.</returns>
    /// <exception cref="LaminaFormatException">The descriptions are damaged.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public IEnumerable<KeywordMatch> FindKeyword(string word, bool prefix = false)
    {
        ArgumentNullException.ThrowIfNull(word);
        RegionDescriptions descriptions = Open.Descriptions;
        byte[] utf8 = Encoding.UTF8.GetBytes(word);
        int exact = prefix ? 0 : descriptions.FindKeyword(utf8);
        (int start, int end) = prefix ? descriptions.FindKeywords(utf8) : exact < 0 ? (0, 0) : (exact, exact + 1);

        BitArray layers = new(LayerCount);
        for (int keyword = start; keyword < end; keyword++)
        {
            foreach (uint layer in descriptions.PostingsOf(keyword))
                layers[(int)layer] = true;
        }

        return ListMatches(layers, start, end);
    }

    /// <summary>Copies the content of the layer with <paramref name="index"/> to <paramref name="destination"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> is not an index of a layer.</exception>
    /// <exception cref="LaminaFormatException">The content's block is damaged; nothing was written.</exception>
    /// <exception cref="IOException">The destination could not be written.</exception>
    /// <exception cref="ObjectDisposedException">The reader was disposed.</exception>
    public void CopyContent(int index, Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);
        destination.Write(ContentOf(index));
    }

    /// <summary>A layer's content, valid until the next call or the end of the reader.</summary>
    internal ReadOnlySpan<byte> ContentOf(int index)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _contents.Read(index);
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _contents.Dispose();
        _file.Dispose();
    }

    private IEnumerable<KeywordMatch> ListMatches(BitArray layers, int start, int end)
    {
        for (int layer = 0; layer < layers.Length; layer++)
        {
            if (layers[layer])
                yield return new KeywordMatch(layer, KeywordsBetween(layer, start, end));
        }
    }

    /// <summary>The keywords of a layer whose indexes are from <paramref name="start"/> up to, not with, <paramref name="end"/>.</summary>
    private List<string> KeywordsBetween(int layer, int start, int end)
    {
        RegionDescriptions descriptions = Open.Descriptions;
        List<int> keywords = [];
        foreach (uint keyword in descriptions.KeywordsOf(layer))
        {
            if (keyword >= (uint)start && keyword < (uint)end)
                keywords.Add((int)keyword);
        }

        keywords.Sort();
        return keywords.ConvertAll(keyword => Encoding.UTF8.GetString(descriptions.Keyword(keyword)));
    }

    private static string? Text(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? null : Encoding.UTF8.GetString(utf8);
}

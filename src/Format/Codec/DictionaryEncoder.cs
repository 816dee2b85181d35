using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Lamina.Format.Codec;

/// <summary>
/// Encodes LZ4 blocks that may refer to a dictionary, as small as the format allows: every match is looked for through hash
/// chains, and the cheapest way to write the block is worked out from its end to its start. Spec: BLK-8, DIC-1.
/// </summary>
/// <remarks>
/// Slow on purpose, for files that are written once and read for ever. The costs are exact but for runs of literals, whose
/// length bytes are counted where the run starts. Not safe to share between threads; the dictionary is indexed once.
/// </remarks>
internal sealed class DictionaryEncoder
{
    private const int MinMatch = 4;
    private const int LastLiterals = 5;
    private const int MatchFindLimit = 12;
    private const int MaxOffset = ushort.MaxValue;
    private const int LengthEscape = 15;
    private const int MatchCost = 3;
    private const int HashBits = 16;
    private const int None = -1;

    // Candidates looked at for each match; more find next to nothing.
    private const int MaxChain = 4096;

    private readonly int _dictionaryLength;
    private readonly int[] _head = new int[1 << HashBits];
    private byte[] _text;
    private int[] _previous;
    private int[] _cost = [];
    private int[] _matchLength = [];
    private int[] _matchOffset = [];

    /// <summary>Indexes <paramref name="dictionary"/>.</summary>
    /// <param name="dictionary">What matches may reach back into; at most 64 KiB, may be empty.</param>
    public DictionaryEncoder(ReadOnlySpan<byte> dictionary)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dictionary.Length, Limits.MaxDictionaryLength);
        _dictionaryLength = dictionary.Length;
        _text = dictionary.ToArray();
        _previous = new int[dictionary.Length];
        _head.AsSpan().Fill(None);
        Insert(0, dictionary.Length - MinMatch + 1);
    }

    /// <summary>The most bytes that <paramref name="length"/> bytes can become.</summary>
    public static int MaxEncodedLength(int length) => length + (length / byte.MaxValue) + 16;

    /// <summary>Encodes <paramref name="source"/> as one block.</summary>
    /// <param name="source">At least one byte.</param>
    /// <param name="target">At least <see cref="MaxEncodedLength"/> of the source's length.</param>
    /// <returns>Bytes written.</returns>
    public int Encode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int start = _dictionaryLength;
        Reserve(start + source.Length);
        source.CopyTo(_text.AsSpan(start));
        FindMatches(start, start + source.Length);
        ChooseCheapest(source.Length);
        return Write(source, target);
    }

    private void Reserve(int length)
    {
        if (_text.Length < length)
        {
            Array.Resize(ref _text, length);
            Array.Resize(ref _previous, length);
        }

        int block = length - _dictionaryLength;
        if (_cost.Length <= block)
        {
            _cost = new int[block + 1];
            _matchLength = new int[block + 1];
            _matchOffset = new int[block + 1];
        }
    }

    /// <summary>Finds the longest match at each position; of matches of one length, the nearest.</summary>
    private void FindMatches(int start, int end)
    {
        ReadOnlySpan<byte> text = _text.AsSpan(0, end);
        int lastStart = end - MatchFindLimit;
        int matchEnd = end - LastLiterals;
        // A hash needs four bytes: those that begin in the dictionary and end in the block come first.
        int straddlingStart = Math.Max(0, start - MinMatch + 1);
        int straddlingEnd = Math.Min(start, end - MinMatch + 1);
        Insert(straddlingStart, straddlingEnd);
        for (int at = start; at < end; at++)
        {
            int i = at - start;
            _matchLength[i] = 0;
            if (at > lastStart)
                continue;
            ref int head = ref _head[Hash(text, at)];
            int best = MinMatch - 1;
            int candidate = head;
            for (int chain = MaxChain; candidate >= 0 && at - candidate <= MaxOffset && chain > 0; chain--)
            {
                if (at + best < matchEnd && text[candidate + best] == text[at + best])
                {
                    int length = text[at..matchEnd].CommonPrefixLength(text[candidate..]);
                    if (length > best)
                    {
                        best = length;
                        _matchLength[i] = length;
                        _matchOffset[i] = at - candidate;
                        if (at + best >= matchEnd)
                            break;
                    }
                }

                candidate = _previous[candidate];
            }

            _previous[at] = head;
            head = at;
        }

        // Back to the dictionary alone, newest first.
        for (int at = Math.Min(lastStart, end - 1); at >= start; at--)
            _head[Hash(text, at)] = _previous[at];
        for (int at = straddlingEnd - 1; at >= straddlingStart; at--)
            _head[Hash(text, at)] = _previous[at];
    }

    /// <summary>Works out, from the end, what each position's rest of the block costs, and which match starts it.</summary>
    private void ChooseCheapest(int length)
    {
        _cost[length] = 0;
        int literals = 0;
        for (int i = length - 1; i >= 0; i--)
        {
            // A literal, with a length byte where the run behind it grows past what fits.
            literals++;
            int cost = _cost[i + 1] + 1;
            if (literals == LengthEscape || (literals > LengthEscape && (literals - LengthEscape) % byte.MaxValue == 0))
                cost++;
            int chosen = 0;
            int longest = _matchLength[i];
            for (int match = MinMatch; match <= longest; match++)
            {
                int matched = _cost[i + match] + MatchCost + LengthBytes(match - MinMatch);
                if (matched <= cost)
                {
                    cost = matched;
                    chosen = match;
                }
            }

            _cost[i] = cost;
            _matchLength[i] = chosen;
            if (chosen != 0)
                literals = 0;
        }
    }

    private int Write(ReadOnlySpan<byte> source, Span<byte> target)
    {
        int written = 0;
        int literalStart = 0;
        int at = 0;
        while (at < source.Length)
        {
            int match = _matchLength[at];
            if (match == 0)
            {
                at++;
                continue;
            }

            ref byte token = ref WriteLiterals(source[literalStart..at], target, ref written);
            BinaryPrimitives.WriteUInt16LittleEndian(target[written..], (ushort)_matchOffset[at]);
            written += sizeof(ushort);
            token |= (byte)Math.Min(match - MinMatch, LengthEscape);
            WriteLength(match - MinMatch, target, ref written);
            at += match;
            literalStart = at;
        }

        WriteLiterals(source[literalStart..], target, ref written);
        return written;
    }

    private static ref byte WriteLiterals(ReadOnlySpan<byte> literals, Span<byte> target, ref int written)
    {
        ref byte token = ref target[written++];
        token = (byte)(Math.Min(literals.Length, LengthEscape) << 4);
        WriteLength(literals.Length, target, ref written);
        literals.CopyTo(target[written..]);
        written += literals.Length;
        return ref token;
    }

    private static void WriteLength(int length, Span<byte> target, ref int written)
    {
        if (length < LengthEscape)
            return;
        length -= LengthEscape;
        for (; length >= byte.MaxValue; length -= byte.MaxValue)
            target[written++] = byte.MaxValue;
        target[written++] = (byte)length;
    }

    private static int LengthBytes(int length) => length < LengthEscape ? 0 : 1 + ((length - LengthEscape) / byte.MaxValue);

    private void Insert(int start, int end)
    {
        ReadOnlySpan<byte> text = _text;
        for (int at = start; at < end; at++)
        {
            ref int head = ref _head[Hash(text, at)];
            _previous[at] = head;
            head = at;
        }
    }

    private static int Hash(ReadOnlySpan<byte> text, int at) =>
        (int)((MemoryMarshal.Read<uint>(text[at..]) * 2654435761u) >> (32 - HashBits));
}

using System.Buffers;
using System.Buffers.Text;

namespace Lamina.Format.Input;

/// <summary>Decodes base64 as it comes. White space between the letters is skipped.</summary>
internal sealed class Base64ContentDecoder
{
    private const int GroupLength = 4;

    // The last group may be padded, so one to four letters are held back until it is known whether more follow.
    private readonly byte[] _held = new byte[GroupLength];
    private int _heldLength;

    /// <summary>Begins anew.</summary>
    public void Reset() => _heldLength = 0;

    /// <summary>Decodes <paramref name="text"/>, which may be overwritten, to the end of <paramref name="target"/>; false if
    /// it is not base64.</summary>
    public bool Append(Span<byte> text, ByteBuffer target)
    {
        if (text.IndexOfAny(" \t\r\n"u8) >= 0)
            text = text[..RemoveWhiteSpace(text)];

        if (_heldLength + text.Length > GroupLength && _heldLength > 0)
        {
            int missing = GroupLength - _heldLength;
            text[..missing].CopyTo(_held.AsSpan(_heldLength));
            text = text[missing..];
            if (!Decode(_held, target, isLast: false))
                return false;
            _heldLength = 0;
        }

        int whole = _heldLength == 0 && text.Length > GroupLength ? (text.Length - 1) / GroupLength * GroupLength : 0;
        if (whole > 0 && !Decode(text[..whole], target, isLast: false))
            return false;
        text[whole..].CopyTo(_held.AsSpan(_heldLength));
        _heldLength += text.Length - whole;
        return true;
    }

    /// <summary>Decodes what was held back; false if the text does not end as base64 does.</summary>
    public bool Finish(ByteBuffer target) =>
        _heldLength == 0 || (_heldLength == GroupLength && Decode(_held, target, isLast: true));

    private static bool Decode(ReadOnlySpan<byte> groups, ByteBuffer target, bool isLast)
    {
        int length = groups.Length / GroupLength * 3;
        target.Reserve(length);
        OperationStatus status = Base64.DecodeFromUtf8(
            groups, target.Array.AsSpan(target.Length, length), out int read, out int written, isLast);
        target.Length += written;
        return status == OperationStatus.Done && read == groups.Length;
    }

    private static int RemoveWhiteSpace(Span<byte> text)
    {
        int kept = 0;
        foreach (byte b in text)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                text[kept++] = b;
        }

        return kept;
    }
}

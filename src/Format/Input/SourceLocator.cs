using System.Numerics;
using System.Runtime.Intrinsics;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>
/// Turns places of the current buffer into lines and columns. Everything outside strings is ASCII, so a column is a
/// subtraction; the strings that are not ASCII are told to it, and counted only if a place behind them on their line is asked for.
/// </summary>
internal sealed class SourceLocator
{
    private int _line = 1;
    private long _lineStart;
    private int _uncountedStart;
    private int _uncountedEnd;

    /// <summary>Begins a line at <paramref name="index"/>, the place after the line feed.</summary>
    public void StartLine(int index)
    {
        if (_line < int.MaxValue)
            _line++;
        _lineStart = index;
        _uncountedStart = _uncountedEnd = 0;
    }

    /// <summary>Notes that the bytes from <paramref name="start"/> to <paramref name="end"/> may be more than its characters.</summary>
    public void NoteText(ReadOnlySpan<byte> buffer, int start, int end)
    {
        if (_uncountedEnd != 0)
            Count(buffer);
        _uncountedStart = start;
        _uncountedEnd = end;
    }

    /// <summary>Where <paramref name="index"/> is, which no text noted so far reaches beyond.</summary>
    public SourcePosition Locate(ReadOnlySpan<byte> buffer, int index)
    {
        if (_uncountedEnd != 0)
            Count(buffer);
        return new SourcePosition(_line, (int)Math.Min(index - _lineStart + 1, int.MaxValue));
    }

    /// <summary>Leaves <paramref name="buffer"/>; the next one follows it.</summary>
    public void EndBuffer(ReadOnlySpan<byte> buffer)
    {
        if (_uncountedEnd != 0)
            Count(buffer);
        _lineStart -= buffer.Length;
    }

    private void Count(ReadOnlySpan<byte> buffer)
    {
        // Moving the line's start right by what the bytes are too many makes the subtraction come out right.
        _lineStart += CountExtraBytes(buffer[_uncountedStart.._uncountedEnd]);
        _uncountedStart = _uncountedEnd = 0;
    }

    /// <summary>Bytes of UTF-8 less the UTF-16 code units they make.</summary>
    private static int CountExtraBytes(ReadOnlySpan<byte> text)
    {
        int extra = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            for (; text.Length >= Vector256<byte>.Count; text = text[Vector256<byte>.Count..])
            {
                Vector256<byte> bytes = Vector256.Create(text);
                extra += BitOperations.PopCount(
                    Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)-64)).ExtractMostSignificantBits());
                extra -= BitOperations.PopCount(
                    Vector256.GreaterThanOrEqual(bytes, Vector256.Create((byte)0xF0)).ExtractMostSignificantBits());
            }
        }
        else
        {
            for (; text.Length >= Vector128<byte>.Count; text = text[Vector128<byte>.Count..])
            {
                Vector128<byte> bytes = Vector128.Create(text);
                extra += BitOperations.PopCount(
                    Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)-64)).ExtractMostSignificantBits());
                extra -= BitOperations.PopCount(
                    Vector128.GreaterThanOrEqual(bytes, Vector128.Create((byte)0xF0)).ExtractMostSignificantBits());
            }
        }

        foreach (byte b in text)
        {
            // A continuation byte adds no unit; the lead of four bytes makes two.
            if ((b & 0xC0) == 0x80)
                extra++;
            else if (b >= 0xF0)
                extra--;
        }

        return extra;
    }
}

using System.Numerics;
using System.Runtime.Intrinsics;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <content>
/// Nearly all layers are written in one way: known names, whole numbers, short words, one content. These are read here without
/// going token by token. Whatever is not as expected is left to the tokens, from the very byte where that shows: each step here
/// leaves the parser as the tokens would.
/// </content>
internal sealed partial class DimensionsParser
{
    // Enough for any name with what stands around it and a short number, so that the steps need not ask for each byte.
    private const int PlainMargin = 64;

    private readonly PlainNames _plainNames = new();

    /// <summary>Whether a layer may begin where the tokens stand.</summary>
    private bool IsBetweenLayers =>
        (_scope == ParserScope.Layers || (_isLines && _scope == ParserScope.Root))
        && _skipDepth == NotSkipping
        && !_diagnostics.IsFull;

    /// <summary>Reads a layer, or as much of it as is written plainly.</summary>
    /// <returns>Whether that was the whole layer; if not, the tokens go on at <paramref name="position"/>.</returns>
    private bool ReadPlainLayer(ReadOnlySpan<byte> buffer, ref int position)
    {
        if (!_tokenizer.FindObject(buffer, ref position))
            return false;

        BeginObject(_isLines ? InputObjectKind.Line : InputObjectKind.Layer, _locator.Locate(buffer, position));
        _tokenizer.EnterObject();
        int end = ReadPlainProperties(buffer, position + 1);
        position = IsPlain(end) ? end : ~end;
        return IsPlain(end);
    }

    // What reads plainly returns the place behind it, so that the place stays in a register; or, if the tokens are to go on,
    // where they do, complemented.
    private static bool IsPlain(int position) => position >= 0;

    private int ReadPlainProperties(ReadOnlySpan<byte> buffer, int position)
    {
        for (int place = 0; ; place++)
        {
            if (buffer.Length - position < PlainMargin)
                return ~position;
            if (buffer[position] <= ' ')
            {
                position = SkipPlainSpace(buffer, position);
                if (!IsPlain(position))
                    return position;
                if (buffer.Length - position < PlainMargin)
                    return ~position;
            }

            InputProperty property = _plainNames.Read(buffer[position..], place, out int length);
            if (property == InputProperty.Unknown || !_object.TryName(property, _locator, buffer, position))
                return ~position;

            position += length;
            _property = property;
            _tokenizer.ExpectValue();
            if (buffer[position] == ' ')
                position++;
            position = ReadPlainValue(buffer, position, property);
            if (!IsPlain(position))
                return position;
            if ((uint)position >= (uint)buffer.Length)
                return ~position;

            byte next = buffer[position];
            if (next <= ' ')
            {
                position = SkipPlainSpace(buffer, position);
                if (!IsPlain(position))
                    return position;
                next = buffer[position];
            }

            if (next == '}')
            {
                _tokenizer.LeaveObject();
                return position + 1;
            }

            if (next != ',')
                return ~position;
            position++;
            _tokenizer.ExpectName();
        }
    }

    private int ReadPlainValue(ReadOnlySpan<byte> buffer, int position, InputProperty property)
    {
        byte first = buffer[position];
        switch (property)
        {
            case InputProperty.Name or InputProperty.Content:
                return first == '"' ? ReadPlainString(buffer, position, property) : ~position;

            case InputProperty.Keywords:
                return first == '[' ? ReadPlainKeywords(buffer, position) : ~position;

            default:
                if (first == 'n')
                    return ReadPlainNull(buffer, position, property);
                int length = JsonNumber.ReadShort(buffer[position..], out ulong digits, out int fraction);
                if (length == 0)
                    return ~position;
                SourcePosition place = _locator.Locate(buffer, position);
                if (fraction > 0 || !_object.TryWhole(property, digits, place))
                    _object.Number(property, JsonNumber.OfShort(digits, fraction), place);
                position += length;
                _tokenizer.EndPlainValue();
                return _object.HasErrors ? ~position : position;
        }
    }

    private int ReadPlainNull(ReadOnlySpan<byte> buffer, int position, InputProperty property)
    {
        if (property is InputProperty.DimensionId or InputProperty.LayerNum || !buffer[position..].StartsWith("null"u8))
            return ~position;
        _tokenizer.EndPlainValue();
        return position + "null".Length;
    }

    private int ReadPlainString(ReadOnlySpan<byte> buffer, int position, InputProperty property)
    {
        SourcePosition place = _locator.Locate(buffer, position);
        _tokenizer.EndPlainValue();
        _strings.BeginValue(property, place);
        return EndPlainString(buffer, position + 1);
    }

    private int EndPlainString(ReadOnlySpan<byte> buffer, int position)
    {
        ScanStatus status = _strings.Read(buffer, ref position);
        if (status == ScanStatus.NeedMore)
            return ~position;
        EndString(status);
        return status == ScanStatus.Complete && !_object.HasErrors && !_isStopped ? position : ~position;
    }

    private int ReadPlainKeywords(ReadOnlySpan<byte> buffer, int position)
    {
        position++;
        _tokenizer.EnterArray();
        _scope = ParserScope.Keywords;
        _keywords = 0;
        while (true)
        {
            if (buffer.Length - position < PlainMargin)
                return ~position;
            if (buffer[position] == ' ')
                position++;
            if (buffer[position] != '"')
            {
                // Behind a comma the array may not end.
                if (_keywords > 0 || buffer[position] != ']')
                    return ~position;
                break;
            }

            position = ReadPlainKeyword(buffer, position);
            if (!IsPlain(position))
                return position;
            if (position == buffer.Length)
                return ~position;
            if (buffer[position] == ']')
                break;
            if (buffer[position] != ',')
                return ~position;
            position++;
            _tokenizer.ExpectValue();
        }

        _tokenizer.LeaveArray();
        _scope = ParserScope.Object;
        return position + 1;
    }

    private int ReadPlainKeyword(ReadOnlySpan<byte> buffer, int position)
    {
        int start = position + 1;
        int length = PlainLength(buffer[start..]);
        if (length > 0 && _object.Layer.KeywordCount < Limits.MaxKeywordsPerLayer
            && _object.Layer.TryAddKeyword(buffer.Slice(start, Vector256<byte>.Count), length))
        {
            _tokenizer.EndPlainValue();
            _keywords++;
            return start + length + 1;
        }

        SourcePosition place = _locator.Locate(buffer, position);
        _tokenizer.EndPlainValue();
        _strings.BeginKeyword(_keywords++, place);
        return EndPlainString(buffer, start);
    }

    /// <summary>The length of the string that <paramref name="text"/> begins with the inside of, if it is plain and short.</summary>
    /// <returns>0 if not.</returns>
    private static int PlainLength(ReadOnlySpan<byte> text)
    {
        // Signed, so that bytes that are not ASCII count as too small as well.
        Vector256<byte> bytes = Vector256.Create(text);
        uint ends = (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte()).ExtractMostSignificantBits();
        int length = BitOperations.TrailingZeroCount(ends);
        return ends != 0 && text[length] == '"' ? length : 0;
    }

    /// <summary>Skips what may stand between two tokens.</summary>
    /// <returns>Where a byte is that the tokens would not stumble over; complemented if there is none.</returns>
    private int SkipPlainSpace(ReadOnlySpan<byte> buffer, int position)
    {
        for (; (uint)position < (uint)buffer.Length; position++)
        {
            byte next = buffer[position];
            if (next > ' ')
                return position;
            if (next == '\n' && !_isLines)
                _locator.StartLine(position + 1);
            else if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                return ~position;
        }

        return ~position;
    }
}

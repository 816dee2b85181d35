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
        position++;
        for (int place = 0; ; place++)
        {
            if (buffer.Length - position < PlainMargin)
                return false;
            if (buffer[position] <= ' ' && (!SkipPlainSpace(buffer, ref position) || buffer.Length - position < PlainMargin))
                return false;
            InputProperty property = _plainNames.Read(buffer[position..], place, out int length);
            if (property == InputProperty.Unknown || !_object.TryName(property, _locator, buffer, position))
                return false;

            position += length;
            _property = property;
            _tokenizer.ExpectValue();
            if (buffer[position] == ' ')
                position++;
            if (!ReadPlainValue(buffer, ref position, property) || (uint)position >= (uint)buffer.Length)
                return false;

            byte next = buffer[position];
            if (next <= ' ')
            {
                if (!SkipPlainSpace(buffer, ref position))
                    return false;
                next = buffer[position];
            }

            if (next == '}')
            {
                position++;
                _tokenizer.LeaveObject();
                return true;
            }

            if (next != ',')
                return false;
            position++;
            _tokenizer.ExpectName();
        }
    }

    private bool ReadPlainValue(ReadOnlySpan<byte> buffer, ref int position, InputProperty property)
    {
        byte first = buffer[position];
        switch (property)
        {
            case InputProperty.Name or InputProperty.Content:
                return first == '"' && ReadPlainString(buffer, ref position, property);

            case InputProperty.Keywords:
                return first == '[' && ReadPlainKeywords(buffer, ref position);

            default:
                if (first == 'n')
                    return ReadPlainNull(buffer, ref position, property);
                int length = JsonNumber.ReadShort(buffer[position..], out ulong digits, out int fraction);
                if (length == 0)
                    return false;
                SourcePosition place = _locator.Locate(buffer, position);
                if (fraction > 0 || !_object.TryWhole(property, digits, place))
                    _object.Number(property, JsonNumber.OfShort(digits, fraction), place);
                position += length;
                _tokenizer.EndPlainValue();
                return !_object.HasErrors;
        }
    }

    private bool ReadPlainNull(ReadOnlySpan<byte> buffer, ref int position, InputProperty property)
    {
        if (property is InputProperty.DimensionId or InputProperty.LayerNum || !buffer[position..].StartsWith("null"u8))
            return false;
        position += "null".Length;
        _tokenizer.EndPlainValue();
        return true;
    }

    private bool ReadPlainString(ReadOnlySpan<byte> buffer, ref int position, InputProperty property)
    {
        SourcePosition place = _locator.Locate(buffer, position);
        position++;
        _tokenizer.EndPlainValue();
        _strings.BeginValue(property, place);
        return EndPlainString(buffer, ref position);
    }

    private bool EndPlainString(ReadOnlySpan<byte> buffer, ref int position)
    {
        ScanStatus status = _strings.Read(buffer, ref position);
        if (status == ScanStatus.NeedMore)
            return false;
        EndString(status);
        return status == ScanStatus.Complete && !_object.HasErrors && !_isStopped;
    }

    private bool ReadPlainKeywords(ReadOnlySpan<byte> buffer, ref int position)
    {
        position++;
        _tokenizer.EnterArray();
        _scope = ParserScope.Keywords;
        _keywords = 0;
        while (true)
        {
            if (buffer.Length - position < PlainMargin)
                return false;
            if (buffer[position] == ' ')
                position++;
            if (buffer[position] != '"')
            {
                // Behind a comma the array may not end.
                if (_keywords > 0 || buffer[position] != ']')
                    return false;
                break;
            }

            if (!ReadPlainKeyword(buffer, ref position))
                return false;
            if (position == buffer.Length)
                return false;
            if (buffer[position] == ']')
                break;
            if (buffer[position] != ',')
                return false;
            position++;
            _tokenizer.ExpectValue();
        }

        position++;
        _tokenizer.LeaveArray();
        _scope = ParserScope.Object;
        return true;
    }

    private bool ReadPlainKeyword(ReadOnlySpan<byte> buffer, ref int position)
    {
        SourcePosition place = _locator.Locate(buffer, position);
        position++;
        _tokenizer.EndPlainValue();
        int length = PlainLength(buffer[position..]);
        if (length > 0 && _object.Layer.KeywordCount < Limits.MaxKeywordsPerLayer
            && _object.Layer.TryAddKeyword(buffer.Slice(position, Vector256<byte>.Count), length))
        {
            _keywords++;
            position += length + 1;
            return true;
        }

        _strings.BeginKeyword(_keywords++, place);
        return EndPlainString(buffer, ref position);
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
    /// <returns>Whether a byte follows that the tokens would not stumble over.</returns>
    private bool SkipPlainSpace(ReadOnlySpan<byte> buffer, ref int position)
    {
        for (; (uint)position < (uint)buffer.Length; position++)
        {
            byte next = buffer[position];
            if (next > ' ')
                return true;
            if (next == '\n' && !_isLines)
                _locator.StartLine(position + 1);
            else if (next is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
                return false;
        }

        return false;
    }
}

using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>
/// Reads the inside of a JSON string as it comes: copies it unescaped into a buffer and checks that it is text. It can stop
/// and go on at any byte, looks at each byte once, and holds no more than the string's limit.
/// </summary>
/// <remarks>
/// What is wrong with the text (bad UTF-8, half a surrogate pair) is noted, the first time, and reading goes on; what is
/// wrong with the JSON (a bad escape, a control character) ends it.
/// </remarks>
internal sealed class StringScanner(SourceLocator locator)
{
    /// <summary>Bytes copied and checked at a time, so that the check finds them in the nearest cache.</summary>
    private const int Window = 32 * 1024;

    private readonly ByteBuffer _scratch = new(Window + StringKernel.Slack);
    private readonly byte[] _escape = new byte[EscapeDecoder.MaxLength];
    private ByteBuffer _target = null!;
    private ScanMode _mode;
    private int _limit;
    private int _start;
    private long _dropped;

    // The bytes of the target before _checked are text; those behind it, 3 at most between two calls, begin a character.
    private int _checked;
    private int _unfinished;
    private SourcePosition _unfinishedPosition;
    private bool _nonAscii;

    // An escape that the buffer's end cut.
    private int _escapeLength;
    private SourcePosition _escapePosition;

    /// <summary>How many bytes the string has, unescaped, so far.</summary>
    public long Length => _dropped + _target.Length - _start;

    /// <summary>Whether the string is longer than its limit; no more than that is kept then.</summary>
    public bool IsTooLong => Length > _limit;

    /// <summary>The first thing that is wrong with the text, if any.</summary>
    public InputFault? TextFault { get; private set; }

    public SourcePosition TextFaultPosition { get; private set; }

    /// <summary>What is not JSON, if so.</summary>
    public string Error { get; private set; } = "";

    public SourcePosition ErrorPosition { get; private set; }

    /// <summary>The bytes to take when a window is full or the string is complete.</summary>
    public Span<byte> CurrentWindow => _target.Array.AsSpan(_start, _checked - _start);

    /// <summary>Begins a string that is kept at the end of <paramref name="target"/> unless it passes <paramref name="limit"/>.</summary>
    public void Keep(ByteBuffer target, int limit) => Begin(ScanMode.Keep, target, limit);

    /// <summary>Begins a string that is only checked.</summary>
    public void Discard() => Begin(ScanMode.Discard, _scratch, int.MaxValue);

    /// <summary>Begins a string that is handed out in windows.</summary>
    public void Stream() => Begin(ScanMode.Stream, _scratch, int.MaxValue);

    private void Begin(ScanMode mode, ByteBuffer target, int limit)
    {
        if (target == _scratch)
            target.Length = 0;
        _target = target;
        _mode = mode;
        _limit = limit;
        _start = _checked = target.Length;
        _dropped = 0;
        _escapeLength = 0;
        _unfinished = 0;
        _nonAscii = false;
        TextFault = null;
    }

    /// <summary>Forgets the bytes of <see cref="CurrentWindow"/>.</summary>
    public void DropWindow()
    {
        int unfinished = _target.Length - _checked;
        _target.Array.AsSpan(_checked, unfinished).CopyTo(_target.Array.AsSpan(_start));
        _dropped += _checked - _start;
        _checked = _start;
        _target.Length = _start + unfinished;
    }

    /// <summary>Goes on with the string.</summary>
    /// <param name="buffer">The bytes at hand.</param>
    /// <param name="position">Behind the opening quote, or where the last call stopped; moved.</param>
    public ScanStatus Scan(ReadOnlySpan<byte> buffer, ref int position)
    {
        if (_escapeLength > 0)
        {
            ScanStatus resumed = ResumeEscape(buffer, ref position);
            if (resumed != ScanStatus.Complete)
                return resumed;
        }

        if (_mode == ScanMode.Keep && TryCopyShort(buffer, ref position))
            return ScanStatus.Complete;

        int from = position;
        while (true)
        {
            Copy(buffer, ref position);
            byte next = position < buffer.Length ? buffer[position] : (byte)0;
            if (next == '"')
            {
                Check(buffer, ref from, position, last: true);
                LimitLength();
                position++;
                return ScanStatus.Complete;
            }

            if (position == buffer.Length)
            {
                Check(buffer, ref from, position, last: false);
                LimitLength();

                // A window fills over many small buffers too.
                return _mode == ScanMode.Stream && _checked - _start >= Window ? ScanStatus.WindowFull : ScanStatus.NeedMore;
            }

            if (next == '\\')
            {
                ScanStatus decoded = DecodeEscape(buffer, ref from, ref position);
                if (decoded != ScanStatus.Complete)
                    return decoded;
            }
            else if (next < 0x20)
            {
                Check(buffer, ref from, position, last: true);
                string found = next == '\n' ? "a line break" : string.Create(CultureInfo.InvariantCulture, $"the control character 0x{next:X2}");
                return Fail($"found {found} inside a string", locator.Locate(buffer, position));
            }

            if (_target.Length - (_mode == ScanMode.Stream ? _start : _checked) < Window)
                continue;
            Check(buffer, ref from, position, last: false);
            LimitLength();
            if (_mode == ScanMode.Stream)
                return ScanStatus.WindowFull;
        }
    }

    /// <summary>Reads what is left of the string if it is short, plain, and whole in the buffer, as names and keywords are.</summary>
    private bool TryCopyShort(ReadOnlySpan<byte> buffer, ref int position)
    {
        int length = _target.Length;
        if (buffer.Length - position < Vector256<byte>.Count || _nonAscii || length - _start > _limit - Vector256<byte>.Count)
            return false;

        // Signed, so that bytes that are not ASCII count as too small as well.
        Vector256<byte> bytes = Vector256.Create(buffer[position..]);
        uint ends = (Vector256.Equals(bytes, Vector256.Create((byte)'"')) | Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
            | Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte()).ExtractMostSignificantBits();
        int count = BitOperations.TrailingZeroCount(ends);
        if (ends == 0 || buffer[position + count] != '"')
            return false;

        _target.Reserve(Vector256<byte>.Count);
        bytes.CopyTo(_target.Array.AsSpan(length));
        _target.Length = _checked = length + count;
        position += count + 1;
        return true;
    }

    private void Copy(ReadOnlySpan<byte> buffer, ref int position)
    {
        // One window at a time: neither what is left of the buffer nor the limit is worth its memory in advance.
        int wanted = Math.Min(Window, buffer.Length - position) + StringKernel.Slack;
        _target.Reserve(wanted + EscapeDecoder.MaxDecodedLength);
        int length = 0;
        _nonAscii |= StringKernel.Copy(buffer, ref position, _target.Array.AsSpan(_target.Length, wanted), ref length);
        _target.Length += length;
    }

    private ScanStatus DecodeEscape(ReadOnlySpan<byte> buffer, ref int from, ref int position)
    {
        int end = _target.Length;
        if (EscapeDecoder.DecodeRun(buffer, ref position, _target.Array, ref end))
        {
            _target.Length = end;
            _nonAscii = true;
            return ScanStatus.Complete;
        }

        ReadOnlySpan<byte> text = buffer.Slice(position, Math.Min(EscapeDecoder.MaxLength, buffer.Length - position));
        EscapeStatus status = EscapeDecoder.Decode(text, _target.Array.AsSpan(_target.Length), out int length, out int written);
        if (status == EscapeStatus.Done)
        {
            _target.Length += written;
            _nonAscii |= written > 1;
            position += length;
            return ScanStatus.Complete;
        }

        // Checked first, so that what is reported is what comes first; a character cannot go on behind a backslash.
        Check(buffer, ref from, position, last: true);
        SourcePosition place = locator.Locate(buffer, position);
        switch (status)
        {
            case EscapeStatus.LoneSurrogate:
                NoteFault(InputFault.LoneSurrogate, place);
                from = position += length;
                return ScanStatus.Complete;
            case EscapeStatus.NeedMore:
                text.CopyTo(_escape);
                _escapeLength = text.Length;
                _escapePosition = place;
                position = buffer.Length;
                LimitLength();
                return ScanStatus.NeedMore;
            default:
                return FailEscape(text, place);
        }
    }

    private ScanStatus ResumeEscape(ReadOnlySpan<byte> buffer, ref int position)
    {
        int from = position;
        while (_escapeLength > 0)
        {
            _target.Reserve(EscapeDecoder.MaxDecodedLength);
            EscapeStatus status;
            int length;
            int written;
            while ((status = EscapeDecoder.Decode(
                _escape.AsSpan(0, _escapeLength), _target.Array.AsSpan(_target.Length), out length, out written)) == EscapeStatus.NeedMore)
            {
                if (position == buffer.Length)
                    return ScanStatus.NeedMore;
                _escape[_escapeLength++] = buffer[position++];
            }

            if (status == EscapeStatus.Invalid)
            {
                // Among the bytes taken may be the line break where reading goes on.
                position = from;
                return FailEscape(_escape, _escapePosition);
            }

            if (status == EscapeStatus.LoneSurrogate)
                NoteFault(InputFault.LoneSurrogate, _escapePosition);

            _target.Length += written;
            _nonAscii |= written > 1;

            // What was taken to see whether the second half follows goes back, or, if it came with an earlier buffer, is
            // the next escape.
            int rest = _escapeLength - length;
            if (rest <= position - from)
            {
                position -= rest;
                _escapeLength = 0;
            }
            else
            {
                _escape.AsSpan(length, rest).CopyTo(_escape);
                _escapeLength = rest;
                _escapePosition = new SourcePosition(_escapePosition.Line, _escapePosition.Column + length);
            }
        }

        return ScanStatus.Complete;
    }

    /// <summary>Checks what the buffer's bytes from <paramref name="from"/> to <paramref name="end"/> made.</summary>
    private void Check(ReadOnlySpan<byte> buffer, ref int from, int end, bool last)
    {
        if (_nonAscii)
        {
            if (TextFault is null)
                CheckText(buffer, ref from, end, last);
            else
                _checked = _target.Length;
            locator.NoteText(buffer, from, end);
        }
        else
            _checked = _target.Length;

        from = end;
        _unfinished = _target.Length - _checked;
        _nonAscii = _unfinished > 0;
    }

    private void CheckText(ReadOnlySpan<byte> buffer, ref int from, int end, bool last)
    {
        ReadOnlySpan<byte> text = _target.Span[_checked..];
        int tail = last ? 0 : UnfinishedLength(text);
        if (Utf8.IsValid(text[..^tail]))
        {
            _checked += text.Length - tail;
            if (tail == 0 || (_unfinished > 0 && tail == text.Length))
                return;
            locator.NoteText(buffer, from, end - tail);
            _unfinishedPosition = locator.Locate(buffer, end - tail);
            from = end - tail;
            return;
        }

        _checked = _target.Length;
        if (_unfinished > 0)
        {
            if (IndexOfInvalid(text) == 0)
            {
                NoteFault(InputFault.InvalidUtf8, _unfinishedPosition);
                return;
            }

            // The character is finished by the first bytes of this buffer.
            _ = Rune.DecodeFromUtf8(text, out _, out int length);
            locator.NoteText(buffer, from, from + length - _unfinished);
            from += length - _unfinished;
        }

        // Escapes are ASCII and make whole characters, so the text as written is wrong where the text as meant is.
        int bad = from + IndexOfInvalid(buffer[from..end]);
        locator.NoteText(buffer, from, bad);
        NoteFault(InputFault.InvalidUtf8, locator.Locate(buffer, bad));
        from = bad;
    }

    private void LimitLength()
    {
        if (_mode == ScanMode.Keep && _target.Length - _start > _limit)
        {
            // The beginning stays, for a message to quote.
            int kept = Math.Min(_limit, _checked - _start);
            _mode = ScanMode.Discard;
            _start += kept;
            _dropped += kept;
        }

        if (_mode == ScanMode.Discard)
            DropWindow();
    }

    private void NoteFault(InputFault fault, SourcePosition position)
    {
        if (TextFault is not null)
            return;
        TextFault = fault;
        TextFaultPosition = position;
    }

    private ScanStatus FailEscape(ReadOnlySpan<byte> escape, SourcePosition position) => Fail(
        escape[1] == 'u' ? "found '\\u' without four hexadecimal digits behind it"
        : escape[1] is > 0x20 and < 0x7F ? $"found '\\{(char)escape[1]}', which is no escape"
        : "found a backslash that begins no escape", position);

    private ScanStatus Fail(string error, SourcePosition position)
    {
        Error = error;
        ErrorPosition = position;
        return ScanStatus.Invalid;
    }

    /// <summary>How many bytes at the end begin a character that may go on.</summary>
    private static int UnfinishedLength(ReadOnlySpan<byte> text)
    {
        for (int length = 1; length <= Math.Min(3, text.Length); length++)
        {
            byte b = text[^length];
            if (b < 0x80)
                return 0;
            if (b < 0xC0)
                continue;
            int whole = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
            return whole > length ? length : 0;
        }

        return 0;
    }

    private static int IndexOfInvalid(ReadOnlySpan<byte> text)
    {
        int index = 0;
        while (index < text.Length && Rune.DecodeFromUtf8(text[index..], out _, out int length) == OperationStatus.Done)
            index += length;
        return index;
    }
}

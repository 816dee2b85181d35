using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Lamina.Format.Tests.Specification;

/// <summary>
/// Writes a region file as hexadecimal lines, each field beside its meaning. Knows the layout from the specification alone.
/// </summary>
internal sealed class AnnotatedDump
{
    private const int BytesPerLine = 8;

    private readonly byte[] _file;
    private readonly StringBuilder _text = new();
    private int _at;

    private AnnotatedDump(byte[] file) => _file = file;

    /// <summary>The dump of <paramref name="file"/>, a region of version 1.0 with stored blocks.</summary>
    public static string Of(byte[] file)
    {
        AnnotatedDump dump = new(file);
        dump.Header();
        List<(string Name, int Offset, int Length)> sections = dump.SectionTable();
        foreach ((string name, int offset, int length) in sections)
            dump.Section(name, offset, length);
        return dump._text.ToString();
    }

    private void Header()
    {
        Title("Header");
        Bytes(8, "magic (HDR-1)");
        U16("major version");
        U16("minor version");
        U32("header length");
        U64("required features");
        U64("optional features");
        U64("file length");
        U16("dimension");
        U8("block size, log2");
        U8("content alignment, log2");
        U32("flags");
        U32("section count");
        U32("layer count");
        U32("block count");
        U32("keyword count");
        U32("first number");
        U32("name length");
        U64("image length");
        U64("content length");
        U64("size bytes");
        F64("frequency min");
        F64("frequency max");
        Bytes(16, "fingerprint (FPR-1)");
        Bytes(48, "reserved");
        Bytes(8, "section table checksum (CHK-2)");
        Bytes(8, "header checksum (CHK-1)");
    }

    private List<(string Name, int Offset, int Length)> SectionTable()
    {
        string[] names =
        [
            "dictionary", "content", "blocks", "numbers", "locations", "layers", "layer keywords", "keywords", "postings",
            "names", "strings",
        ];
        List<(string, int, int)> sections = [];
        Title("Section table");
        foreach (string name in names)
        {
            U32($"kind: {name}");
            U32("flags");
            int offset = (int)U64("offset");
            int length = (int)U64("length");
            Bytes(8, "checksum (CHK-3)");
            sections.Add((name, offset, length));
        }

        return sections;
    }

    private void Section(string name, int offset, int length)
    {
        if (offset > _at)
            Bytes(offset - _at, "padding", "zero");
        Title(length == 0 ? $"Section {name}: empty" : $"Section {name}");
        int end = offset + length;
        int index = 0;
        while (_at < end)
        {
            switch (name)
            {
                case "blocks":
                    U64($"block {index}: offset");
                    U64("image offset");
                    U32("stored length");
                    U32("decoded length");
                    Bytes(8, "checksum (CHK-4)");
                    U32("codec");
                    U32("first layer");
                    break;
                case "locations":
                    U64($"layer {index}: image offset");
                    U32("length");
                    U32("block");
                    break;
                case "layers":
                    F64($"layer {index}: frequency");
                    U32("parent");
                    U32("name offset");
                    U16("name length");
                    U16("depth");
                    U16("flags");
                    U16("keyword count");
                    U32("keyword start");
                    U32("reserved");
                    break;
                case "keywords":
                    U32($"keyword {index}: string offset");
                    U32("posting start");
                    break;
                case "layer keywords" or "postings" or "names":
                    U32($"entry {index}");
                    break;
                default:
                    Text(end - _at);
                    break;
            }

            index++;
        }
    }

    private void Title(string title) => _text.Append(CultureInfo.InvariantCulture, $"{(_text.Length == 0 ? "" : "\n")}; {title}\n");

    private void U8(string name) => Line(1, name, _file[_at].ToString(CultureInfo.InvariantCulture));

    private void U16(string name) =>
        Line(2, name, BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(_at)).ToString(CultureInfo.InvariantCulture));

    private void U32(string name) =>
        Line(4, name, BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(_at)).ToString(CultureInfo.InvariantCulture));

    private ulong U64(string name)
    {
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(_at));
        Line(8, name, value.ToString(CultureInfo.InvariantCulture));
        return value;
    }

    private void F64(string name) =>
        Line(8, name, BinaryPrimitives.ReadDoubleLittleEndian(_file.AsSpan(_at)).ToString(CultureInfo.InvariantCulture));

    private void Bytes(int count, string name, string? value = null)
    {
        // Padding and reserved bytes stand in one line: they are all zero.
        bool zero = count > BytesPerLine && !_file.AsSpan(_at, count).ContainsAnyExcept((byte)0);
        if (zero)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{_at:x4}  {$"00 × {count}",-24} {name}\n");
            _at += count;
            return;
        }

        for (int done = 0; done < count; done += BytesPerLine)
            Line(Math.Min(BytesPerLine, count - done), done == 0 ? name : "", done == 0 ? value : null);
    }

    private void Text(int count)
    {
        for (int done = 0; done < count; done += BytesPerLine)
        {
            int length = Math.Min(BytesPerLine, count - done);
            string text = string.Concat(_file.AsSpan(_at, length).ToArray().Select(static b => b is >= 32 and < 127 ? (char)b : '.'));
            Line(length, $"\"{text}\"", null);
        }
    }

    private void Line(int length, string name, string? value)
    {
        string hex = string.Join(' ', _file.AsSpan(_at, length).ToArray().Select(static b => b.ToString("x2", CultureInfo.InvariantCulture)));
        string meaning = value is null ? name : $"{name} = {value}";
        _text.Append(CultureInfo.InvariantCulture, $"{$"{_at:x4}  {hex,-24} {meaning}".TrimEnd()}\n");
        _at += length;
    }
}

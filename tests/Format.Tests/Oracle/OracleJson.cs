using System.Globalization;
using System.Text;

namespace Lamina.Format.Tests.Oracle;

/// <summary>A JSON value (RFC 8259) and where it begins. Objects keep their properties in order; a name twice is refused.</summary>
internal sealed class OracleJson
{
    private OracleJson(int offset, object? value)
    {
        Offset = offset;
        Value = value;
    }

    public int Offset { get; }

    /// <summary>null, bool, string, <see cref="OracleJsonNumber"/>, a list of values or a list of properties.</summary>
    public object? Value { get; }

    public List<OracleJson>? Items => Value as List<OracleJson>;

    public List<(string Name, int Offset, OracleJson Value)>? Properties => Value as List<(string, int, OracleJson)>;

    public OracleJson? this[string name] => Properties!.Find(property => property.Name == name).Value;

    /// <summary>Parses all of <paramref name="utf8"/>.</summary>
    /// <exception cref="FormatException">It is not one JSON value; the message begins with the offset.</exception>
    public static OracleJson Parse(byte[] utf8)
    {
        int invalid = OracleBytes.InvalidUtf8(utf8);
        if (invalid >= 0)
            throw Wrong(invalid, "not UTF-8");
        int position = 0;
        OracleJson value = ParseValue(utf8, ref position);
        Skip(utf8, ref position);
        return position == utf8.Length ? value : throw Wrong(position, "text after the value");
    }

    private static OracleJson ParseValue(byte[] text, ref int position)
    {
        Skip(text, ref position);
        int start = position;
        switch (Peek(text, position))
        {
            case '{':
                return new OracleJson(start, ParseObject(text, ref position));
            case '[':
                return new OracleJson(start, ParseArray(text, ref position));
            case '"':
                return new OracleJson(start, ParseString(text, ref position));
        }

        while (position < text.Length && (char.IsAsciiLetterOrDigit((char)text[position])
            || text[position] is (byte)'+' or (byte)'-' or (byte)'.'))
            position++;
        string word = Encoding.ASCII.GetString(text, start, position - start);
        return new OracleJson(start, word switch
        {
            "null" => null,
            "true" => true,
            "false" => false,
            _ => OracleJsonNumber.Parse(word) ?? throw Wrong(start, "no value"),
        });
    }

    private static List<(string Name, int Offset, OracleJson Value)> ParseObject(byte[] text, ref int position)
    {
        List<(string Name, int Offset, OracleJson Value)> properties = [];
        position++;
        Skip(text, ref position);
        if (Accept(text, ref position, '}'))
            return properties;
        do
        {
            Skip(text, ref position);
            int offset = position;
            if (Peek(text, position) != '"')
                throw Wrong(position, "no property name");
            string name = ParseString(text, ref position);
            if (properties.Exists(property => property.Name == name))
                throw Wrong(offset, "a property twice");
            Skip(text, ref position);
            if (!Accept(text, ref position, ':'))
                throw Wrong(position, "no colon");
            properties.Add((name, offset, ParseValue(text, ref position)));
            Skip(text, ref position);
        }
        while (Accept(text, ref position, ','));
        return Accept(text, ref position, '}') ? properties : throw Wrong(position, "an object without end");
    }

    private static List<OracleJson> ParseArray(byte[] text, ref int position)
    {
        List<OracleJson> items = [];
        position++;
        Skip(text, ref position);
        if (Accept(text, ref position, ']'))
            return items;
        do
        {
            items.Add(ParseValue(text, ref position));
            Skip(text, ref position);
        }
        while (Accept(text, ref position, ','));
        return Accept(text, ref position, ']') ? items : throw Wrong(position, "an array without end");
    }

    private static string ParseString(byte[] text, ref int position)
    {
        List<byte> plain = [];
        StringBuilder value = new();
        position++;
        while (!Accept(text, ref position, '"'))
        {
            if (Peek(text, position) < ' ')
                throw Wrong(position, "a control character or the end in a string");
            byte next = text[position++];
            if (next != '\\')
            {
                plain.Add(next);
                continue;
            }

            value.Append(Encoding.UTF8.GetString([.. plain]));
            plain.Clear();
            char escape = Peek(text, position++);
            value.Append(escape switch
            {
                '"' or '\\' or '/' => escape,
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => Hex(text, ref position),
                _ => throw Wrong(position - 1, "an unknown escape"),
            });
        }

        return value.Append(Encoding.UTF8.GetString([.. plain])).ToString();
    }

    private static char Hex(byte[] text, ref int position)
    {
        // Asked for digits too: the parser of numbers takes NULs behind them.
        if (text.Length - position < 4
            || !text[position..(position + 4)].All(static digit => char.IsAsciiHexDigit((char)digit))
            || !ushort.TryParse(
                text.AsSpan(position, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit))
        {
            throw Wrong(position, "not four hexadecimal digits");
        }

        position += 4;
        return (char)unit;
    }

    private static char Peek(byte[] text, int position) => position < text.Length ? (char)text[position] : '\0';

    private static bool Accept(byte[] text, ref int position, char expected)
    {
        if (Peek(text, position) != expected)
            return false;
        position++;
        return true;
    }

    private static void Skip(byte[] text, ref int position)
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            position++;
    }

    private static FormatException Wrong(int offset, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{offset}: {what}"));
}

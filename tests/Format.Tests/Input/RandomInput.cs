using System.Globalization;
using System.Text;

namespace Lamina.Format.Tests.Input;

/// <summary>Makes texts at random: most of their objects are right, some are wrong in every way there is.</summary>
internal sealed class RandomInput(int seed)
{
    private static readonly string[] Characters =
        ["a", "b", " ", "/", "é", "ß", "漢", "€", "😀", "𝄞", "\\n", "\\\"", "\\\\", "\\/", "\\u0041", "\\u00e9", "\\u6F22", "\\ud83d\\ude00"];

    private static readonly string[] BadCharacters = ["\\ud83d", "\\uDE00", "\\ud83d\\u0041", "\\q", "\\u12x4", "\t", "\u0001"];

    private readonly Random _random = new(seed);

    /// <summary>A string's inside.</summary>
    public string Text(int maxLength)
    {
        StringBuilder text = new();
        int length = _random.Next(4) == 0 ? _random.Next(maxLength) : _random.Next(Math.Min(maxLength, 12));
        bool isPlain = _random.Next(2) == 0;
        for (int i = 0; i < length; i++)
            text.Append(isPlain ? "lorem ipsum"[i % 11].ToString() : Characters[_random.Next(Characters.Length)]);
        if (_random.Next(60) == 0)
            text.Append(BadCharacters[_random.Next(BadCharacters.Length)]).Append('x');
        return text.ToString();
    }

    /// <summary>A whole text as JSON.</summary>
    public byte[] Json()
    {
        StringBuilder text = new();
        Space(text).Append('{');
        string[] parts = [Array("dimensions", Dimension), Array("layers", Layer), "\"$schema\":\"x\""];
        _random.Shuffle(parts);
        text.AppendJoin(',', parts);
        Space(text).Append('}');
        Space(text);
        return Damage(text.ToString());
    }

    /// <summary>A whole text as JSON Lines.</summary>
    public byte[] Lines()
    {
        StringBuilder text = new();
        for (int i = _random.Next(12); i > 0; i--)
        {
            string line = _random.Next(3) == 0 ? Dimension() : Layer();
            text.Append(line.Replace("\n", " ", StringComparison.Ordinal)).Append(_random.Next(5) == 0 ? "\r\n" : "\n");
        }

        return Damage(text.ToString());
    }

    /// <summary>Sizes to cut a text by.</summary>
    public int[] Cuts()
    {
        int max = _random.Next(3) switch { 0 => 3, 1 => 20, _ => 200 };
        return [.. Enumerable.Range(0, 7).Select(_ => 1 + _random.Next(max))];
    }

    private string Array(string name, Func<string> element)
    {
        StringBuilder text = new();
        Space(text).Append('"').Append(name).Append('"');
        Space(text).Append(':').Append('[');
        text.AppendJoin(',', Enumerable.Range(0, _random.Next(5)).Select(_ => element()));
        Space(text).Append(']');
        return text.ToString();
    }

    private string Dimension() => Object(
        ("id", Number(1, 20)), ("name", String(20)), ("size_bytes", Number(0, 1000)), ("frequency_min", Frequency()),
        ("frequency_max", Frequency()));

    private string Layer() => Object(
        ("dimension_id", Number(1, 9)), ("layer_num", Number(0, 99)), ("name", String(20)), ("depth", Number(0, 3)),
        ("parent_layer", Number(0, 9)), ("keywords", Keywords()), ("frequency", Frequency()), ("mmap_offset", Frequency()),
        ("content", String(300)), _random.Next(8) == 0 ? ("content_base64", Base64()) : ("content", String(90)));

    private string Object(params (string Name, string Value)[] properties)
    {
        _random.Shuffle(properties);
        StringBuilder text = new();
        Space(text).Append('{');
        string separator = "";
        HashSet<string> names = [];
        foreach ((string name, string value) in properties)
        {
            if (name is not ("id" or "dimension_id" or "layer_num") && _random.Next(3) == 0)
                continue;
            if (!names.Add(name) && _random.Next(30) != 0)
                continue;
            text.Append(separator);
            Space(text).Append('"').Append(_random.Next(40) == 0 ? name.Replace("e", "\\u0065", StringComparison.Ordinal) : name).Append('"');
            Space(text).Append(':');
            Space(text).Append(_random.Next(40) == 0 ? Odd() : value);
            separator = ",";
        }

        if (_random.Next(40) == 0)
            text.Append(separator).Append('"').Append(Text(40)).Append("\":").Append(Odd());
        Space(text).Append('}');
        return text.ToString();
    }

    private string Odd() => _random.Next(8) switch
    {
        0 => "null",
        1 => "true",
        2 => "{\"a\":[false,{\"b\":\"}\"}],\"c\":-1.5e3}",
        3 => "[[],[1,2,\"" + Text(20) + "\"]]",
        4 => "-12",
        5 => "99999999999",
        6 => "\"" + Text(20) + "\"",
        _ => "0.5",
    };

    private string String(int maxLength) => "\"" + Text(maxLength) + "\"";

    private string Keywords() =>
        "[" + string.Join(',', Enumerable.Range(0, _random.Next(_random.Next(9) == 0 ? 40 : 4)).Select(_ => String(5))) + "]";

    private string Base64()
    {
        byte[] bytes = new byte[_random.Next(60)];
        _random.NextBytes(bytes);
        string text = Convert.ToBase64String(bytes).Replace("/", "\\/", StringComparison.Ordinal);
        return "\"" + (_random.Next(5) == 0 ? text.Insert(_random.Next(text.Length + 1), _random.Next(2) == 0 ? " " : "=") : text) + "\"";
    }

    private string Number(int min, int max) => _random.Next(min, max + 1).ToString(CultureInfo.InvariantCulture);

    private string Frequency() => (_random.Next(100_000) / 1000.0).ToString(_random.Next(4) == 0 ? "E5" : "R", CultureInfo.InvariantCulture);

    private StringBuilder Space(StringBuilder text) => _random.Next(12) switch
    {
        0 => text.Append('\n'),
        1 => text.Append("\r\n\t "),
        2 => text.Append("  "),
        _ => text,
    };

    /// <summary>Changes, drops or adds a few bytes, half of the time.</summary>
    private byte[] Damage(string text)
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(text)];
        if (_random.Next(2) == 0)
            return [.. bytes];
        for (int i = 1 + _random.Next(3); i > 0 && bytes.Count > 0; i--)
        {
            int place = _random.Next(bytes.Count);
            switch (_random.Next(4))
            {
                case 0:
                    bytes[place] = (byte)_random.Next(256);
                    break;
                case 1:
                    bytes[place] = (byte)"\"\\{}[],:0-eu\n "[_random.Next(14)];
                    break;
                case 2:
                    bytes.RemoveAt(place);
                    break;
                default:
                    bytes.Insert(place, (byte)(0x80 + _random.Next(128)));
                    break;
            }
        }

        return [.. bytes];
    }
}

using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck.Xunit;
using Lamina.Format.Conversion;
using Lamina.Format.Input;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input;

/// <summary>What is JSON, and what its strings and numbers mean, is what System.Text.Json says.</summary>
public class JsonAgreementTests
{
    private static readonly InputFault[] TextFaults =
        [InputFault.InvalidJson, InputFault.InvalidUtf8, InputFault.LoneSurrogate];

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Signs = ["", "+", "-"];

    [Property(MaxTest = 3000)]
    public void ReadAsync_RandomJson_IsAcceptedIfSystemTextJsonAcceptsIt(int seed)
    {
        byte[] text = new RandomInput(seed).Json();

        InputReading reading = InputReading.Of(text, InputSyntax.Json);

        // Past the hundredth error nothing is read; the random texts have far fewer.
        Assert.True(reading.Diagnostics.Count < DiagnosticBag.Capacity);
        bool isAccepted = !reading.Diagnostics.Any(d => TextFaults.Contains(d.Fault));
        Assert.True(isAccepted == IsText(text), Encoding.UTF8.GetString(text) + "\n" + reading.Transcript);
    }

    [Property(MaxTest = 1000)]
    public void ReadAsync_RandomContent_IsWhatSystemTextJsonReads(int seed)
    {
        RandomInput random = new(seed);
        StringBuilder content = new();
        for (int i = 0; i < 5; i++)
            content.Append(random.Text(700));
        string json = "\"" + content + "\"";
        byte[] text = Encoding.UTF8.GetBytes("{\"layers\":[{\"dimension_id\":1,\"layer_num\":0,\"content\":" + json + "}]}");

        foreach (int[]? cuts in new int[]?[] { null, random.Cuts() })
        {
            InputReading reading = InputReading.Of(text, InputSyntax.Json, cuts);
            Assert.Equal(IsText(text), reading.Diagnostics.Count == 0);
            if (reading.Diagnostics.Count == 0)
                Assert.Equal(JsonSerializer.Deserialize<string>(json), Encoding.UTF8.GetString(Assert.Single(reading.Sink.Contents)!));
        }
    }

    [Property(MaxTest = 1000)]
    public void ReadAsync_AnyString_SurvivesEveryEncoder(string? value, bool isRelaxed)
    {
        // Half a pair has no JSON that means it.
        string given = string.Concat((value ?? "").EnumerateRunes().Select(r => r.ToString()));
        byte[] text = Encoding.UTF8.GetBytes(
            "{\"layers\":[{\"dimension_id\":1,\"layer_num\":0,\"content\":" + JsonSerializer.Serialize(given, isRelaxed ? Relaxed : null) + "}]}");

        foreach (int[]? cuts in new int[]?[] { null, [1], [3, 64] })
            Assert.Equal(given, Encoding.UTF8.GetString(Assert.Single(InputReading.Of(text, InputSyntax.Json, cuts).Sink.Contents)!));
    }

    [Fact]
    public void ReadAsync_EveryEscapeAtEveryPlaceOfABlock_IsUndone()
    {
        // Blocks are 64 bytes; what lies across their edges is where a vectorised copy goes wrong.
        foreach (string escape in new[] { "\\\\", "\\\"", "\\n\\n", "\\\\\\\\\\\"", "\\u0041", "é", "😀", "\\ud83d\\ude00" })
        {
            for (int before = 0; before < 140; before++)
            {
                string json = "\"" + new string('a', before) + escape + new string('b', 300) + escape + "\"";
                byte[] text = Encoding.UTF8.GetBytes("{\"layers\":[{\"content\":" + json + ",\"dimension_id\":1,\"layer_num\":0}]}");
                InputReading reading = InputReading.Of(text, InputSyntax.Json);
                Assert.Equal(JsonSerializer.Deserialize<string>(json), Encoding.UTF8.GetString(Assert.Single(reading.Sink.Contents)!));
            }
        }
    }

    [Fact]
    public void ReadAsync_LongContents_AreReadWholeWhateverTheWindows()
    {
        Random random = new(1);
        foreach (int length in new[] { 32_767, 32_768, 32_769, 65_535, 131_073, 1_000_000 })
        {
            StringBuilder content = new(length);
            while (content.Length < length)
                content.Append(random.Next(6) == 0 ? "\\\"" : random.Next(9) == 0 ? "漢" : "x");
            string json = "\"" + content + "\"";
            byte[] text = Encoding.UTF8.GetBytes("{\"layers\":[{\"content\":" + json + ",\"dimension_id\":1,\"layer_num\":0}]}");
            foreach (int[]? cuts in new int[]?[] { null, [65_536], [4096, 1] })
            {
                InputReading reading = InputReading.Of(text, InputSyntax.Json, cuts);
                Assert.Equal(JsonSerializer.Deserialize<string>(json), Encoding.UTF8.GetString(Assert.Single(reading.Sink.Contents)!));
            }
        }
    }

    [Property(MaxTest = 2000)]
    public void Number_RandomText_MeansWhatTheRuntimeReads(int seed)
    {
        Random random = new(seed);
        StringBuilder text = new(random.Next(4) == 0 ? "-" : "");
        Digits(random.Next(1, 25));
        if (random.Next(2) == 0)
        {
            text.Append('.');
            Digits(random.Next(1, 25));
        }

        if (random.Next(3) == 0)
        {
            text.Append(random.Next(2) == 0 ? 'e' : 'E').Append(Signs[random.Next(3)]);
            Digits(random.Next(1, 4));
        }

        string number = text.ToString();
        byte[] bytes = Encoding.UTF8.GetBytes(number);
        bool isJson = IsText(bytes);
        int length = JsonNumber.Read(bytes, out JsonNumber read);
        Assert.Equal(isJson, length == bytes.Length);
        if (!isJson)
            return;

        double value = double.Parse(number, CultureInfo.InvariantCulture);
        bool isNegative = number[0] == '-' && number.Split('e', 'E')[0].Any(c => c is >= '1' and <= '9');
        Assert.Equal(double.IsFinite(value) && !isNegative, read.TryGetFrequency(out double frequency));
        if (double.IsFinite(value) && !isNegative)
            Assert.Equal(Math.Abs(value), frequency);

        // Beyond 19 digits a number counts as whole only if those beyond are zeros; that is left to the tests of limits.
        if (number.Count(char.IsAsciiDigit) > 19)
            return;
        string[] parts = number.TrimStart('-').Split('e', 'E');
        string[] digits = parts[0].Split('.');
        string fraction = digits.Length > 1 ? digits[1].TrimEnd('0') : "";
        int exponent = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) - fraction.Length;
        BigInteger exact = BigInteger.Parse(digits[0] + fraction, CultureInfo.InvariantCulture);
        BigInteger scale = BigInteger.Pow(10, Math.Abs(exponent));
        bool isWhole = exponent >= 0 || exact % scale == 0;
        exact = exponent >= 0 ? exact * scale : exact / scale;
        bool holds = isWhole && !isNegative && exact <= uint.MaxValue;
        Assert.Equal(holds, read.TryGetWhole(uint.MaxValue, out ulong whole));
        if (holds)
            Assert.Equal((ulong)exact, whole);

        void Digits(int count)
        {
            for (int i = 0; i < count; i++)
                text.Append((char)('0' + (random.Next(3) == 0 ? 0 : random.Next(10))));
        }
    }

    /// <summary>Whether the bytes are JSON whose strings are all text.</summary>
    private static bool IsText(byte[] text)
    {
        try
        {
            Utf8JsonReader reader = new(text);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                    _ = reader.GetString();
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}

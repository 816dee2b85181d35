using System.Buffers;
using System.IO.Hashing;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Lamina.Format.Conversion;
using Lamina.Format.Input;
using Lamina.Format.Schema;
using Lamina.Format.Tests.Input;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Sources of data sets, cut at random: what is read does not depend on the cuts, and what is JSON is what
/// System.Text.Json takes for it.</summary>
internal sealed class InputTarget(bool isLines) : IFuzzTarget
{
    // Buffers, diagnostics with their texts.
    private const long Overhead = 512 * 1024;

    private static readonly InputFault[] TextFaults = [InputFault.InvalidJson, InputFault.InvalidUtf8, InputFault.LoneSurrogate];

    private static readonly byte[][] Words = [.. new[]
    {
        "\"$schema\"", "\"dimensions\"", "\"layers\"", "\"id\"", "\"name\"", "\"size_bytes\"", "\"frequency_min\"", "\"frequency_max\"",
        "\"dimension_id\"", "\"layer_num\"", "\"parent_layer\"", "\"depth\"", "\"frequency\"", "\"keywords\"", "\"mmap_offset\"", "\"content\"",
        "\"content_base64\"", "\"content_file\"", "\"aGVsbG8=\"", "\"aGVsbG8\"", "\"a===\"", "\"\\u0061GVsbG8=\"", "\"texts/a.txt\"", "\"../a\"",
        "[\"a\",\"b\",\"a\"]", "[\"a\",\"\\u0061\"]", "{\"id\":7}", "{\"dimension_id\":7,\"layer_num\":0,\"content\":\"x\"}",
        "{\"dimension_id\":7,\"layer_num\":1,\"parent_layer\":0,\"content_base64\":\"AA==\"}", "\n{\"id\":9}\n", "\n\n",
    }.Select(Encoding.UTF8.GetBytes)];

    public string Name => isLines ? "lines" : "json";

    public string Extension => isLines ? "jsonl" : "json";

    private InputSyntax Syntax => isLines ? InputSyntax.JsonLines : InputSyntax.Json;

    public IEnumerable<byte[]> Seeds(Random random)
    {
        List<byte[]> seeds = [.. FuzzFiles.Read("edges", "*." + Extension), .. FuzzFiles.CorpusOf(this).Select(File.ReadAllBytes)];
        for (int i = 0; i < 100; i++)
        {
            RandomInput input = new(random.Next());
            seeds.Add(isLines ? input.Lines() : input.Json());
        }

        return seeds;
    }

    public byte[] Mutate(byte[] input, byte[] other, Random random)
    {
        byte[] text = input;
        for (int changes = 1 + random.Next(4); changes > 0; changes--)
            text = JsonMutator.Mutate(text, other, Words, random);
        return text;
    }

    public byte[] Repair(byte[] input) => input;

    public string Check(byte[] input)
    {
        (string whole, List<InputDiagnostic> diagnostics) = Read(PipeReader.Create(new ReadOnlySequence<byte>(input)), input.Length);

        // The cuts follow from the input, so that a finding can be repeated.
        Random random = new((int)XxHash32.HashToUInt32(input));
        int[] sizes = [.. Enumerable.Range(0, 7).Select(_ => 1 + random.Next(random.Next(3) switch { 0 => 3, 1 => 30, _ => 4096 }))];
        (string cut, _) = Read(PipeReader.Create(new ChunkedStream(input, sizes)), input.Length);
        if (whole != cut)
            Assert.Equal(InputReading.Of(input, Syntax).Transcript, InputReading.Of(input, Syntax, sizes).Transcript);

        bool isUndecided = diagnostics.Count >= DiagnosticBag.Capacity || diagnostics.Exists(IsStop);
        if (isLines)
            CompareLines(input, diagnostics, isUndecided);
        else
            Compare(IsText(WithoutMark(input)), diagnostics.Exists(IsTextFault), isUndecided, diagnostics);
        string faults = string.Join(' ', diagnostics.Select(static diagnostic => diagnostic.Fault).Distinct().Order().Take(3));
        return (diagnostics.Exists(IsTextFault) ? "no text " : "accepted as text ") + faults;
    }

    private static bool IsTextFault(InputDiagnostic diagnostic) => TextFaults.Contains(diagnostic.Fault);

    /// <summary>Whether reading ends at the diagnostic, so that nothing is known of the rest of the text or line.</summary>
    private static bool IsStop(InputDiagnostic diagnostic) =>
        diagnostic.Fault == InputFault.LimitExceeded
        && (diagnostic.Message.StartsWith("Arrays and objects are nested", StringComparison.Ordinal)
            || diagnostic.Message.Contains("The number has more than", StringComparison.Ordinal))
        || diagnostic.Message.Contains("UTF-16", StringComparison.Ordinal)
        || diagnostic.Message.Contains("UTF-32", StringComparison.Ordinal);

    private (string Transcript, List<InputDiagnostic> Diagnostics) Read(PipeReader reader, int length)
    {
        DigestSink sink = new();
        DiagnosticBag bag = new();
        Allocation allocation = Allocation.Start();
        Task<bool> reading = DimensionsReader.ReadAsync(reader, "in.json", null, Syntax, sink, bag, null, CancellationToken.None);
        Assert.True(reading.IsCompleted, "Reading waits for something.");
        bool isComplete = reading.GetAwaiter().GetResult();
        allocation.AssertAtMost(Overhead + (16L * length));
        List<InputDiagnostic> diagnostics = bag.InOrder();
        return ($"{isComplete} {sink.Digest:x} {string.Join('\n', diagnostics)}", diagnostics);
    }

    /// <summary>Every line on its own: those that are not JSON are those that have such a fault.</summary>
    private static void CompareLines(byte[] input, List<InputDiagnostic> diagnostics, bool isUndecided)
    {
        byte[] text = WithoutMark(input);
        int line = 1;
        for (int start = 0; start < text.Length; line++)
        {
            int length = text.AsSpan(start).IndexOf((byte)'\n');
            byte[] part = length < 0 ? text[start..] : text[start..(start + length)];
            start += part.Length + 1;
            if (part.AsSpan().ContainsAnyExcept(" \t\r"u8))
                Compare(IsText(part), diagnostics.Exists(d => d.Position.Line == line && IsTextFault(d)), isUndecided, diagnostics);
        }
    }

    private static void Compare(bool expected, bool isRefused, bool isUndecided, List<InputDiagnostic> diagnostics)
    {
        if (isRefused || !isUndecided)
            Assert.True(expected != isRefused, $"System.Text.Json {(expected ? "takes" : "refuses")} what the library does not: {string.Join('\n', diagnostics)}");
    }

    private static byte[] WithoutMark(byte[] input) => input.AsSpan().StartsWith("\uFEFF"u8) ? input[3..] : input;

    /// <summary>Whether the bytes are JSON whose strings are all text.</summary>
    private static bool IsText(byte[] text)
    {
        try
        {
            Utf8JsonReader reader = new(text, new JsonReaderOptions { MaxDepth = 1 << 20 });
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

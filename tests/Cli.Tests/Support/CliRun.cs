using System.Text;
using System.Text.Json;

namespace Lamina.Cli.Tests.Support;

/// <summary>One run of the command in this process: its exit code and what it wrote.</summary>
internal sealed record CliRun(int Code, byte[] Bytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(Bytes);

    /// <summary>The output as JSON, which it must be.</summary>
    public JsonElement Json => JsonDocument.Parse(Bytes).RootElement;

    public IReadOnlyList<string> OutputLines => Output.TrimEnd('\n').Split('\n');

    public IReadOnlyList<string> ErrorLines => Error.TrimEnd('\n').Split('\n');

    public static Task<CliRun> OfAsync(params string[] args) => OfAsync(args, input: []);

    public static async Task<CliRun> OfAsync(
        string[] args, byte[] input, bool isTerminal = false, bool useColor = true, CancellationToken cancellationToken = default)
    {
        using MemoryStream standardInput = new(input);
        using MemoryStream output = new();
        using MemoryStream error = new();
        CliHost host = new(standardInput, output, error)
        {
            IsOutputTerminal = isTerminal,
            IsErrorTerminal = isTerminal,
            UseColor = useColor,
            Width = 120,
        };
        int code = await CliApplication.RunAsync(args, host, cancellationToken);
        return new CliRun(code, output.ToArray(), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>The names of all properties of a JSON value, with their paths, in the order of the text.</summary>
    public static string ShapeOf(JsonElement element)
    {
        List<string> paths = [];
        Collect(element, string.Empty);
        return string.Join('\n', paths);

        void Collect(JsonElement value, string path)
        {
            if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Object)
                Collect(value[0], path + "[].");
            if (value.ValueKind != JsonValueKind.Object)
                return;
            foreach (JsonProperty property in value.EnumerateObject())
            {
                paths.Add(path + property.Name);
                Collect(property.Value, property.Value.ValueKind == JsonValueKind.Array ? path + property.Name : $"{path}{property.Name}.");
            }
        }
    }
}

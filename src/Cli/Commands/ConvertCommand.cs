using System.CommandLine;
using System.Globalization;
using System.IO.Pipelines;
using Lamina.Cli.Output;
using Lamina.Format.Conversion;
using Lamina.Format.Schema;

namespace Lamina.Cli.Commands;

/// <summary><c>lamina convert IN -o DIR</c>: makes a data set.</summary>
internal static class ConvertCommand
{
    private const string InputName = "stdin";
    private const int ReadSize = 256 * 1024;
    private const int MostJobs = 1024;

    public static Command Create(CliHost host)
    {
        Argument<string> input = new("IN") { Description = "The dimensions.json to read, a .jsonl with one object a line, or - for standard input." };
        Option<string> output = new("--output", "-o") { Description = "The data set's folder; made if it is not there.", HelpName = "DIR", Required = true };
        Option<string> codec = OneOf("--codec", "How blocks are stored [default: lz4].", "lz4", "none");
        Option<string> level = OneOf("--level", "How hard to compress; all levels are read equally fast [default: fast].", "fast", "high", "max");
        Option<int?> blockSize = Bytes("--block-size", "Content bytes of a block, a power of two, 1K to 16M [default: 64K; at --level max 4K for small layers].", 1024, 16 * 1024 * 1024);
        Option<int?> alignment = Bytes("--alignment", "Bytes that contents are aligned to, a power of two, 1 to 4096 [default: 8 with --codec none, else 1].", 1, 4096);
        Option<int?> jobs = Jobs();
        Option<bool> simulate = new("--simulate") { Description = "Make up content from the keywords for layers without any." };
        Option<bool> strict = new("--strict") { Description = "Take warnings for errors." };
        Option<string[]> noWarn = NoWarn();
        Option<bool> noPrevious = new("--no-previous") { Description = "Remove region files of the data set before, which are kept once for its readers." };
        Option<bool> jsonLines = new("--jsonl") { Description = "Read one JSON object a line, a dimension or a layer each." };
        Option<bool> json = Common.Json();
        Option<bool> quiet = new("--quiet", "-q") { Description = "Write errors and warnings alone." };
        LaminaCommand command = new(
            "convert",
            "Makes a data set from a dimensions.json. Readers see the old data set until the new one is complete.",
            [
                "lamina convert dimensions.json -o data",
                "lamina convert dimensions.json -o data --level max --block-size 1M",
                "zcat layers.jsonl.gz | lamina convert - --jsonl -o data --strict",
            ])
        {
            input, output, codec, level, blockSize, alignment, jobs, simulate, strict, noWarn, noPrevious, jsonLines, json, quiet,
        };
        command.Validators.Add(call =>
        {
            // By the token: asking for the value of an option with an error throws.
            if (call.GetResult(codec) is { Tokens: [{ Value: "none" }, ..] } && call.GetResult(level) is not null)
                call.AddError("--level has no meaning with --codec none. Leave one of them out.");
        });
        command.SetAction((call, cancellationToken) =>
        {
            ConversionOptions options = new()
            {
                Level = call.GetValue(codec) == "none" ? CompressionLevel.None : LevelOf(call.GetValue(level)),
                Jobs = call.GetValue(jobs) ?? ConversionOptions.Default.Jobs,
                Simulate = call.GetValue(simulate),
                Strict = call.GetValue(strict),
                KeepPrevious = !call.GetValue(noPrevious),
                Syntax = call.GetValue(jsonLines) ? InputSyntax.JsonLines : InputSyntax.Json,
            };

            // What these are without being set depends on the level.
            if (call.GetValue(blockSize) is { } size)
                options = options with { BlockSize = size };
            if (call.GetValue(alignment) is { } bytes)
                options = options with { ContentAlignment = bytes };
            bool asJson = call.GetValue(json);
            string[] silent = call.GetValue(noWarn) ?? [];
            return RunAsync(
                host,
                call.GetRequiredValue(input),
                call.GetRequiredValue(output),
                options,
                silent,
                asJson,
                call.GetValue(quiet),
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CliHost host,
        string input,
        string output,
        ConversionOptions options,
        string[] silent,
        bool json,
        bool quiet,
        CancellationToken cancellationToken)
    {
        CheckPaths(input, output);
        ConversionResult result;
        try
        {
            result = await ProgressDisplay.RunAsync(
                host, !json && !quiet, "Converting", tell => ConvertAsync(host, input, output, options, tell, cancellationToken)).ConfigureAwait(false);
        }
        catch (InvalidInputException invalid)
        {
            ConversionOutput.WriteDiagnostics(host, invalid.Diagnostics);
            if (!quiet)
                host.Error.WriteLine($"{ConversionOutput.Count(invalid.Diagnostics)}; nothing was published.");
            if (json)
                ConversionOutput.WriteFailureJson(host, invalid.Diagnostics);
            return ExitCode.BadData;
        }

        ConversionOutput.WriteDiagnostics(host, [.. result.Warnings.Where(warning => !silent.Contains(warning.Code))]);
        if (json)
            ConversionOutput.WriteJson(host, output, result);
        else if (!quiet)
            ConversionOutput.Write(host, output, result);
        return ExitCode.Done;
    }

    private static Task<ConversionResult> ConvertAsync(
        CliHost host,
        string input,
        string output,
        ConversionOptions options,
        Action<ProgressDisplay.Step> tell,
        CancellationToken cancellationToken)
    {
        ProgressDisplay.Relay<ConversionProgress> progress = new(step => tell(new ProgressDisplay.Step(
            step.BytesRead, step.BytesTotal, $"({step.DimensionsDone} of {Plural.Of(step.DimensionsTotal, "dimension")})")));
        return input == Common.Standard
            ? DataSetConverter.ConvertAsync(
                PipeReader.Create(host.Input, new StreamPipeReaderOptions(bufferSize: ReadSize)), InputName, contentFolder: null, output, options, progress, cancellationToken)
            : DataSetConverter.ConvertAsync(input, output, options, progress, cancellationToken);
    }

    private static void CheckPaths(string input, string output)
    {
        if (output.Length == 0)
            throw new WrongCallException("The path of the data set's folder is empty.");
        if (File.Exists(output))
            throw new WrongCallException($"'{output}' is a file. Name a folder for the data set.");
        if (input == Common.Standard)
            return;
        if (Directory.Exists(input))
            throw new WrongCallException($"'{input}' is a folder. Name the dimensions.json to convert.");
        if (!File.Exists(input))
            throw new WrongCallException($"There is no file '{input}'. Check the path, or use - to read standard input.");
    }

    private static CompressionLevel LevelOf(string? level) => level switch
    {
        "high" => CompressionLevel.High,
        "max" => CompressionLevel.Max,
        _ => CompressionLevel.Fast,
    };

    private static Option<string> OneOf(string name, string description, params string[] values) => new(name)
    {
        Description = description,
        HelpName = string.Join('|', values),
        CustomParser = result =>
        {
            string value = result.Tokens[0].Value;
            if (!values.Contains(value, StringComparer.Ordinal))
                result.AddError($"{name} takes {string.Join(", ", values[..^1])} or {values[^1]}, not '{value}'.");
            return value;
        },
    };

    private static Option<int?> Bytes(string name, string description, int min, int max) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            string value = result.Tokens[0].Value;
            if (ByteSize.TryParse(value, out int bytes) && int.IsPow2(bytes) && bytes >= min && bytes <= max)
                return bytes;
            result.AddError($"{name} takes a power of two from {ByteSize.Short(min)} to {ByteSize.Short(max)}, such as 4096 or 4K, not '{value}'.");
            return null;
        },
    };

    private static Option<string[]> NoWarn() => new("--no-warn")
    {
        Description = "Do not write warnings with these codes, such as LAM022,LAM024.",
        HelpName = "CODES",
        CustomParser = static result =>
        {
            const StringSplitOptions each = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
            string[] codes = result.Tokens[0].Value.Split([',', ';'], each);
            string[] known =
                [.. Enum.GetValues<InputFault>().Select(static fault => string.Create(CultureInfo.InvariantCulture, $"LAM{(int)fault:D3}"))];
            foreach (string code in codes.Except(known))
                result.AddError($"--no-warn takes codes with commas between them, such as LAM022,LAM024, not '{code}'.");

            return codes;
        },
    };

    private static Option<int?> Jobs() => new("--jobs", "-j")
    {
        Description = "Threads that compress; the result does not depend on it [default: one a processor].",
        HelpName = "N",
        CustomParser = static result =>
        {
            string value = result.Tokens[0].Value;
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int jobs) && jobs is >= 1 and <= MostJobs)
                return jobs;
            result.AddError($"--jobs takes a number from 1 to {MostJobs}, not '{value}'.");
            return null;
        },
    };
}

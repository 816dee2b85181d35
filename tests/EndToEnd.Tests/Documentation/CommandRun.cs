using System.Text;
using Lamina.Cli;

namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>Runs command lines as a shell would, with <c>lamina</c> in this process.</summary>
/// <param name="Code">The exit code of the last command.</param>
/// <param name="Bytes">What it wrote to standard output.</param>
/// <param name="Error">What the commands wrote to standard error.</param>
internal sealed record CommandRun(int Code, byte[] Bytes, string Error)
{
    public string Output => Encoding.UTF8.GetString(Bytes);

    /// <summary>Runs a line of commands with pipes between them, of which all but <c>cat FILE</c> are <c>lamina</c>.</summary>
    public static async Task<CommandRun> OfAsync(string line)
    {
        CommandRun run = new(0, [], string.Empty);
        foreach (string command in line.Split(" | "))
        {
            string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            Assert.DoesNotContain(command, static c => c is '"' or '\'' or '<' or '>' or '&' or ';' or '$');
            run = words switch
            {
                ["cat", string file] => run with { Bytes = await File.ReadAllBytesAsync(file) },
                ["lamina", .. string[] arguments] => await OfLaminaAsync(arguments, run),
                _ => throw new ArgumentException($"A test cannot run '{command}'."),
            };
            if (run.Code != 0)
                break;
        }

        return run;
    }

    private static async Task<CommandRun> OfLaminaAsync(string[] arguments, CommandRun before)
    {
        using MemoryStream input = new(before.Bytes);
        using MemoryStream output = new();
        using MemoryStream error = new();
        int code = await CliApplication.RunAsync(arguments, new CliHost(input, output, error), CancellationToken.None);
        return new CommandRun(code, output.ToArray(), before.Error + Encoding.UTF8.GetString(error.ToArray()));
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Lamina.Format.Publishing;
using Lamina.Format.Verification;

namespace Lamina.Bench.Checks;

/// <summary>
/// Kills conversions over an old data set at random instants, and looks each time whether the folder is wholly the old data
/// set or wholly the new one, and whether the next conversion clears up.
/// </summary>
/// <remarks>
/// Every other kill is aimed: it falls between the moment when the first new region file gets its name and the end of the run,
/// since publishing is so short that kills spread over the whole run would hardly meet it.
/// </remarks>
internal sealed class DurabilityKill
{
    private const int MeasuredRuns = 3;

    private readonly string _command;
    private readonly string _source;
    private readonly string _pristine;
    private readonly string _folder;
    private readonly Random _random;
    private byte[] _oldManifest = [];
    private byte[] _newManifest = [];
    private HashSet<string> _bothGenerations = [];
    private string _firstNewRegion = "";

    private DurabilityKill(string command, string source, string root, int seed)
    {
        _command = command;
        _source = source;
        _pristine = Path.Combine(root, "old");
        _folder = Path.Combine(root, "data");
        _random = new Random(seed);
    }

    /// <summary>Kills <paramref name="times"/> conversions of <paramref name="json"/>; 0 if nothing was wrong after any.</summary>
    /// <param name="json">A dimensions.json.</param>
    /// <param name="times">How many conversions to kill.</param>
    /// <param name="seed">Which random instants.</param>
    /// <param name="command">The command: a lamina.dll or a program.</param>
    public static int Run(FileInfo json, int times, int seed, FileInfo command)
    {
        if (!command.Exists)
            throw new FileNotFoundException($"There is no '{command.FullName}'. Build src/Cli, or say where the command is with --command.");
        string root = Directory.CreateTempSubdirectory("lamina-kill-").FullName;
        try
        {
            return new DurabilityKill(command.FullName, json.FullName, root, seed).Run(times, Path.Combine(root, "old.json"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private int Run(int times, string oldSource)
    {
        Prepare(oldSource);
        (double length, double publishing) = Measure();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"A conversion takes {length:F0} ms, of which publishing and the process's end {publishing:F0}; "
            + $"{_bothGenerations.Count - 1} region files in two generations"));

        int[] old = new int[2];
        int[] replaced = new int[2];
        int ended = 0;
        int leftOver = 0;
        int failures = 0;
        for (int i = 0; i < times; i++)
        {
            int aimed = i % 2;
            CopyFolder(_pristine, _folder);
            if (!Kill(aimed == 1, _random.NextDouble() * (aimed == 1 ? publishing : length)))
                ended++;
            if (Directory.EnumerateFiles(_folder, ".lamina-*").Any())
                leftOver++;
            try
            {
                if (IsOldOrThrow())
                    old[aimed]++;
                else
                    replaced[aimed]++;
                Recover();
            }
            catch (InvalidDataException wrong)
            {
                failures++;
                Console.Error.WriteLine($"Kill {i}: {wrong.Message}");
            }
        }

        Console.WriteLine(
            $"{times} kills: {old[0] + old[1]} old, {replaced[0] + replaced[1]} new, {failures} failures; "
            + $"spread {old[0]} old, {replaced[0]} new; aimed at publishing {old[1]} old, {replaced[1]} new; "
            + $"{leftOver} left temporary files, {ended} ended before their kill");
        return failures == 0 ? 0 : 1;
    }

    /// <summary>Makes the old data set and learns what the new one is.</summary>
    private void Prepare(string oldSource)
    {
        WriteOldSource(oldSource);
        Convert(oldSource, _pristine);
        CopyFolder(_pristine, _folder);
        Convert(_source, _folder);
        _oldManifest = File.ReadAllBytes(Path.Combine(_pristine, DataSetManifest.FileName));
        _newManifest = File.ReadAllBytes(Path.Combine(_folder, DataSetManifest.FileName));
        if (_newManifest.AsSpan().SequenceEqual(_oldManifest))
            throw new InvalidDataException("The source has no content that could be changed to make an old data set.");
        HashSet<string> old = [.. RegionsOf(_oldManifest)];
        _firstNewRegion = Path.Combine(_folder, RegionsOf(_newManifest).First(file => !old.Contains(file)));
        _bothGenerations = [DataSetManifest.FileName, .. old, .. RegionsOf(_newManifest)];
    }

    /// <summary>Milliseconds of a conversion, and of its end from the first new name on; medians.</summary>
    private (double Length, double Publishing) Measure()
    {
        double[] lengths = new double[MeasuredRuns];
        double[] ends = new double[MeasuredRuns];
        for (int i = 0; i < MeasuredRuns; i++)
        {
            CopyFolder(_pristine, _folder);
            Stopwatch watch = Stopwatch.StartNew();
            using Process process = Start(_source, _folder);
            double named = AwaitNaming(process, watch);
            process.WaitForExit();
            lengths[i] = watch.Elapsed.TotalMilliseconds;
            ends[i] = lengths[i] - named;
        }

        Array.Sort(lengths);
        Array.Sort(ends);
        return (lengths[MeasuredRuns / 2], ends[MeasuredRuns / 2]);
    }

    /// <summary>The source as it was before: contents of every other dimension were a character shorter.</summary>
    private void WriteOldSource(string path)
    {
        JsonNode source = JsonNode.Parse(File.ReadAllBytes(_source))!;
        foreach (JsonNode? layer in source["layers"]!.AsArray())
        {
            if ((int)layer!["dimension_id"]! % 2 == 1 && (string?)layer["content"] is { Length: > 0 } content)
                layer["content"] = string.Concat(content.EnumerateRunes().SkipLast(1));
        }

        File.WriteAllText(path, source.ToJsonString(), new UTF8Encoding(false));
    }

    /// <summary>Starts a conversion and kills it; whether it was still running.</summary>
    /// <param name="isAimed">Whether to count from the first new name, rather than from the start.</param>
    /// <param name="after">Milliseconds to wait.</param>
    private bool Kill(bool isAimed, double after)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using Process process = Start(_source, _folder);
        if (isAimed)
            after += AwaitNaming(process, watch);
        double sleep = after - watch.Elapsed.TotalMilliseconds - 2;
        if (sleep > 1)
            process.WaitForExit((int)sleep);
        while (watch.Elapsed.TotalMilliseconds < after && !process.HasExited)
            Thread.SpinWait(20);
        process.Kill();
        process.WaitForExit();
        return process.ExitCode != 0;
    }

    /// <summary>Waits until the first new region file has its name, or the process ends; milliseconds of the watch.</summary>
    private double AwaitNaming(Process process, Stopwatch watch)
    {
        while (!File.Exists(_firstNewRegion) && !process.HasExited)
            Thread.SpinWait(20);
        return watch.Elapsed.TotalMilliseconds;
    }

    private bool IsOldOrThrow()
    {
        VerificationReport report = DataSetVerifier.Verify(_folder);
        if (!report.IsValid)
            throw new InvalidDataException("The data set does not verify.");
        byte[] manifest = File.ReadAllBytes(Path.Combine(_folder, DataSetManifest.FileName));
        if (manifest.AsSpan().SequenceEqual(_oldManifest))
            return true;
        return manifest.AsSpan().SequenceEqual(_newManifest)
            ? false
            : throw new InvalidDataException("The manifest is neither the old one nor the new one.");
    }

    /// <summary>Converts again, and checks that the data set is the new one and no file is there that should not be.</summary>
    private void Recover()
    {
        Convert(_source, _folder);
        if (IsOldOrThrow())
            throw new InvalidDataException("The next conversion left the old data set.");
        foreach (string path in Directory.EnumerateFileSystemEntries(_folder))
        {
            if (!_bothGenerations.Contains(Path.GetFileName(path)))
                throw new InvalidDataException($"'{Path.GetFileName(path)}' is left over after the next conversion.");
        }
    }

    private void Convert(string source, string folder)
    {
        using Process process = Start(source, folder);
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidDataException($"A conversion that nobody disturbed ended with {process.ExitCode}.");
    }

    private Process Start(string source, string folder)
    {
        bool isLibrary = Path.GetExtension(_command).Equals(".dll", StringComparison.OrdinalIgnoreCase);
        ProcessStartInfo start = new(isLibrary ? "dotnet" : _command);
        foreach (string argument in (string[])[.. isLibrary ? ["exec", _command] : Array.Empty<string>(), "convert", source, "-o", folder, "--quiet"])
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static IEnumerable<string> RegionsOf(byte[] manifest) =>
        DataSetManifest.Parse(manifest).Dimensions.Select(static entry => entry.File);

    private static void CopyFolder(string from, string to)
    {
        if (Directory.Exists(to))
            Directory.Delete(to, recursive: true);
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}

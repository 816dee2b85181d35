using System.Globalization;
using Lamina.Format.Tests.Fuzzing;
using SharpFuzz;

// Deep nesting is for the library to refuse, not for the stack to end.
const int StackSize = 256 * 1024 * 1024;

if (args is not ([_] or ["seeds" or "check", _, _, ..]))
{
    Console.Error.WriteLine("""
        Lamina.Fuzz TARGET                   runs under afl-fuzz: one input after the other from standard input
        Lamina.Fuzz seeds TARGET FOLDER      writes the inputs to begin with
        Lamina.Fuzz check TARGET FILE...     runs inputs that were found; with a library that is not instrumented
        """);
    return 2;
}

Thread worker = new(() => Run(args), StackSize);
worker.Start();
worker.Join();
return 0;

static void Run(string[] args)
{
    switch (args)
    {
        case ["seeds", string name, string folder]:
            WriteSeeds(FuzzTargets.Find(name), folder);
            break;
        case ["check", string name, ..]:
            IFuzzTarget checkedTarget = FuzzTargets.Find(name);
            foreach (string path in args[2..])
                Console.WriteLine($"{path}: {checkedTarget.Check(checkedTarget.Repair(File.ReadAllBytes(path)))}");
            break;
        default:
            IFuzzTarget target = FuzzTargets.Find(args[0]);
            Fuzzer.Run(stream =>
            {
                using MemoryStream input = new();
                stream.CopyTo(input);
                target.Check(target.Repair(input.ToArray()));
            });
            break;
    }
}

static void WriteSeeds(IFuzzTarget target, string folder)
{
    Directory.CreateDirectory(folder);
    int count = 0;
    foreach (byte[] seed in target.Seeds(new Random(1)).Where(static seed => seed.Length > 0))
        File.WriteAllBytes(Path.Combine(folder, (count++).ToString("d4", CultureInfo.InvariantCulture)), seed);
}

using Lamina.Format.Verification;

namespace Lamina.Bench.Checks;

/// <summary>Flips single bits and counts the flips that verification misses.</summary>
internal static class BitFlips
{
    /// <summary>Flips <paramref name="places"/> bits, one at a time; 0 if every flip was found.</summary>
    public static int Run(string path, int places, int seed)
    {
        bool isDataSet = Directory.Exists(path) || Path.GetFileName(path) == "manifest.json";
        string folder = Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;
        string copy = Directory.CreateTempSubdirectory("lamina-flip-").FullName;
        try
        {
            foreach (string file in isDataSet ? Directory.GetFiles(folder) : [path])
                File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
            string[] targets = Directory.Exists(path)
                ? Directory.GetFiles(copy)
                : [Path.Combine(copy, Path.GetFileName(path))];
            string whole = isDataSet ? copy : targets[0];
            if (!DataSetVerifier.Verify(whole).IsValid)
                throw new InvalidDataException($"'{path}' is not whole to begin with.");

            Random random = new(seed);
            int missed = 0;
            for (int i = 0; i < places; i++)
            {
                string target = targets[random.Next(targets.Length)];
                long offset = random.NextInt64(new FileInfo(target).Length);
                int bit = random.Next(8);
                Flip(target, offset, bit);
                if (DataSetVerifier.Verify(whole).IsValid)
                {
                    missed++;
                    Console.Error.WriteLine($"Missed: bit {bit} of byte {offset} of {Path.GetFileName(target)}.");
                }

                Flip(target, offset, bit);
            }

            Console.WriteLine($"{places} bits flipped, {places - missed} found, {missed} missed");
            return missed == 0 ? 0 : 1;
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static void Flip(string file, long offset, int bit)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = offset;
        int value = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(value ^ (1 << bit)));
    }
}

namespace Lamina.Cli.Commands;

/// <summary>Guesses what a misspelt word was meant to be.</summary>
internal static class Closest
{
    private const int LongestWord = 64;

    /// <summary>The first of the <paramref name="known"/> words that are nearest, if one is near enough to be meant.</summary>
    public static string? To(string given, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = Math.Max(1, given.Length / 3) + 1;
        foreach (string word in known)
        {
            if (Math.Abs(word.Length - given.Length) >= bestDistance || word.Length > LongestWord)
                continue;
            int distance = Distance(given, word);
            if (distance < bestDistance)
                (best, bestDistance) = (word, distance);
        }

        return best;
    }

    /// <summary>Characters to insert, remove or exchange to get from one word to the other; case does not count.</summary>
    private static int Distance(string a, string b)
    {
        Span<int> row = stackalloc int[LongestWord + 1];
        for (int j = 0; j <= b.Length; j++)
            row[j] = j;
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int exchanged = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}

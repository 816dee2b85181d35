using System.Globalization;
using System.Text;

namespace Lamina.Bench.Data;

/// <summary>WordNet 3.0: lexicographer files are dimensions, synonym sets are layers, their glosses contents.</summary>
/// <remarks>117,659 layers, of 80 bytes in the middle: what a dictionary of small texts looks like.</remarks>
internal sealed class WordNetMaker : ISourceMaker
{
    public const string Folder = "/usr/share/wordnet";
    public const string Install = "apt-get install -y wordnet-base";

    private const string Files =
        "adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body noun.cognition " +
        "noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object noun.person " +
        "noun.phenomenon noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape noun.state " +
        "noun.substance noun.time verb.body verb.change verb.cognition verb.communication verb.competition verb.consumption " +
        "verb.contact verb.creation verb.emotion verb.motion verb.perception verb.possession verb.social verb.stative " +
        "verb.weather adj.ppl";

    private static readonly (char Part, string Name)[] Parts = [('n', "noun"), ('v', "verb"), ('a', "adj"), ('r', "adv")];

    private readonly List<SynonymSet> _layers;

    /// <exception cref="MissingDataException">WordNet is not installed.</exception>
    public WordNetMaker()
    {
        if (!File.Exists(Path.Combine(Folder, "data.noun")))
            throw new MissingDataException($"WordNet is not installed: {Install}");
        Dictionary<(string, char, int, int), int> uses = ReadUses();
        Dictionary<(char, string), SynonymSet> sets = [];
        uint[] counts = new uint[Dimensions.Count + 1];
        foreach ((char part, string name) in Parts)
        {
            foreach (string line in Lines("data." + name).Where(static line => !line.StartsWith("  ", StringComparison.Ordinal)))
            {
                SynonymSet set = SynonymSet.Parse(line, uses);
                set.Number = counts[set.Dimension]++;
                sets.Add((part, line[..line.IndexOf(' ', StringComparison.Ordinal)]), set);
            }
        }

        foreach (SynonymSet set in sets.Values)
            set.Parent = set.Broader.Select(key => sets[key]).FirstOrDefault(broader => broader.Dimension == set.Dimension);
        _layers = [.. sets.Values.OrderBy(static set => (set.Dimension, set.Number))];
    }

    public IReadOnlyList<string> Dimensions { get; } = Files.Split(' ');

    public long? SizeBytes => null;

    public IEnumerable<SourceLayer> Layers() => _layers.Select(static set => new SourceLayer(
        set.Dimension, set.Number, set.Depth, set.Parent?.Number, set.Words, set.Frequency, Encoding.UTF8.GetBytes(set.Gloss)));

    private static IEnumerable<string> Lines(string file) => File.ReadLines(Path.Combine(Folder, file), Encoding.Latin1);

    /// <summary>How often each sense was used in the tagged texts: word, kind, file and sense of "word%kind:file:sense:: n count".</summary>
    private static Dictionary<(string, char, int, int), int> ReadUses()
    {
        Dictionary<(string, char, int, int), int> uses = [];
        foreach (string line in Lines("cntlist.rev"))
        {
            string[] fields = line.Split(' ');
            string[] sense = fields[0].Split('%', ':');
            (string, char, int, int) key = (sense[0], "_nvars"[Int(sense[1])], Int(sense[2]), Int(sense[3]));
            uses[key] = uses.GetValueOrDefault(key) + Int(fields[2]);
        }

        return uses;
    }

    private static int Int(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed class SynonymSet
    {
        public required ushort Dimension { get; init; }

        public required string[] Words { get; init; }

        public required double Frequency { get; init; }

        public required string Gloss { get; init; }

        public required (char Part, string Offset)[] Broader { get; init; }

        public uint Number { get; set; }

        public SynonymSet? Parent { get; set; }

        public int Depth
        {
            get
            {
                int depth = 0;
                for (SynonymSet? set = Parent; set is not null; set = set.Parent)
                    depth++;
                return depth;
            }
        }

        /// <summary>offset file kind words(hex) [word sense(hex)]… pointers [symbol offset part fields]… | gloss</summary>
        public static SynonymSet Parse(string line, Dictionary<(string, char, int, int), int> uses)
        {
            int bar = line.IndexOf(" | ", StringComparison.Ordinal);
            string[] fields = line[..bar].Split(' ');
            int file = Int(fields[1]);
            char kind = fields[2][0];
            int wordCount = Hex(fields[3]);
            string[] words = new string[wordCount];
            int count = 0;
            for (int i = 0; i < wordCount; i++)
            {
                string word = fields[4 + (2 * i)].Split('(')[0];
                words[i] = word.Replace('_', ' ');
                count += uses.GetValueOrDefault((word.ToLowerInvariant(), kind, file, Hex(fields[5 + (2 * i)])));
            }

            int pointers = 4 + (2 * wordCount);
            List<(char, string)> broader = [];
            for (int i = 0; i < Int(fields[pointers]); i++)
            {
                int at = pointers + 1 + (4 * i);
                if (fields[at] is "@" or "@i")
                    broader.Add((fields[at + 2][0] == 's' ? 'a' : fields[at + 2][0], fields[at + 1]));
            }

            return new SynonymSet
            {
                Dimension = (ushort)(file + 1),
                Words = words,
                Frequency = Math.Round(1 + Math.Log(1 + count), 4),
                Gloss = line[(bar + 3)..].Trim(),
                Broader = [.. broader],
            };
        }

        private static int Hex(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}

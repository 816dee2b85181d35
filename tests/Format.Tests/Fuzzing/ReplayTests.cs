namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Inputs that broke a law once, or go where few others go, under <c>fixtures/fuzz/</c>.</summary>
public class ReplayTests
{
    private static readonly IFuzzTarget[] Targets =
        [new RegionTarget(), new BlockTarget(), new ManifestTarget(), new InputTarget(isLines: false), new InputTarget(isLines: true)];

    public static TheoryData<string, string> Inputs()
    {
        TheoryData<string, string> inputs = [];
        foreach (IFuzzTarget target in Targets)
        {
            foreach (string path in FuzzFiles.CorpusOf(target))
                inputs.Add(target.Name, Path.GetFileName(path));
        }

        return inputs;
    }

    [Theory, MemberData(nameof(Inputs))]
    public void Check_InputOfTheCorpus_KeepsEveryLaw(string name, string file)
    {
        IFuzzTarget target = Targets.Single(target => target.Name == name);
        string path = FuzzFiles.CorpusOf(target).Single(path => Path.GetFileName(path) == file);

        Assert.NotEmpty(target.Check(File.ReadAllBytes(path)));
    }
}

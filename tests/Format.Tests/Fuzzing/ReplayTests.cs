namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Inputs that broke a law once, or go where few others go, under <c>fixtures/fuzz/</c>.</summary>
public class ReplayTests
{
    public static TheoryData<string, string> Inputs()
    {
        TheoryData<string, string> inputs = [];
        foreach (IFuzzTarget target in FuzzTargets.All)
        {
            foreach (string path in FuzzFiles.CorpusOf(target))
                inputs.Add(target.Name, Path.GetFileName(path));
        }

        return inputs;
    }

    [Theory, MemberData(nameof(Inputs))]
    public void Check_InputOfTheCorpus_KeepsEveryLaw(string name, string file)
    {
        IFuzzTarget target = FuzzTargets.Find(name);
        string path = FuzzFiles.CorpusOf(target).Single(path => Path.GetFileName(path) == file);

        Assert.NotEmpty(target.Check(File.ReadAllBytes(path)));
    }
}

using Xunit.Abstractions;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>
/// Whatever bytes come, only the documented exceptions come out, nothing hangs, nothing is read or written outside, no memory
/// is taken that the input does not justify, and library and oracle agree.
/// </summary>
/// <remarks><c>LAMINA_FUZZ_SECONDS</c> is the time for all targets together; <c>LAMINA_FUZZ_SEED</c> repeats a run.</remarks>
public class FuzzTests(ITestOutputHelper output)
{
    [Fact, Trait("Spec", "TRU-1"), Trait("Spec", "TRU-2"), Trait("Spec", "TRU-3")]
    public void Region_AnyBytes_AreReadOrRefusedAsByTheOracle() => Fuzz(new RegionTarget());

    [Fact, Trait("Spec", "BLK-8"), Trait("Spec", "BLK-9"), Trait("Spec", "TRU-4")]
    public void DecodeBlock_AnyBytes_AreDecodedOrRefusedAsByTheOracle() => Fuzz(new BlockTarget());

    [Fact, Trait("Spec", "MAN-2"), Trait("Spec", "MAN-7")]
    public void ParseManifest_AnyBytes_AreReadOrRefusedAsByTheOracle() => Fuzz(new ManifestTarget());

    [Fact]
    public void ReadInput_AnyBytesAsJson_AreReadOrRefusedAsBySystemTextJson() => Fuzz(new InputTarget(isLines: false));

    [Fact]
    public void ReadInput_AnyBytesAsJsonLines_AreReadOrRefusedAsBySystemTextJson() => Fuzz(new InputTarget(isLines: true));

    private void Fuzz(IFuzzTarget target)
    {
        string report = new FuzzRun(target, FuzzSettings.Seed, FuzzSettings.Duration).Run();
        output.WriteLine(report);
        Directory.CreateDirectory(FuzzFiles.Findings);
        File.WriteAllText(Path.Combine(FuzzFiles.Findings, target.Name + ".txt"), report + "\n");
    }
}

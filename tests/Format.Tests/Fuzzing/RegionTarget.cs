using System.Globalization;
using Lamina.Format.Reading;
using Lamina.Format.Tests.Oracle;
using Lamina.Format.Tests.Properties;
using Lamina.Format.Verification;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Region files: opening, descriptions, every accessor, every block, verification.</summary>
internal sealed class RegionTarget : IFuzzTarget
{
    private const int Regions = 64;

    // Objects of the reader, an exception and its text, whatever the file's size.
    private const long Overhead = 48 * 1024;

    public string Name => "region";

    public string Extension => "lamina";

    public IEnumerable<byte[]> Seeds(Random random) =>
    [
        .. FuzzFiles.Read("valid", "*.lamina"),
        .. FuzzFiles.Read("invalid", "*.lamina"),
        .. FuzzFiles.CorpusOf(this).Select(File.ReadAllBytes),
        .. Enumerable.Range(0, Regions).Select(i => Encode(OracleArbitraries.Build(random, i / 3))),
    ];

    public byte[] Mutate(byte[] input, byte[] other, Random random) => RegionMutator.Mutate(input, other, random);

    public byte[] Repair(byte[] input)
    {
        byte[] file = (byte[])input.Clone();
        new RegionRepair(file).FileLength().Fingerprint().Seal();
        return file;
    }

    public string Check(byte[] input)
    {
        OracleReading? expected = null;
        string clause = "accepted";
        try
        {
            expected = OracleDecoder.Decode(input);
        }
        catch (OracleFaultException e)
        {
            clause = e.Clause;
        }

        LaminaFormatException? fault = Read(input, expected, out string stage);
        if (fault is null)
        {
            Assert.True(expected is not null, $"The library reads what the oracle refuses by {clause}.");
            return "accepted";
        }

        Assert.InRange(fault.Offset, 0, input.Length);
        Assert.True(
            expected is null || (fault.Fault == FormatFault.BlockEncoding && !Lz4EndRules.Hold(expected)),
            $"The library refuses what the oracle reads: {fault.Fault}: {fault.Message}");
        return string.Create(CultureInfo.InvariantCulture, $"{stage} {fault.Fault} {clause}");
    }

    /// <summary>Reads everything; null if nothing is wrong.</summary>
    private static LaminaFormatException? Read(byte[] input, OracleReading? expected, out string stage)
    {
        stage = "Open";
        Allocation allocation = Allocation.Start();
        PinnedRegion opened;
        try
        {
            opened = new PinnedRegion(input);
        }
        catch (LaminaFormatException e)
        {
            allocation.AssertAtMost(Overhead);
            return e;
        }

        using (opened)
        {
            allocation.AssertAtMost(Overhead);
            LaminaFormatException? fault = ReadOpened(opened, input.Length, ref stage);
            LaminaFormatException? verified = Verify(opened.Region, input.Length);
            Assert.True(fault is null || verified is not null, $"Verification passes over what reading finds: {fault?.Message}");
            if (fault is null)
            {
                stage = "Verify";
                RegionWalk.LookAtEverything(opened.Region);
                if (expected is not null)
                    Assert.Equal(expected.Region.ToText(), opened.ToOracle().ToText());
            }

            Assert.True(opened.Bytes.SequenceEqual(input), "Reading changed the file.");
            return verified;
        }
    }

    private static LaminaFormatException? ReadOpened(PinnedRegion opened, int length, ref string stage)
    {
        LaminaFormatException? fault = null;
        Allocation allocation = Allocation.Start();
        try
        {
            stage = "Descriptions";
            _ = opened.Region.Descriptions;
        }
        catch (LaminaFormatException e)
        {
            fault = e;
        }

        allocation.AssertAtMost(Overhead + (2 * length));
        for (int block = 0; block < opened.Region.BlockCount; block++)
        {
            try
            {
                opened.Decode(block);
            }
            catch (LaminaFormatException e)
            {
                stage = fault is null ? "Decode" : stage;
                fault ??= e;
            }
        }

        return fault;
    }

    private static LaminaFormatException? Verify(Region region, int length)
    {
        long decoded = 0;
        for (int block = 0; block < region.BlockCount; block++)
            decoded = Math.Max(decoded, region.Blocks[block].DecodedLength);
        Assert.InRange(decoded, 0, 255L * length);
        Allocation allocation = Allocation.Start();
        try
        {
            RegionVerifier.Verify(region, null, CancellationToken.None);
            return null;
        }
        catch (LaminaFormatException e)
        {
            return e;
        }
        finally
        {
            // Pools hand out the next power of two.
            allocation.AssertAtMost(Overhead + (2 * length) + (2 * decoded));
        }
    }

    private static byte[] Encode(OracleCase @case) => OracleEncoder.Encode(@case.Region, @case.Options);
}

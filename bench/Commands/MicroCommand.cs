using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Lamina.Bench.Data;
using Lamina.Bench.Micro;

namespace Lamina.Bench.Commands;

/// <summary>Runs the BenchmarkDotNet classes on a data set.</summary>
internal static class MicroCommand
{
    public static void Run(DataSet dataSet)
    {
        ReadBenchmarks.Source = dataSet.Source;
        ReadBenchmarks.Folder = dataSet.Folder;

        // In this process: what is measured knows its data set, and nothing has to be built.
        Job job = Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance);
        BenchmarkRunner.Run<ReadBenchmarks>(
            DefaultConfig.Instance.AddJob(job).WithArtifactsPath(Path.Combine(dataSet.Folder, "micro")));
    }
}

using System.Globalization;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Lamina.EndToEnd.Tests.Package;

/// <summary>Whoever takes the packages gets code that need not be compiled when a program starts.</summary>
[Collection(PackageGroup.Name)]
public sealed class CompiledAheadTests(PackageFeed feed)
{
    // What the program itself, the framework and disposing may still take: 34 when this was written. Without compiled code it is over 200.
    private const int FewMethods = 60;

    /// <summary>Opens the data set, reads a layer, and writes how many methods that compiled and which libraries it used.</summary>
    private const string Program = """
        using System.Runtime;
        using App;
        using Lamina;
        using Lamina.Format;

        string folder = Path.Combine(AppContext.BaseDirectory, "dimensions");
        long before = JitInfo.GetCompiledMethodCount(currentThread: true);
        int length = Reader.LengthOfTheFirst(folder);
        long compiled = JitInfo.GetCompiledMethodCount(currentThread: true) - before;
        Console.WriteLine(length);
        Console.WriteLine(compiled);
        Console.WriteLine(typeof(MmapManager).Assembly.Location);
        Console.WriteLine(typeof(LaminaFormatException).Assembly.Location);

        internal static class Reader
        {
            public static int LengthOfTheFirst(string folder)
            {
                using MmapManager manager = MmapManager.Open(folder);
                using LayerLease joy = manager.Acquire(Emotion.Layers.Joy);
                return joy.Length;
            }
        }
        """;

    [Theory]
    [InlineData("Lamina", "Lamina.Runtime")]
    [InlineData("Lamina.Format", "Lamina.Format")]
    [InlineData("Lamina.Hosting", "Lamina.Hosting")]
    public void Pack_Library_IsCompiledForEachSystemAndPortableUnderLib(string package, string library)
    {
        using ZipArchive archive = ZipFile.OpenRead(Path.Combine(feed.Feed, $"{package}.{feed.Version}.nupkg"));

        Assert.False(IsCompiled("lib/net10.0/"));
        Assert.All(CompiledCode.Systems, system => Assert.True(IsCompiled($"runtimes/{system}/lib/net10.0/")));

        bool IsCompiled(string folder)
        {
            using Stream entry = archive.GetEntry(folder + library + ".dll")!.Open();
            using MemoryStream copy = new();
            entry.CopyTo(copy);
            copy.Position = 0;
            return CompiledCode.IsIn(copy);
        }
    }

    [CompiledFact]
    public async Task Build_ForAnySystem_RunsTheCodeOfThisOne()
    {
        Consumer app = feed.NewConsumer().WithApp().Write("Program.cs", Program);

        (await app.BuildAsync()).Succeeded();

        string[] lines = (await app.RunBuiltAsync()).Split('\n');
        Assert.Equal("20", lines[0]);
        Assert.InRange(int.Parse(lines[1], CultureInfo.InvariantCulture), 0, FewMethods);
        string expected = Path.Combine("runtimes", RuntimeInformation.RuntimeIdentifier, "lib", "net10.0");
        Assert.EndsWith(Path.Combine(expected, "Lamina.Runtime.dll"), lines[2], StringComparison.Ordinal);
        Assert.EndsWith(Path.Combine(expected, "Lamina.Format.dll"), lines[3], StringComparison.Ordinal);
    }

    [CompiledFact]
    public async Task Publish_ForThisSystem_BringsItsCodeAlone()
    {
        Consumer app = feed.NewConsumer().WithApp().Write("Program.cs", Program);

        (await app.PublishAsync("App.csproj", "-r", RuntimeInformation.RuntimeIdentifier, "--no-self-contained")).Succeeded();

        string[] lines = (await app.DotnetAsync(app.Path("out", "App.dll"))).Succeeded().Output.Split('\n');
        Assert.InRange(int.Parse(lines[1], CultureInfo.InvariantCulture), 0, FewMethods);
        Assert.True(CompiledCode.IsIn(app.Path("out", "Lamina.Runtime.dll")));
        Assert.True(CompiledCode.IsIn(app.Path("out", "Lamina.Format.dll")));
        Assert.False(Directory.Exists(app.Path("out", "runtimes")));
    }
}

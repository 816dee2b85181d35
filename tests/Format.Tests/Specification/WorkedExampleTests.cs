using System.Globalization;
using Lamina.Format.Conversion;
using Lamina.Format.Publishing;
using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Specification;

/// <summary>The worked example of the specification is what the converter makes of its source, byte for byte.</summary>
public sealed class WorkedExampleTests
{
    [Fact]
    [Trait("Spec", "GEN-1")]
    [Trait("Spec", "CAN-3")]
    public async Task Example_Converted_IsTheDumpOfTheSpecification()
    {
        string folder = Directory.CreateTempSubdirectory("lamina-example-").FullName;
        try
        {
            string source = Path.Combine(Repository.Root, "format-spec", "example", "dimensions.json");
            ConversionResult result = await DataSetConverter.ConvertAsync(
                source, folder, new ConversionOptions { Level = CompressionLevel.None });
            ManifestEntry entry = Assert.Single(result.Manifest.Dimensions);
            byte[] region = await File.ReadAllBytesAsync(Path.Combine(folder, entry.File));
            string manifest = await File.ReadAllTextAsync(Path.Combine(folder, DataSetManifest.FileName));
            string chapter = Chapter(await File.ReadAllTextAsync(source), manifest, AnnotatedDump.Of(region), region.Length);

            string path = Path.Combine(Repository.Root, "format-spec", "13-example.md");
            if (Repository.UpdatesFixtures)
                await File.WriteAllTextAsync(path, chapter);
            Assert.Equal(chapter, await File.ReadAllTextAsync(path));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Chapter(string source, string manifest, string dump, int length) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
         # 13 Worked example

         The source [`example/dimensions.json`](example/dimensions.json), converted with the codec `none`:

         ```json
         {source.TrimEnd()}
         ```

         The manifest:

         ```json
         {manifest.TrimEnd()}
         ```

         The region file, {length} bytes. The first column is the offset in hexadecimal, the last what the bytes mean. A test converts
         the source again and holds the result against this chapter.

         ```
         {dump.TrimEnd()}
         ```

         """);
}

using System.Text.Unicode;
using Lamina.Format.Conversion;
using Lamina.Format.Inspection;
using Lamina.Format.Layout;
using Lamina.Format.Reading;

namespace Lamina.Format.Export;

/// <summary>Writes a data set as the <c>dimensions.json</c> that it could have been converted from.</summary>
/// <remarks>
/// Converted with the same options, the export gives the same region files. Every property that the author declared is
/// written, and each layer's depth; a content that is not UTF-8 becomes <c>content_base64</c>, and one made up by simulation
/// is left out, since a source has none there.
/// </remarks>
public static class DataSetExporter
{
    /// <summary>Exports the data set or region file at <paramref name="path"/>.</summary>
    /// <param name="path">A data set's folder, its <c>manifest.json</c>, or one region file.</param>
    /// <param name="output">Takes the text, UTF-8 without byte order mark, one dimension or layer a line. Not closed.</param>
    /// <param name="syntax">How the text is written.</param>
    /// <param name="progress">Told the content bytes written and those in all, from time to time.</param>
    /// <param name="cancellationToken">Stops the export; the output then holds a part of the text.</param>
    /// <exception cref="FileNotFoundException">There is nothing at <paramref name="path"/>.</exception>
    /// <exception cref="LaminaFormatException">A file is damaged, of another version, or not there; the output may hold a part
    /// of the text.</exception>
    /// <exception cref="IOException">A file could not be read, or the output not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    /// <exception cref="OperationCanceledException">The export was cancelled.</exception>
    public static ExportResult Export(
        string path,
        Stream output,
        InputSyntax syntax = InputSyntax.Json,
        IProgress<(long Done, long Total)>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        DataSetFiles files = DataSetFiles.Find(path);
        SourceWriter writer = new(output, syntax);
        writer.Begin();
        long total = 0;
        foreach (RegionFile file in files.Regions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using RegionReader reader = file.Open();
            WriteDimension(writer, reader.Open);
            total += reader.Open.ContentLength;
        }

        writer.BeginLayers();
        Counter counter = new(progress, total);
        foreach (RegionFile file in files.Regions)
        {
            using RegionReader reader = file.Open();
            for (int i = 0; i < reader.LayerCount; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WriteLayer(writer, reader, i, counter);
            }
        }

        writer.End();
        return new ExportResult(files.Regions.Count, counter.Layers, counter.Base64Layers, counter.SimulatedLayers, writer.BytesWritten);
    }

    private static void WriteDimension(SourceWriter writer, Region region)
    {
        writer.BeginObject();
        writer.Number("id"u8, region.Dimension.Value);
        if (region.Descriptions.DimensionName is { IsEmpty: false } name)
            writer.Text("name"u8, name);
        if (region.FrequencyMin is { } min)
            writer.Number("frequency_min"u8, min);
        if (region.FrequencyMax is { } max)
            writer.Number("frequency_max"u8, max);
        if (region.SizeBytes is { } size)
            writer.Number("size_bytes"u8, size);
        writer.EndObject();
    }

    private static void WriteLayer(SourceWriter writer, RegionReader reader, int index, Counter counter)
    {
        Region region = reader.Open;
        RegionDescriptions descriptions = region.Descriptions;
        LayerEntry layer = descriptions.Layers[index];
        LayerFlags flags = (LayerFlags)layer.Flags;
        writer.BeginObject();
        writer.Number("dimension_id"u8, region.Dimension.Value);
        writer.Number("layer_num"u8, region.NumberOf(index));
        if (descriptions.NameOf(index) is { IsEmpty: false } name)
            writer.Text("name"u8, name);
        writer.Number("depth"u8, layer.Depth);
        if (layer.Parent != LayerEntry.NoParent)
            writer.Number("parent_layer"u8, region.NumberOf((int)layer.Parent));
        if (descriptions.KeywordsOf(index) is { IsEmpty: false } keywords)
        {
            writer.BeginTexts("keywords"u8);
            foreach (uint keyword in keywords)
                writer.Text(descriptions.Keyword((int)keyword));
            writer.EndTexts();
        }

        if (flags.HasFlag(LayerFlags.HasFrequency))
            writer.Number("frequency"u8, layer.Frequency);

        counter.Layers++;
        if (flags.HasFlag(LayerFlags.Simulated))
            counter.SimulatedLayers++;
        else
            WriteContent(writer, reader.ContentOf(index), counter);
        writer.EndObject();
        counter.Advance(region.Locations[index].Length);
    }

    private static void WriteContent(SourceWriter writer, ReadOnlySpan<byte> content, Counter counter)
    {
        if (Utf8.IsValid(content))
        {
            writer.Text("content"u8, content);
            return;
        }

        writer.Base64("content_base64"u8, content);
        counter.Base64Layers++;
    }

    /// <summary>Counts what was written, and tells the caller of it about every mebibyte.</summary>
    private sealed class Counter(IProgress<(long Done, long Total)>? progress, long total)
    {
        private const long Step = 1 << 20;

        private long _done;
        private long _told;

        public long Layers { get; set; }

        public long Base64Layers { get; set; }

        public long SimulatedLayers { get; set; }

        public void Advance(long bytes)
        {
            _done += bytes;
            if (_done - _told < Step && _done != total)
                return;
            _told = _done;
            progress?.Report((_done, total));
        }
    }
}

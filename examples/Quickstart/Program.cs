using System.Globalization;
using System.Text;
using Lamina;
using Quickstart;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// The build converted dimensions.json to the folder of the same name. Opening reads its manifest; regions are mapped when needed.
using MmapManager manager = MmapManager.Open(Path.Combine(AppContext.BaseDirectory, "dimensions"));

// A lease: the span is valid, and zero-copy, until the lease is disposed.
using (LayerLease joy = manager.Acquire(Emotion.Layers.Joy))
    Console.WriteLine($"{Emotion.Layers.Joy} {Encoding.UTF8.GetString(joy.Span)}");

// A callback: the span cannot escape. Here it counts words without a copy.
int words = manager.Read(Cognition.Layers.WorkingMemory, (byte)' ', static (text, space) => text.Count(space) + 1);
Console.WriteLine($"{Cognition.Layers.WorkingMemory} has {words} words.");

// A scope: many layers under one protection.
using (ReadScope scope = manager.BeginScope())
{
    foreach (LayerId layer in Emotion.Layers.All)
        Console.WriteLine($"  {layer}  {scope[layer].Length,3} bytes");
}

// A copy, for code that keeps it.
string grief = manager.ReadText(Emotion.Layers.Grief);
Console.WriteLine($"{Emotion.Name}, {Emotion.FrequencyMin} to {Emotion.FrequencyMax} Hz: {grief}");

foreach (DimensionSchema dimension in Dimensions.All)
    Console.WriteLine($"{dimension.Id} {dimension.Name}: {dimension.LayerCount} layers");

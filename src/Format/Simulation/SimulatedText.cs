using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Lamina.Format.Simulation;

/// <summary>
/// The text that stands in for a layer's missing content, made from what is known of the layer. The same layer has the same
/// text on every machine. Not thread-safe. Spec: chapter "Canonical form", the text of simulated layers.
/// </summary>
internal sealed class SimulatedText
{
    private static readonly string[] Guidance =
    [
        "set the frame that the layers below fill in",
        "build on the parent layer and name what is particular here",
        "refine the parent layer with concrete detail",
        "give the finest grain and leave the frame to the layers above",
    ];

    private readonly ArrayBufferWriter<byte> _text = new(512);
    private int _depth;
    private int _keywords;

    /// <summary>Begins the text of a layer.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="name">Its name in UTF-8, empty if it has none.</param>
    /// <param name="depth">Its depth.</param>
    /// <param name="parent">Its parent, if it has one.</param>
    /// <param name="frequency">Its frequency in hertz, if it has one.</param>
    public void Begin(LayerId layer, ReadOnlySpan<byte> name, int depth, LayerId? parent, double? frequency)
    {
        _text.ResetWrittenCount();
        _depth = depth;
        _keywords = 0;

        _text.Write("[simulated] "u8);
        if (name.IsEmpty)
            Write($"{layer}");
        else
            _text.Write(name);
        Write($"\nLayer {layer}, depth {depth}");
        if (parent is LayerId above)
            Write($", parent {above}");
        _text.Write(".\n"u8);
        if (frequency is double hertz)
            Write($"Frequency {Decimal(hertz)} Hz, {Band(hertz)} band.\n");
    }

    /// <summary>Adds a keyword, in UTF-8.</summary>
    public void AddKeyword(ReadOnlySpan<byte> keyword)
    {
        _text.Write(_keywords++ == 0 ? "Keywords: "u8 : ", "u8);
        _text.Write(keyword);
    }

    /// <summary>Ends the text.</summary>
    /// <returns>The text in UTF-8; valid until the next <see cref="Begin"/>.</returns>
    public ReadOnlyMemory<byte> End()
    {
        if (_keywords > 0)
            _text.Write(".\n"u8);
        Write($"Guidance: {Guidance[Math.Min(_depth, Guidance.Length - 1)]}.");
        return _text.WrittenMemory;
    }

    private static string Band(double hertz) => hertz switch
    {
        < 4 => "delta",
        < 8 => "theta",
        < 13 => "alpha",
        < 30 => "beta",
        _ => "gamma",
    };

    /// <summary>The shortest digits that read back as <paramref name="value"/>, without an exponent.</summary>
    private static string Decimal(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int e = shortest.IndexOf('E', StringComparison.Ordinal);
        if (e < 0)
            return shortest;

        int exponent = int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        string digits = shortest[..e].Replace(".", string.Empty, StringComparison.Ordinal);
        return exponent < 0
            ? "0." + new string('0', -exponent - 1) + digits
            : digits.PadRight(exponent + 1, '0');
    }

    private void Write(DefaultInterpolatedStringHandler text) =>
        Encoding.UTF8.GetBytes(text.ToStringAndClear().AsSpan(), _text);
}

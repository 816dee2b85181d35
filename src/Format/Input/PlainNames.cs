using System.Runtime.Intrinsics;
using System.Text;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>
/// Knows a layer's properties by the way their names are written nearly always, <c>"name":</c>, and guesses that one layer's
/// come in the order of the layer before it: then a name costs one comparison. Not thread-safe.
/// </summary>
internal sealed class PlainNames
{
    /// <summary>Bytes looked at, whatever the name.</summary>
    public const int Width = 16;

    private static readonly InputProperty[] Properties =
    [
        InputProperty.DimensionId, InputProperty.LayerNum, InputProperty.Name, InputProperty.Depth, InputProperty.ParentLayer,
        InputProperty.Keywords, InputProperty.Frequency, InputProperty.MmapOffset, InputProperty.Content,
    ];

    private static readonly Pattern[] Patterns = new Pattern[Properties.Length];

    // Which pattern came where in the layer before.
    private readonly int[] _guesses = new int[Properties.Length];

    // Loops, since queries over a structure of ours cannot be compiled ahead.
    static PlainNames()
    {
        for (int i = 0; i < Patterns.Length; i++)
            Patterns[i] = new Pattern(Properties[i]);
    }

    public PlainNames()
    {
        for (int i = 0; i < _guesses.Length; i++)
            _guesses[i] = i;
    }

    /// <summary>Reads the name that <paramref name="text"/> begins with.</summary>
    /// <param name="text">At least <see cref="Width"/> bytes.</param>
    /// <param name="place">How many properties of the layer came before.</param>
    /// <param name="length">The length of the name, its quotes and the colon.</param>
    /// <returns>The property; <see cref="InputProperty.Unknown"/> if none is named in this way.</returns>
    public InputProperty Read(ReadOnlySpan<byte> text, int place, out int length)
    {
        Vector128<byte> bytes = Vector128.Create(text);
        if ((uint)place < (uint)_guesses.Length)
        {
            ref readonly Pattern guess = ref Patterns[_guesses[place]];
            if (guess.Matches(bytes))
            {
                length = guess.Length;
                return guess.Property;
            }
        }

        return Find(text, place, out length);
    }

    // Not a vector as a parameter: how one is passed is not settled, so that neither this nor what calls it could be compiled ahead.
    private InputProperty Find(ReadOnlySpan<byte> text, int place, out int length)
    {
        Vector128<byte> bytes = Vector128.Create(text);
        for (int i = 0; i < Patterns.Length; i++)
        {
            if (!Patterns[i].Matches(bytes))
                continue;
            if (place < _guesses.Length)
                _guesses[place] = i;
            length = Patterns[i].Length;
            return Patterns[i].Property;
        }

        length = 0;
        return InputProperty.Unknown;
    }

    private readonly struct Pattern
    {
        private readonly Vector128<byte> _text;
        private readonly Vector128<byte> _mask;

        public Pattern(InputProperty property)
        {
            byte[] text = Encoding.UTF8.GetBytes($"\"{InputPropertyNames.NameOf(property)}\":");
            Property = property;
            Length = text.Length;
            Span<byte> padded = stackalloc byte[Width];
            Span<byte> mask = stackalloc byte[Width];
            padded.Clear();
            mask.Clear();
            text.CopyTo(padded);
            mask[..text.Length].Fill(byte.MaxValue);
            _text = Vector128.Create((ReadOnlySpan<byte>)padded);
            _mask = Vector128.Create((ReadOnlySpan<byte>)mask);
        }

        public InputProperty Property { get; }

        public int Length { get; }

        public bool Matches(Vector128<byte> bytes) => (bytes & _mask) == _text;
    }
}

using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>A set of properties.</summary>
internal readonly struct InputPropertySet
{
    private readonly uint _bits;

    /// <summary>The set of <paramref name="properties"/>.</summary>
    public InputPropertySet(params ReadOnlySpan<InputProperty> properties)
    {
        foreach (InputProperty property in properties)
            _bits |= Bit(property);
    }

    private InputPropertySet(uint bits) => _bits = bits;

    public bool Contains(InputProperty property) => (_bits & Bit(property)) != 0;

    public bool Overlaps(InputPropertySet other) => (_bits & other._bits) != 0;

    public InputPropertySet With(InputProperty property) => new(_bits | Bit(property));

    public InputPropertySet With(InputPropertySet other) => new(_bits | other._bits);

    public InputPropertySet Without(InputPropertySet other) => new(_bits & ~other._bits);

    /// <summary>The names, as a sentence lists them.</summary>
    public override string ToString()
    {
        List<string> names = [];
        foreach (InputProperty property in Enum.GetValues<InputProperty>())
        {
            if (Contains(property))
                names.Add($"'{InputPropertyNames.NameOf(property)}'");
        }

        return string.Join(", ", names[..^1]) + " and " + names[^1];
    }

    private static uint Bit(InputProperty property) => 1u << (int)property;
}

namespace Lamina.Generator.Naming;

/// <summary>Finds which of the identifiers of one scope are taken. See <see cref="NameRules"/>.</summary>
internal sealed class NameTable
{
    private readonly Dictionary<string, int> _uses = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _reserved;
    private readonly char _numberLetter;

    /// <summary>Begins a scope.</summary>
    /// <param name="numberLetter">The letter of the scope's names by number, <c>L</c> or <c>D</c>.</param>
    /// <param name="reserved">The identifiers that have a meaning in the scope.</param>
    public NameTable(char numberLetter, string[] reserved)
    {
        _numberLetter = numberLetter;
        _reserved = new HashSet<string>(reserved, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Counts a use of <paramref name="identifier"/>.</summary>
    public void Add(string identifier) =>
        _uses[identifier] = _uses.TryGetValue(identifier, out int uses) ? uses + 1 : 1;

    /// <summary>Whether <paramref name="identifier"/>, once added, needs its number as a suffix.</summary>
    /// <param name="identifier">The identifier that a name gives.</param>
    /// <param name="byNumber">What its owner would be called without a name.</param>
    public bool IsTaken(string identifier, string byNumber) =>
        _uses[identifier] > 1
        || _reserved.Contains(identifier)
        || NameRules.LooksLikeNumber(identifier, _numberLetter) && identifier != byNumber;
}

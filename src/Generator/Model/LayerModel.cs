namespace Lamina.Generator.Model;

/// <summary>What a layer's generated code is made of. Holds no content but the first line that documents it.</summary>
/// <param name="Number">The layer's number.</param>
/// <param name="Name">Its name; null if it has none.</param>
/// <param name="HasMember">Whether it gets a member; if not, what documents one is null.</param>
/// <param name="Member">The member for it; null if it is <c>L</c> and the number.</param>
/// <param name="Parent">The index of its parent among the dimension's layers, or -1.</param>
/// <param name="Depth">How many ancestors it has.</param>
/// <param name="Frequency">Its frequency in Hz; null if it has none.</param>
/// <param name="Keywords">Its first keywords, for the documentation; null without any.</param>
/// <param name="FirstLine">The first line of its content, cut to a limit; null without any.</param>
internal readonly record struct LayerModel(
    uint Number,
    string? Name,
    bool HasMember,
    string? Member,
    int Parent,
    int Depth,
    double? Frequency,
    string? Keywords,
    string? FirstLine)
{
    /// <summary>The member for the layer.</summary>
    public string MemberName => Member ?? Naming.NameRules.UnnamedLayer(Number);
}

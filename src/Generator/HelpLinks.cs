using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Lamina.Generator;

/// <summary>Where the page of each rule is. The package has the pages, so that depends on where the package lies.</summary>
/// <param name="Base">What comes before a page's file name, with a slash at its end; empty if it is not known.</param>
internal sealed record HelpLinks(string Base)
{
    private const string Property = "build_property.LaminaHelpLinkBase";

    /// <summary>Reads it from a project's properties, which the package's targets set.</summary>
    public static HelpLinks Of(AnalyzerConfigOptions project)
    {
        string address = project.TryGetValue(Property, out string? value) ? value.Trim() : "";
        return new HelpLinks(address.Length == 0 || address.EndsWith("/", StringComparison.Ordinal) ? address : address + "/");
    }

    /// <summary>The rule with the address of its page. The compiler takes it for the rule, which it knows by its id.</summary>
    public DiagnosticDescriptor Link(DiagnosticDescriptor rule) => new(
        rule.Id,
        rule.Title,
        rule.MessageFormat,
        rule.Category,
        rule.DefaultSeverity,
        rule.IsEnabledByDefault,
        rule.Description,
        Base.Length == 0 ? null : Base + rule.Id + ".md",
        [.. rule.CustomTags]);
}

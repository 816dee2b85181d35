using System.Xml.Linq;

namespace Lamina.EndToEnd.Tests.Documentation;

/// <summary>What the build of a project takes, as the package's own file says it.</summary>
internal static class BuildOptions
{
    /// <summary>The metadata of a <c>LaminaDataSet</c>.</summary>
    public static IEnumerable<string> Metadata(XElement props) =>
        props.Elements("ItemDefinitionGroup").Elements("LaminaDataSet").Elements()
            .Select(static element => element.Name.LocalName);

    /// <summary>The properties that set something; what begins with an underscore is the build's own.</summary>
    public static IEnumerable<string> Properties(XElement props) =>
        props.Elements("PropertyGroup").Elements().Select(static element => element.Name.LocalName)
            .Concat(props.Descendants("CompilerVisibleProperty").Select(static element => element.Attribute("Include")!.Value))
            .Where(static name => name[0] != '_').Distinct(StringComparer.Ordinal);
}

using System.Text;
using Lamina.Generator.Model;
using Lamina.Generator.Naming;

namespace Lamina.Generator.Emission;

/// <summary>Names the generated files after their classes; the compiler tells them apart whatever the case of letters.</summary>
internal static class HintNames
{
    private const string Extension = ".g.cs";

    public static string Of(DataSetIndex index) => Plain(index.Options.Namespace) + "." + DataSetNames.IndexClass + Extension;

    public static string Of(DimensionModel dimension)
    {
        string plain = Plain(dimension.ClassName);

        // Identifiers that differ only in what a file's name cannot have would meet; their numbers differ.
        string name = plain == dimension.ClassName ? plain : plain + "." + NameRules.UnnamedDimension(dimension.Id);
        return Plain(dimension.Options.Namespace) + "." + name + Extension;
    }

    private static string Plain(string text)
    {
        StringBuilder plain = new(text.Length);
        foreach (char c in text)
        {
            if (c != '@')
                plain.Append(char.IsLetterOrDigit(c) || c is '_' or '.' ? c : '_');
        }

        return plain.ToString();
    }
}

using System.Text;
using Lamina.Generator.Model;
using Lamina.Generator.Naming;

namespace Lamina.Generator.Emission;

/// <summary>Writes the class that lists a data set's dimensions.</summary>
internal static class IndexEmitter
{
    public static StringBuilder Emit(DataSetIndex index)
    {
        SourceWriter writer = new();
        FileHeader.Write(writer, index.FileName, index.Options.Namespace);
        writer.Doc("summary", "The dimensions of " + XmlText.Of(index.FileName) + ".");
        FileHeader.Class(writer, index.Options, DataSetNames.IndexClass);

        writer.Doc("summary", "What the program knows of each dimension, by ascending number.");
        writer.Line(
            "public static global::System.Collections.Generic.IReadOnlyList<global::Lamina.DimensionSchema> All { get; } =");
        writer.Shift(1);
        writer.Line("global::System.Array.AsReadOnly(new global::Lamina.DimensionSchema[]");
        writer.Open();
        foreach (DimensionEntry dimension in index.Dimensions)
            writer.Line(dimension.ClassName + ".Schema,");
        writer.Shift(-1);
        writer.Line("});");
        writer.Shift(-1);

        WriteTryParse(writer, index);
        writer.Close();
        return writer.Text;
    }

    private static void WriteTryParse(SourceWriter writer, DataSetIndex index)
    {
        writer.Line();
        writer.Doc("summary", "Finds a dimension by its name, compared ordinally.");
        writer.Doc("returns", "Whether a dimension has the name; of several, the one with the lowest number is given.");
        writer.Line("public static bool TryParse(global::System.ReadOnlySpan<char> name, out global::Lamina.DimensionId id)");
        writer.Open();
        HashSet<string> seen = new(StringComparer.Ordinal);
        List<DimensionEntry> named = new();
        foreach (DimensionEntry dimension in index.Dimensions)
        {
            if (dimension.Name is not null && seen.Add(dimension.Name))
                named.Add(dimension);
        }

        if (named.Count == 0)
        {
            writer.Line("// No dimension has a name.");
            writer.Line("id = default;");
            writer.Line("return false;");
            writer.Close();
            return;
        }

        writer.Line("id = name switch");
        writer.Open();
        foreach (DimensionEntry dimension in named)
            writer.Line(Literals.String(dimension.Name!) + " => " + dimension.ClassName + ".Id,");
        writer.Line("_ => default,");
        writer.Shift(-1);
        writer.Line("};");
        writer.Line("return id != default;");
        writer.Close();
    }
}

using System.Globalization;
using System.Text;
using Lamina.Generator.Model;
using Lamina.Generator.Naming;

namespace Lamina.Generator.Emission;

/// <summary>Writes what gives the layers of a dimension their names in code.</summary>
/// <remarks>
/// Members are properties of a class, constants to the just-in-time compiler. The compiler binds, analyses and emits a body for
/// each, a quarter of a millisecond. So the many of a large dimension are fields of a structure, which it only declares, and
/// the program fills in all at once when it uses the first. In code both read alike, <c>Emotion.Layers.Joy</c>.
/// </remarks>
internal sealed class LayersEmitter
{
    /// <summary>A dimension with more members has fields.</summary>
    private const int MaxProperties = 256;

    /// <summary>A dimension with more has no documentation for each, which nobody reads through and the compiler does.</summary>
    private const int MaxDocumentedFields = 1024;

    /// <summary>The runtime loads no type with more fields; what members there are above it are properties again.</summary>
    private const int MaxFields = 65_535;

    private const string LayerId = "global::Lamina.LayerId";
    private const string LayerIdSpan = "global::System.ReadOnlySpan<" + LayerId + ">";
    private const string Interop = "global::System.Runtime.InteropServices.";

    private readonly SourceWriter _writer;
    private readonly DimensionModel _dimension;
    private readonly List<LayerModel> _members;
    private readonly string _text;
    private readonly string _id;
    private readonly string _schema;

    public LayersEmitter(SourceWriter writer, DimensionModel dimension)
    {
        _writer = writer;
        _dimension = dimension;
        _text = NameRules.UnnamedDimension(dimension.Id);
        _id = dimension.Id.ToString(CultureInfo.InvariantCulture);

        // A layer may be called Schema, or like the dimension.
        _schema = "global::" + dimension.Options.Namespace + "." + dimension.ClassName + ".Schema";
        _members = new List<LayerModel>(dimension.Layers.Count);

        // Numbers that are there twice, which is an error, can lead to one name.
        HashSet<string>? names = dimension.IsWhole ? null : new(StringComparer.Ordinal);
        foreach (LayerModel layer in dimension.Layers)
        {
            if (layer.HasMember && names?.Add(layer.MemberName) != false)
                _members.Add(layer);
        }
    }

    /// <summary>Whether the members are fields.</summary>
    public bool HasFields => _members.Count > MaxProperties;

    public void Write()
    {
        _writer.Line();
        _writer.Doc("summary", XmlText.Of($"The layers of {_dimension.Name ?? _text}."));
        if (_dimension.Layers.Any(static layer => !layer.HasMember))
        {
            string which = _dimension.Options.Members == MemberKinds.None
                ? "Layers have no members here"
                : "A layer without a name has no member here";
            _writer.Doc("remarks", FormattableString.Invariant(
                $"{which}: write <c>new LayerId({_dimension.Id}, number)</c>, or set <c>LaminaMembers</c> to <c>all</c>."));
        }

        if (HasFields)
            WriteStructure();
        else
            WriteClass();
    }

    private void WriteClass()
    {
        _writer.Line("public static class " + DataSetNames.Layers);
        _writer.Open();
        foreach (LayerModel layer in _members)
            WriteProperty(layer, "public static ");
        WriteAll("public static ");
        _writer.Close();
    }

    private void WriteStructure()
    {
        _writer.Line("public static ref readonly " + DataSetNames.LayerMembers + " " + DataSetNames.Layers
            + " => ref " + DataSetNames.LayerValues + ".Members;");
        _writer.Line();

        // Asked what may be null, the compiler would look at every field.
        _writer.Line("#nullable disable");
        _writer.Doc("summary", "What <see cref=\"" + DataSetNames.Layers + "\"/> gives to read. A default value names no layer.");

        // Nothing assigns the fields one by one; many have no documentation.
        _writer.Line("#pragma warning disable CS0649, CS1591");
        _writer.Line("[" + Interop + "StructLayout(" + Interop + "LayoutKind.Sequential)]");
        _writer.Line("public struct " + DataSetNames.LayerMembers);
        _writer.Open();
        for (int i = 0; i < _members.Count; i++)
        {
            if (i >= MaxFields)
                WriteProperty(_members[i], "public readonly ");
            else
                WriteField(_members[i]);
        }

        _writer.Line();
        WriteAll("public readonly ");
        _writer.Close();
        _writer.Line("#pragma warning restore CS0649, CS1591");
        WriteValues();
    }

    private void WriteValues()
    {
        string ids = _members.Count == _dimension.Layers.Count ? "LayerIds" : "NamedLayerIds";
        string slice = _members.Count > MaxFields ? FormattableString.Invariant($"[..{MaxFields}]") : "";
        string type = DataSetNames.LayerMembers;
        _writer.Line();
        _writer.Line("private static class " + DataSetNames.LayerValues);
        _writer.Open();
        _writer.Line("public static readonly " + type + " Members;");
        _writer.Line();
        _writer.Line("static " + DataSetNames.LayerValues + "() => Schema." + ids + slice + ".CopyTo(");
        _writer.Shift(1);
        _writer.Line(Interop + "MemoryMarshal.Cast<" + type + ", " + LayerId + ">(new global::System.Span<" + type + ">(ref Members)));");
        _writer.Shift(-1);
        _writer.Close();
        _writer.Line("#nullable enable");
    }

    private void WriteField(LayerModel layer)
    {
        // Short: of a hundred thousand, an indent, a line or a name spelt out costs the compiler a tenth to a whole second each.
        if (_members.Count <= MaxDocumentedFields)
        {
            _writer.Text.Append("/// <summary>").Append(Summary(layer, layer.Number.ToString(CultureInfo.InvariantCulture)))
                .Append("</summary>\n");
        }

        _writer.Text.Append("public " + FileHeader.LayerIdAlias + " ").Append(layer.MemberName).Append(";\n");
    }

    private void WriteProperty(LayerModel layer, string modifiers)
    {
        string number = layer.Number.ToString(CultureInfo.InvariantCulture);
        _writer.Doc("summary", Summary(layer, number));
        _writer.Doc("remarks", Remarks(layer, number));
        _writer.Indent().Append(modifiers).Append(LayerId + " ").Append(layer.MemberName).Append(" => new(").Append(_id).Append(", ")
            .Append(number).Append(");\n\n");
    }

    private void WriteAll(string modifiers)
    {
        _writer.Doc("summary", "All layers, by ascending number.");
        _writer.Line(modifiers + LayerIdSpan + " All => " + _schema + ".LayerIds;");
    }

    private static string Summary(LayerModel layer, string number)
    {
        string? name = layer.Name is null ? null : XmlText.Of(layer.Name);
        string? line = layer.FirstLine is null ? null : XmlText.Of(layer.FirstLine);
        return name is null ? line ?? $"Layer {number}."
            : line is null ? name
            : name + ": " + line;
    }

    private string Remarks(LayerModel layer, string number)
    {
        StringBuilder text = new(_text + ":L" + number);
        if (layer.Parent >= 0 && layer.Depth > 0)
        {
            text.Append(", depth ").Append(layer.Depth.ToString(CultureInfo.InvariantCulture))
                .Append(" under L").Append(_dimension.Layers[layer.Parent].Number.ToString(CultureInfo.InvariantCulture));
        }

        if (layer.Frequency is double frequency)
            text.Append(", ").Append(Literals.Shortest(frequency)).Append(" Hz");
        text.Append('.');
        if (layer.Keywords is not null)
            text.Append(" Keywords: ").Append(XmlText.Of(layer.Keywords)).Append('.');
        return text.ToString();
    }
}

using System.Globalization;
using System.Text;
using Lamina.Format.Schema;
using Lamina.Generator.Model;
using Lamina.Generator.Naming;
using Lamina.Generator.Reading;

namespace Lamina.Generator.Emission;

/// <summary>Writes a dimension's class.</summary>
/// <remarks>
/// What grows with the layers is kept to a member a layer, see <see cref="LayersEmitter"/>, and one literal of UTF-8, which is
/// data of the assembly.
/// </remarks>
internal sealed class DimensionEmitter
{
    private const string LayerId = "global::Lamina.LayerId";
    private const string Span = "global::System.ReadOnlySpan";

    private readonly SourceWriter _writer = new();
    private readonly DimensionModel _dimension;
    private readonly string _text;
    private readonly bool _hasNames;
    private readonly bool _hasParents;

    private DimensionEmitter(DimensionModel dimension)
    {
        _dimension = dimension;
        _text = NameRules.UnnamedDimension(dimension.Id);
        EquatableArray<LayerModel> layers = dimension.Layers;
        foreach (LayerModel layer in layers)
        {
            _hasNames |= layer.Name is not null;
            _hasParents |= layer.Parent >= 0;
        }

        _hasNames |= !dimension.IsWhole;
        _hasParents |= !dimension.IsWhole;
    }

    public static StringBuilder Emit(DimensionModel dimension) => new DimensionEmitter(dimension).Emit();

    private StringBuilder Emit()
    {
        LayersEmitter layers = new(_writer, _dimension);
        FileHeader.Write(_writer, _dimension.FileName, _dimension.Options.Namespace, layers.HasFields);
        _writer.Doc("summary", XmlText.Of(Describe()));
        FileHeader.Class(_writer, _dimension.Options, _dimension.ClassName);
        WriteDimension();
        WriteSchema();
        if (_hasNames)
            WriteTryParse();
        if (_hasParents)
            WriteTryGetParent();
        layers.Write();
        _writer.Close();
        return _writer.Text;
    }

    private string Describe()
    {
        StringBuilder text = new("Dimension " + _text);
        if (_dimension.Name is not null)
            text.Append(", ").Append(_dimension.Name);
        text.Append(": ");
        if (_dimension.FrequencyMin is not null || _dimension.FrequencyMax is not null)
            text.Append(FrequencyRange.Text(_dimension.FrequencyMin, _dimension.FrequencyMax)).Append(" Hz, ");
        int count = _dimension.Layers.Count;
        return text.Append(count.ToString(CultureInfo.InvariantCulture)).Append(count == 1 ? " layer." : " layers.").ToString();
    }

    private void WriteDimension()
    {
        _writer.Doc("summary", "The dimension, " + _text + ".");
        _writer.Line(FormattableString.Invariant($"public static global::Lamina.DimensionId Id => new({_dimension.Id});"));
        WriteConstant(
            "The dimension's name.", "string", "Name",
            (_dimension.Name ?? (_dimension.IsWhole ? null : "")) is string name ? Literals.String(name) : null);
        WriteFrequency("The lowest frequency of the dimension, in Hz.", "FrequencyMin", _dimension.FrequencyMin);
        WriteFrequency("The highest frequency of the dimension, in Hz.", "FrequencyMax", _dimension.FrequencyMax);
    }

    private void WriteFrequency(string summary, string name, double? value) => WriteConstant(
        summary, "double", name,
        (value ?? (_dimension.IsWhole ? null : 0)) is double frequency ? Literals.Double(frequency) : null);

    private void WriteConstant(string summary, string type, string name, string? value)
    {
        if (value is null)
            return;
        _writer.Line();
        _writer.Doc("summary", summary);
        _writer.Line($"public const {type} {name} = {value};");
    }

    private void WriteSchema()
    {
        _writer.Line();
        _writer.Doc(
            "summary", "What the program knows of the dimension: its layers and their names, and the fingerprint of both.");
        bool isBlock = LayerBlock.CanHold(_dimension.Layers);
        _writer.Line("public static global::Lamina.DimensionSchema Schema { get; } = "
            + (isBlock ? "new(" : "global::Lamina.DimensionSchema.Create("));
        _writer.Shift(1);
        _writer.Line("Id,");
        _writer.Line(_dimension.Name is null ? "null," : "Name,");
        if (isBlock)
        {
            byte[] fingerprint = ComputeFingerprint();
            string high = Literals.Hexadecimal(ReadBigEndian(fingerprint, 0));
            string low = Literals.Hexadecimal(ReadBigEndian(fingerprint, sizeof(ulong)));
            _writer.Line($"new global::System.UInt128({high}, {low}),");
            LayerBlock.Write(_writer, _dimension.Layers, ");");
        }
        else
        {
            WriteLayerSchemas();
        }

        _writer.Shift(-1);
    }

    /// <summary>Writes the layers one by one, where a name does not read in a block.</summary>
    private void WriteLayerSchemas()
    {
        _writer.Line("[");
        _writer.Shift(1);
        foreach (LayerModel layer in _dimension.Layers)
        {
            string name = layer.Name is null ? "null" : Literals.String(layer.Name);
            string parent = layer.Parent < 0
                ? ""
                : FormattableString.Invariant($", new {LayerId}({_dimension.Id}, {_dimension.Layers[layer.Parent].Number})");
            _writer.Line(FormattableString.Invariant($"new(new({_dimension.Id}, {layer.Number}), {name}{parent}),"));
        }

        _writer.Shift(-1);
        _writer.Line("]);");
    }

    private void WriteTryParse()
    {
        _writer.Line();
        _writer.Doc("summary", "Finds a layer by its name, compared ordinally.");
        _writer.Doc("returns", "Whether a layer has the name; of several, the one with the lowest number is given.");
        _writer.Line($"public static bool TryParse({Span}<char> name, out {LayerId} layer) =>");
        _writer.Shift(1);
        _writer.Line("Schema.TryFindLayer(name, out layer);");
        _writer.Shift(-1);
    }

    private void WriteTryGetParent()
    {
        _writer.Line();
        _writer.Doc("summary", "Gives a layer's parent.");
        _writer.Doc("returns", "Whether <paramref name=\"layer\"/> has one; false too if it is not a layer of this dimension.");
        _writer.Line($"public static bool TryGetParent({LayerId} layer, out {LayerId} parent) =>");
        _writer.Shift(1);
        _writer.Line("Schema.TryGetParent(layer, out parent);");
        _writer.Shift(-1);
    }

    private byte[] ComputeFingerprint()
    {
        using SchemaFingerprint fingerprint = new(_dimension.Id, _dimension.Name, (uint)_dimension.Layers.Count);
        foreach (LayerModel layer in _dimension.Layers)
            fingerprint.Append(layer.Number, layer.Name);
        return fingerprint.Finish();
    }

    private static ulong ReadBigEndian(byte[] bytes, int start)
    {
        ulong value = 0;
        for (int i = 0; i < sizeof(ulong); i++)
            value = (value << 8) | bytes[start + i];
        return value;
    }
}

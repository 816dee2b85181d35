using Lamina.Format.Schema;
using Lamina.Generator.Model;
using Lamina.Generator.Reading;

namespace Lamina.Generator.Naming;

/// <summary>Names the classes and members of a data set and makes the models that code is generated from.</summary>
/// <param name="options">How they are to be generated.</param>
/// <param name="fileName">The name of the data set's file.</param>
/// <param name="isWhole">Whether the source has no error.</param>
/// <param name="report">Takes notes.</param>
internal sealed class DataSetNames(
    DataSetOptions options, string fileName, bool isWhole, Action<InputFault, string, SourcePosition> report)
{
    /// <summary>The class that lists a data set's dimensions.</summary>
    public const string IndexClass = "Dimensions";

    /// <summary>What of a dimension's class has the layers' members: a class, or a property that gives a structure.</summary>
    public const string Layers = "Layers";

    /// <summary>The structure whose fields are the members.</summary>
    public const string LayerMembers = "LayerMembers";

    /// <summary>The class that holds the structure.</summary>
    public const string LayerValues = "LayerValues";

    /// <summary>Unnamed layers of a dimension with more get no member, unless they are asked for.</summary>
    /// <remarks>
    /// Every member costs the compiler time, and nobody writes <c>L11587</c> by hand; the layer of a number is
    /// <c>new LayerId(1, 11587)</c>.
    /// </remarks>
    private const int MaxUnnamedMembers = 1024;

    // A member may not be called like its class, and a class's own members hide what is around it.
    private static readonly string[] ClassNamesTaken =
    [
        IndexClass, Layers, LayerMembers, LayerValues, "Id", "Name", "FrequencyMin", "FrequencyMax", "Schema", "TryParse", "TryGetParent",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    ];

    private static readonly string[] MemberNamesTaken =
    [
        Layers, LayerMembers, "All",
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    ];

    /// <summary>Makes the model of each dimension.</summary>
    public EquatableArray<DimensionModel> Name(List<OrderedDimension> dimensions)
    {
        NameTable classes = new('D', ClassNamesTaken);
        string?[] identifiers = new string?[dimensions.Count];
        for (int i = 0; i < identifiers.Length; i++)
        {
            if (dimensions[i].Draft.Name is string name && (identifiers[i] = NameRules.ToIdentifier(name)) is string identifier)
                classes.Add(identifier);
        }

        List<DimensionModel> models = new(identifiers.Length);
        HashSet<string> classNames = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < identifiers.Length; i++)
        {
            DimensionDraft draft = dimensions[i].Draft;
            string byNumber = NameRules.UnnamedDimension(draft.Id);
            string className = Choose(
                classes, identifiers[i], byNumber, draft.Name, "dimension " + draft.Text, draft.NamePosition) ?? byNumber;

            // Numbers that are there twice, which is an error, can lead to one name.
            if (classNames.Add(className))
            {
                models.Add(new DimensionModel(
                    options, fileName, isWhole, draft.Id, draft.Name, className, draft.FrequencyMin, draft.FrequencyMax,
                    NameLayers(dimensions[i])));
            }
        }

        return new EquatableArray<DimensionModel>([.. models]);
    }

    private EquatableArray<LayerModel> NameLayers(OrderedDimension dimension)
    {
        LayerModel[] models = new LayerModel[dimension.Links.Length];
        NameTable members = new('L', MemberNamesTaken);
        bool named = options.Members != MemberKinds.None;
        bool unnamed = options.Members == MemberKinds.All
            || options.Members == MemberKinds.Auto && models.Length <= MaxUnnamedMembers;
        string?[]? identifiers = null;
        for (int i = 0; named && i < models.Length; i++)
        {
            if (dimension.LayerAt(i).Name is not string name || NameRules.ToIdentifier(name) is not string identifier)
                continue;
            identifiers ??= new string?[models.Length];
            identifiers[i] = identifier;
            members.Add(identifier);
        }

        for (int i = 0; i < models.Length; i++)
        {
            LayerDraft draft = dimension.LayerAt(i);
            uint number = dimension.Links[i].Number;
            string? member = null;
            if (identifiers?[i] is string identifier)
            {
                string layer = FormattableString.Invariant($"layer {dimension.Draft.Text}:L{number}");
                member = Choose(members, identifier, NameRules.UnnamedLayer(number), draft.Name, layer, draft.NamePosition);
            }

            // What documents a member, and nothing else, is left out where there is none: a change of it changes nothing.
            bool hasMember = draft.Name is not null ? named : unnamed;
            models[i] = new LayerModel(
                number, draft.Name, hasMember, member, dimension.Parents[i], dimension.Depths[i],
                hasMember ? draft.Frequency : null,
                hasMember ? draft.Keywords : null,
                hasMember ? draft.FirstLine : null);
        }

        return new EquatableArray<LayerModel>(models);
    }

    private string? Choose(
        NameTable names, string? identifier, string byNumber, string? name, string owner, SourcePosition position)
    {
        if (identifier is null || !names.IsTaken(identifier, byNumber))
            return identifier;
        string suffixed = identifier + "_" + byNumber;
        report(
            InputFault.NameSuffixed, InputMessages.NameSuffixed(owner, Printable.Of(name!), identifier, suffixed), position);
        return suffixed;
    }
}

using Lamina.Format;
using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>What has been read of a data set, and the rules between its objects.</summary>
internal sealed class DataSetDraft(string file, Action<InputFault, string, SourcePosition> report, Action<InputDiagnostic> add)
{
    private readonly SortedDictionary<ushort, DimensionDraft> _dimensions = new();
    private bool _hasDimension;
    private bool _hasLostDimension;
    private bool _hasLostLayer;

    /// <summary>Takes what <paramref name="record"/> declares.</summary>
    public void Add(SourceRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Dimension:
                AddDimension(record);
                break;
            case RecordKind.Layer:
                AddLayer(record);
                break;
            default:
                Lose(record.Kind);
                break;
        }
    }

    /// <summary>Notes that something could not be read, so that rules which need it say nothing.</summary>
    public void Lose(RecordKind kind)
    {
        _hasLostDimension |= kind != RecordKind.Layer;
        _hasLostLayer |= kind != RecordKind.Dimension;
    }

    /// <summary>Checks the rules between objects, once everything has been read.</summary>
    /// <param name="dimensionsPosition">Where dimensions should be.</param>
    /// <returns>The dimensions by ascending number; of use only if no error was reported.</returns>
    public List<OrderedDimension> Check(SourcePosition dimensionsPosition)
    {
        if (!_hasDimension && !_hasLostDimension)
            report(InputFault.NoDimensions, InputMessages.NoDimensions(), dimensionsPosition);

        List<OrderedDimension> ordered = new();
        foreach (DimensionDraft dimension in _dimensions.Values)
        {
            if (dimension.IsDeclared)
                ordered.Add(Check(dimension));
            else if (_hasDimension && !_hasLostDimension)
                ReportUndeclared(dimension);
        }

        return ordered;
    }

    private void AddDimension(SourceRecord record)
    {
        _hasDimension = true;
        if (record.Dimension == 0)
        {
            _hasLostDimension = true;
            return;
        }

        DimensionDraft dimension = Draft(record.Dimension);
        if (dimension.IsDeclared)
        {
            report(InputFault.DuplicateDimension, InputMessages.DuplicateDimension(dimension.Text), record.DimensionPosition);
            return;
        }

        dimension.IsDeclared = true;
        dimension.Name = record.Name;
        dimension.NamePosition = record.NamePosition;
        dimension.FrequencyMin = record.FrequencyMin;
        dimension.FrequencyMinPosition = record.FrequencyMinPosition;
        dimension.FrequencyMax = record.FrequencyMax;
    }

    private void AddLayer(SourceRecord record)
    {
        if (record.Dimension == 0 || record.Number is not uint number)
        {
            _hasLostLayer = true;
            return;
        }

        DimensionDraft dimension = Draft(record.Dimension);
        if (dimension.Links.Count == Limits.MaxLayers)
        {
            report(
                InputFault.LimitExceeded, InputMessages.TooManyLayers(dimension.Text, Limits.MaxLayers), record.NumberPosition);
            dimension.IsIncomplete = true;
            return;
        }

        dimension.IsIncomplete |= record.HasBrokenParent;
        dimension.Links.Add(new LayerLink
        {
            Number = number,
            Depth = record.Depth ?? LayerLink.NoDepth,
            Parent = record.Parent ?? LayerLink.NoParent,
            NumberPosition = record.NumberPosition,
            ParentPosition = record.ParentPosition,
            DepthPosition = record.DepthPosition,
        });
        dimension.Layers.Add(new LayerDraft
        {
            Name = record.Name,
            Keywords = record.Keywords,
            FirstLine = record.FirstLine,
            Frequency = record.Frequency,
            NamePosition = record.NamePosition,
            FrequencyPosition = record.FrequencyPosition,
            DimensionPosition = record.DimensionPosition,
        });
    }

    private OrderedDimension Check(DimensionDraft dimension)
    {
        OrderedDimension ordered = new(dimension);
        CheckFrequencies(ordered);

        // What is missing may be what could not be read: a second error would only hide the first.
        if (!_hasLostLayer && !dimension.IsIncomplete)
        {
            HierarchyRules.Check(
                ordered.Links, ordered.Links.Length, dimension.Text, file, ordered.Parents, ordered.Depths, add);
        }

        return ordered;
    }

    private void CheckFrequencies(OrderedDimension ordered)
    {
        DimensionDraft dimension = ordered.Draft;
        double? min = dimension.FrequencyMin;
        double? max = dimension.FrequencyMax;
        if (min > max)
        {
            string reversed = InputMessages.FrequencyRangeReversed(dimension.Text, min.Value, max.Value);
            report(InputFault.FrequencyRangeReversed, reversed, dimension.FrequencyMinPosition);
            return;
        }

        if (min is null && max is null)
            return;
        for (int i = 0; i < ordered.Links.Length; i++)
        {
            LayerDraft layer = ordered.LayerAt(i);
            if (layer.Frequency is not double frequency || !(frequency < min) && !(frequency > max))
                continue;
            string text = FormattableString.Invariant($"{dimension.Text}:L{ordered.Links[i].Number}");
            report(
                InputFault.FrequencyOutsideRange,
                InputMessages.FrequencyOutsideRange(text, frequency, FrequencyRange.Text(min, max)),
                layer.FrequencyPosition);
        }
    }

    private void ReportUndeclared(DimensionDraft dimension)
    {
        for (int i = 0; i < dimension.Links.Count; i++)
        {
            string text = FormattableString.Invariant($"{dimension.Text}:L{dimension.Links[i].Number}");
            report(
                InputFault.UnknownDimension,
                InputMessages.UnknownDimension(text, dimension.Text),
                dimension.Layers[i].DimensionPosition);
        }
    }

    private DimensionDraft Draft(ushort id)
    {
        if (!_dimensions.TryGetValue(id, out DimensionDraft? dimension))
            _dimensions.Add(id, dimension = new DimensionDraft(id));
        return dimension;
    }
}

using System.Runtime.CompilerServices;
using Lamina.Format;
using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>What has been read of a data set, and the rules between its objects, as the converter has them.</summary>
internal sealed class DataSetDraft(string file, Action<InputFault, string, SourcePosition> report, Action<InputDiagnostic> add)
{
    private readonly SortedDictionary<ushort, DimensionDraft> _dimensions = new();
    private DimensionDraft? _last;
    private bool _isWhole = true;

    /// <summary>Takes what <paramref name="record"/> declares.</summary>
    /// <param name="record">The dimension or layer.</param>
    /// <param name="failed">Whether it has an error: what depends on its values is then not checked.</param>
    public void Add(SourceRecord record, bool failed)
    {
        if (!record.IsNamed)
            _isWhole &= !failed;
        else if (record.Kind == RecordKind.Dimension)
            AddDimension(record, failed);
        else
            AddLayer(record, failed);
    }

    /// <summary>Notes that something could not be read, so that what is missing is no error.</summary>
    public void Lose() => _isWhole = false;

    /// <summary>Checks the rules between objects, once everything has been read.</summary>
    /// <returns>The dimensions by ascending number; of use only if no error was reported.</returns>
    public List<OrderedDimension> Check()
    {
        List<OrderedDimension> ordered = new();
        if (_isWhole && !_dimensions.Values.Any(static dimension => dimension.IsDeclared))
        {
            report(InputFault.NoDimensions, InputMessages.NoDimensions(), new SourcePosition(1, 1));
            return ordered;
        }

        foreach (DimensionDraft dimension in _dimensions.Values)
        {
            if (!dimension.IsDeclared && _isWhole)
                ReportUndeclared(dimension);
            OrderedDimension sorted = new(dimension);
            HierarchyRules.Check(
                new ArrayOfLinks(sorted.Links), sorted.Links.Length, dimension.Text, file, sorted.Parents, sorted.Depths, AddUnlessUnknown);
            CheckFrequencies(sorted);
            ordered.Add(sorted);
        }

        return ordered;
    }

    /// <summary>
    /// Takes what was read, whatever is wrong with it, and what <paramref name="names"/> has beside, as far as it has a name.
    /// </summary>
    public List<OrderedDimension> Rescue(List<ScannedName> names)
    {
        List<DimensionDraft> others = new();
        foreach (ScannedName name in names)
        {
            if (!name.IsLayer)
                RescueDimension(name, others);
        }

        Dictionary<ushort, DraftNames> known = new();
        foreach (ScannedName name in names)
        {
            // A layer whose dimension cannot be read is of the only one, if there is one.
            if (!name.IsLayer || name.Dimension == 0 && _dimensions.Count != 1)
                continue;
            ushort id = name.Dimension == 0 ? _dimensions.Keys.First() : name.Dimension;
            if (!known.TryGetValue(id, out DraftNames? dimension))
                known.Add(id, dimension = new DraftNames(Draft(id)));
            dimension.Add(name);
        }

        // One name without a number and one number without a name are likely to belong together.
        DimensionDraft[] nameless = [.. _dimensions.Values.Where(static dimension => dimension.Name is null)];
        if (others.Count == 1 && nameless.Length == 1)
        {
            nameless[0].Name = others[0].Name;
            others.Clear();
        }

        List<OrderedDimension> ordered = new();
        foreach (DimensionDraft dimension in _dimensions.Values.Concat(others))
        {
            OrderedDimension sorted = new(dimension);
            HierarchyRules.Check(
                new ArrayOfLinks(sorted.Links), sorted.Links.Length, dimension.Text, file, sorted.Parents, sorted.Depths, static _ => { });
            ordered.Add(sorted);
        }

        return ordered;
    }

    private void RescueDimension(ScannedName name, List<DimensionDraft> others)
    {
        DimensionDraft? dimension = name.Dimension == 0 ? null : Draft(name.Dimension);
        if (dimension is not null && (dimension.Name ??= name.Name) == name.Name || name.Name is null)
            return;
        if (!_dimensions.Values.Concat(others).Any(
            other => other.Name == name.Name && (name.Dimension == 0 || other.Id == name.Dimension)))
        {
            others.Add(new DimensionDraft(name.Dimension) { Name = name.Name });
        }
    }

    private void AddUnlessUnknown(InputDiagnostic diagnostic)
    {
        if (_isWhole || diagnostic.Fault != InputFault.MissingParent)
            add(diagnostic);
    }

    private void AddDimension(SourceRecord record, bool failed)
    {
        DimensionDraft dimension = Draft(record.Id);
        if (dimension.IsDeclared)
        {
            report(InputFault.DuplicateDimension, InputMessages.DuplicateDimension(dimension.Text), record.IdPosition);
            return;
        }

        dimension.IsDeclared = true;
        dimension.Name = record.Name;
        dimension.NamePosition = record.NamePosition;
        if (failed)
            return;
        dimension.FrequencyMin = record.FrequencyMin;
        dimension.FrequencyMinPosition = record.FrequencyMinPosition;
        dimension.FrequencyMax = record.FrequencyMax;
    }

    [MethodImpl(Hot.Method)]
    private void AddLayer(SourceRecord record, bool failed)
    {
        DimensionDraft dimension = Draft(record.Dimension);
        if (dimension.Links.Count >= Limits.MaxLayers)
        {
            string message = InputMessages.TooManyLayers(dimension.Text, Limits.MaxLayers);
            if (!dimension.IsFull)
                report(InputFault.LimitExceeded, message, record.NumberPosition);
            dimension.IsFull = true;
            return;
        }

        dimension.Links.Add(new LayerLink
        {
            Number = record.Number!.Value,
            Depth = failed ? LayerLink.NoDepth : record.Depth ?? LayerLink.NoDepth,
            Parent = failed ? LayerLink.UnknownParent : record.Parent ?? LayerLink.NoParent,
            NumberPosition = record.NumberPosition,
            ParentPosition = record.ParentPosition,
            DepthPosition = record.DepthPosition,
        });
        dimension.Layers.Add(new LayerDraft
        {
            Name = record.Name,
            Keywords = record.Keywords,
            FirstLine = record.FirstLine,
            Frequency = failed ? null : record.Frequency,
            NamePosition = record.NamePosition,
            FrequencyPosition = record.FrequencyPosition,
            DimensionPosition = failed ? default : record.DimensionPosition,
        });
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
            // A layer with an error has been reported for that.
            if (dimension.Layers[i].DimensionPosition.Line == 0)
                continue;
            string text = FormattableString.Invariant($"{dimension.Text}:L{dimension.Links[i].Number}");
            report(
                InputFault.UnknownDimension,
                InputMessages.UnknownDimension(text, dimension.Text),
                dimension.Layers[i].DimensionPosition);
        }
    }

    private DimensionDraft Draft(ushort id)
    {
        // Layers mostly come dimension by dimension.
        if (_last?.Id == id)
            return _last;
        if (!_dimensions.TryGetValue(id, out DimensionDraft? dimension))
            _dimensions.Add(id, dimension = new DimensionDraft(id));
        return _last = dimension;
    }
}

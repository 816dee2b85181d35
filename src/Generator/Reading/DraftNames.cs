using Lamina.Format;
using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>The numbers and names that a dimension's draft has, to be completed by what a scan of its text found.</summary>
internal sealed class DraftNames
{
    private readonly DimensionDraft _draft;
    private readonly Dictionary<uint, int> _byNumber = new();
    private readonly HashSet<(uint Number, string Name)> _named = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public DraftNames(DimensionDraft draft)
    {
        _draft = draft;
        for (int i = 0; i < draft.Links.Count; i++)
            Know(draft.Links[i].Number, draft.Layers[i].Name, i);
    }

    /// <summary>Takes the layer, or its name, if it is new. One without a number gets 0: no program runs with it.</summary>
    public void Add(ScannedName layer)
    {
        uint number = layer.Number ?? 0;
        bool isKnown = _byNumber.TryGetValue(number, out int index) && layer.Number is not null;
        if (layer.Name is null ? isKnown : layer.Number is null ? _names.Contains(layer.Name) : _named.Contains((number, layer.Name)))
            return;
        if (isKnown && _draft.Layers[index].Name is null)
        {
            LayerDraft known = _draft.Layers[index];
            known.Name = layer.Name;
            _draft.Layers[index] = known;
        }
        else if (_draft.Links.Count < Limits.MaxLayers)
        {
            index = _draft.Links.Count;
            _draft.Links.Add(new LayerLink { Number = number, Depth = LayerLink.NoDepth, Parent = LayerLink.UnknownParent });
            _draft.Layers.Add(new LayerDraft { Name = layer.Name });
        }

        Know(number, layer.Name, index);
    }

    private void Know(uint number, string? name, int index)
    {
        _byNumber[number] = index;
        if (name is null)
            return;
        _named.Add((number, name));
        _names.Add(name);
    }
}

using Lamina.Format.Schema;

namespace Lamina.Generator.Reading;

/// <summary>A dimension with its layers by ascending number, and what follows from their hierarchy.</summary>
internal sealed class OrderedDimension
{
    private readonly int[]? _order;

    public OrderedDimension(DimensionDraft draft)
    {
        Draft = draft;
        Links = draft.Links.ToArray();
        Parents = new int[Links.Length];
        Depths = new int[Links.Length];
        if (IsOrdered())
            return;

        _order = new int[Links.Length];
        for (int i = 0; i < _order.Length; i++)
            _order[i] = i;
        Array.Sort(Links, _order, Comparer<LayerLink>.Create(HierarchyRules.ByNumber));
    }

    public DimensionDraft Draft { get; }

    public LayerLink[] Links { get; }

    /// <summary>The index of each layer's parent, or -1.</summary>
    public int[] Parents { get; }

    /// <summary>Each layer's depth.</summary>
    public int[] Depths { get; }

    /// <summary>What the layer at <paramref name="index"/> of <see cref="Links"/> declares beside.</summary>
    public LayerDraft LayerAt(int index) => Draft.Layers[_order is null ? index : _order[index]];

    private bool IsOrdered()
    {
        for (int i = 1; i < Links.Length; i++)
        {
            if (HierarchyRules.ByNumber(Links[i - 1], Links[i]) > 0)
                return false;
        }

        return true;
    }
}

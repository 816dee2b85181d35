namespace Lamina.Format.Schema;

/// <summary>
/// The rules between the layers of one dimension: numbers are unique, parents exist, no layer is its own ancestor, depths
/// follow from parents. The converter and the source generator compile this file.
/// </summary>
internal static class HierarchyRules
{
    private const int Unknown = -1;
    private const int Broken = -2;

    /// <summary>Sorts by number; of layers with one number the first in the source comes first.</summary>
    public static readonly Comparison<LayerLink> ByNumber = static (a, b) =>
    {
        int byNumber = a.Number.CompareTo(b.Number);
        if (byNumber != 0)
            return byNumber;
        int byLine = a.NumberPosition.Line.CompareTo(b.NumberPosition.Line);
        return byLine != 0 ? byLine : a.NumberPosition.Column.CompareTo(b.NumberPosition.Column);
    };

    /// <summary>Checks the layers of a dimension and works out what their author left to be worked out.</summary>
    /// <param name="layers">The layers, sorted by <see cref="ByNumber"/>.</param>
    /// <param name="count">How many of <paramref name="layers"/> there are.</param>
    /// <param name="dimension">The dimension's text form.</param>
    /// <param name="file">What diagnostics call the source.</param>
    /// <param name="parents">Gets the index of each layer's parent, or -1.</param>
    /// <param name="depths">Gets each layer's depth; without meaning if an error was reported.</param>
    /// <param name="report">Takes each error.</param>
    /// <returns>Whether there was no error.</returns>
    public static bool Check<TLinks>(
        TLinks layers, int count, string dimension, string file, int[] parents, int[] depths, Action<InputDiagnostic> report)
        where TLinks : struct, ILayerLinks
    {
        bool valid = true;
        for (int i = 0; i < count; i++)
        {
            depths[i] = Unknown;
            parents[i] = -1;
            if (i > 0 && layers[i].Number == layers[i - 1].Number)
                Report(InputFault.DuplicateLayer, InputMessages.DuplicateLayer(Name(i)), layers[i].NumberPosition);
            if (layers[i].Parent == LayerLink.NoParent)
                continue;
            if (layers[i].Parent == LayerLink.UnknownParent)
            {
                depths[i] = Broken;
                continue;
            }

            parents[i] = Find(layers, count, layers[i].Parent);
            if (parents[i] >= 0)
                continue;
            Report(
                InputFault.MissingParent, InputMessages.MissingParent(Name(i), (uint)layers[i].Parent), layers[i].ParentPosition);
            depths[i] = Broken;
        }

        List<int> chain = new();
        for (int i = 0; i < count; i++)
            ResolveDepth(i, chain);
        return valid;

        void ResolveDepth(int index, List<int> path)
        {
            // Parents mostly come first, so that theirs is known, and theirs tells whether one's own is as declared.
            int parent = parents[index];
            int known = parent < 0 ? Unknown : depths[parent];
            if (depths[index] == Unknown && (parent < 0 || known > Unknown) && known < Limits.MaxDepth
                && (layers[index].Depth == LayerLink.NoDepth || layers[index].Depth == known + 1))
            {
                depths[index] = known + 1;
                return;
            }

            // Walks up to a layer whose depth is known, then back down: no recursion, each layer is resolved once.
            path.Clear();
            int top = index;
            while (top >= 0 && depths[top] == Unknown)
            {
                path.Add(top);
                depths[top] = Broken - 1;
                top = parents[top];
            }

            if (top >= 0 && depths[top] < Broken)
            {
                Report(InputFault.ParentCycle, InputMessages.ParentCycle(Name(top)), layers[top].ParentPosition);
                depths[top] = Broken;
            }

            int depth = top < 0 ? Unknown : depths[top];
            for (int i = path.Count - 1; i >= 0; i--)
            {
                int layer = path[i];
                depth = depth == Broken || depths[layer] == Broken ? Broken : depth + 1;
                depths[layer] = depth;
                if (depth == Broken)
                    continue;
                if (depth == Limits.MaxDepth + 1)
                    Report(InputFault.LimitExceeded, InputMessages.DepthTooLarge(Name(layer), Limits.MaxDepth), layers[layer].ParentPosition);
                if (layers[layer].Depth != LayerLink.NoDepth && layers[layer].Depth != depth)
                {
                    Report(
                        InputFault.DepthMismatch,
                        InputMessages.DepthMismatch(Name(layer), layers[layer].Depth, depth),
                        layers[layer].DepthPosition);
                }
            }
        }

        string Name(int index) => FormattableString.Invariant($"{dimension}:L{layers[index].Number}");

        void Report(InputFault fault, string message, SourcePosition position)
        {
            valid = false;
            report(new InputDiagnostic(fault, InputSeverity.Error, message, file, position));
        }
    }

    /// <summary>The index of the first layer with <paramref name="number"/>, or -1.</summary>
    private static int Find<TLinks>(TLinks layers, int count, long number)
        where TLinks : struct, ILayerLinks
    {
        // Numbers mostly have no gaps, so that the number itself tells the place.
        long place = count > 0 ? number - layers[0].Number : -1;
        if (place >= 0 && place < count && layers[(int)place].Number == number && (place == 0 || layers[(int)place - 1].Number != number))
            return (int)place;

        int low = 0;
        int high = count - 1;
        while (low <= high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            if (layers[middle].Number < number)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return low < count && layers[low].Number == number ? low : -1;
    }
}

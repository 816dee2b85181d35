namespace Lamina.Format.Inspection;

/// <summary>Finds what two data sets do not agree on, layer by layer.</summary>
/// <remarks>
/// What is compared is what a program reads: contents and descriptions. How they are packed (block size, alignment,
/// compression) is not. Dimensions with the same digest are the same and are not read; the comparison is no verification.
/// </remarks>
public static class DataSetComparer
{
    /// <summary>Compares the data sets or region files at two paths.</summary>
    /// <param name="first">A data set's folder, its <c>manifest.json</c>, or one region file.</param>
    /// <param name="second">Another one.</param>
    /// <param name="cancellationToken">Stops the comparison.</param>
    /// <returns>
    /// The differences, by dimension, each dimension's own before its layers' and those by number. They are found as they
    /// are asked for, and so are the exceptions below; memory does not depend on their number.
    /// </returns>
    /// <exception cref="FileNotFoundException">There is nothing at a path.</exception>
    /// <exception cref="LaminaFormatException">A file is damaged, of another version, or not there.</exception>
    /// <exception cref="IOException">A file could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="ArgumentException">A path is empty.</exception>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public static IEnumerable<DataSetDifference> Compare(
        string first, string second, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(first);
        ArgumentException.ThrowIfNullOrEmpty(second);
        return CompareFiles(first, second, cancellationToken);
    }

    private static IEnumerable<DataSetDifference> CompareFiles(string first, string second, CancellationToken cancellationToken)
    {
        List<(DimensionId Dimension, RegionFile File)> left = ListDimensions(first);
        List<(DimensionId Dimension, RegionFile File)> right = ListDimensions(second);
        int i = 0;
        int j = 0;
        while (i < left.Count || j < right.Count)
        {
            int order = Order<DimensionId>(i < left.Count ? left[i].Dimension : null, j < right.Count ? right[j].Dimension : null);
            RegionFile? before = order <= 0 ? left[i++].File : null;
            RegionFile? after = order >= 0 ? right[j++].File : null;
            if (before?.Entry is { } a && after?.Entry is { } b && a.Digest == b.Digest)
                continue;

            using RegionReader? old = before?.Open();
            using RegionReader? now = after?.Open();
            IEnumerable<DataSetDifference> differences = (old, now) switch
            {
                ({ } x, { } y) => RegionComparer.Compare(x, y, cancellationToken),
                ({ } x, null) => RegionComparer.List(x, DifferenceKind.Removed, cancellationToken),
                (_, { } y) => RegionComparer.List(y, DifferenceKind.Added, cancellationToken),
                _ => [],
            };
            foreach (DataSetDifference difference in differences)
                yield return difference;
        }
    }

    private static List<(DimensionId Dimension, RegionFile File)> ListDimensions(string path)
    {
        List<(DimensionId, RegionFile)> dimensions = [];
        foreach (RegionFile file in DataSetFiles.Find(path).Regions)
        {
            if (file.Entry is not null)
            {
                dimensions.Add((file.Entry.Dimension, file));
                continue;
            }

            using RegionReader region = file.Open();
            dimensions.Add((region.Dimension, file));
        }

        return dimensions;
    }

    /// <summary>Which of two comes first; what is not there comes last.</summary>
    internal static int Order<T>(T? left, T? right)
        where T : struct, IComparable<T> =>
        left is not { } a ? 1 : right is not { } b ? -1 : a.CompareTo(b);
}

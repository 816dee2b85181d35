using Lamina.Format;
using Lamina.Mapping;
using Lamina.Versions;

namespace Lamina;

public sealed partial class MmapManager
{
    private readonly VersionChain _versions;

    /// <summary>The region of a dimension in a version that has ended. Whoever asks has pinned it.</summary>
    private MmapRegion GetOrLoad(PastDimension past, DimensionId dimension)
    {
        if (past.Region is { } region)
            return region;
        ThrowIfDisposed();
        if (past.Entry is null)
            Throw.DimensionNotFound(dimension);
        if (!_config.LoadOnDemand)
            Throw.NotLoaded(dimension);
        try
        {
            lock (past.Gate)
                return past.Region ?? LoadLocked(past);
        }
        finally
        {
            RaiseNotices();
        }
    }

    private MmapRegion LoadLocked(PastDimension past)
    {
        ThrowIfDisposed();
        DimensionId dimension = past.Entry!.Dimension;
        try
        {
            return past.Region = LoadRegion(past.Entry, past.Schema);
        }
        catch (LaminaFormatException missing) when (missing.Fault == FormatFault.RegionMissing)
        {
            MemoryException superseded = Throw.Superseded(dimension, missing);
            TellFailure(dimension, superseded);
            throw superseded;
        }
        catch (Exception exception)
        {
            TellFailure(dimension, exception);
            throw;
        }
    }

    /// <summary>Whether a version of the data set has a dimension; null for the current one.</summary>
    private bool Has(DimensionId dimension, DataSetVersion? version)
    {
        PastDimension? past = version?.FindPast(dimension);
        if (past is not null)
            return past.Entry is not null;
        bool has = _dimensions.Find(dimension) is not null;

        // A refresh in between has put the answer into the past before it changed the dimensions.
        past = version?.FindPast(dimension);
        return past is null ? has : past.Entry is not null;
    }
}

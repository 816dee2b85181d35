namespace Lamina.Protection;

/// <summary>Where a thread stands when a test hook is called.</summary>
internal enum HookPoint
{
    /// <summary>A reader has found a region and not published it yet.</summary>
    RegionFound,

    /// <summary>A reader has published a region and not checked yet that it is still in use.</summary>
    RegionPublished,

    /// <summary>A reader has published a cell and not read it yet.</summary>
    CellPublished,

    /// <summary>A reader has read a cell and is about to hand out its content.</summary>
    CellRead,

    /// <summary>A block has been decoded into memory that its cell does not name yet.</summary>
    BlockDecoded,

    /// <summary>Memory can no longer be found; hazards have not been looked at.</summary>
    Unlinked,

    /// <summary>A hazard protects retired memory; its owner has not been asked yet to reclaim.</summary>
    Asking,

    /// <summary>Memory that no hazard protects is about to be freed.</summary>
    Freeing,

    /// <summary>A region has been mapped and checked and cannot be found yet.</summary>
    RegionLoaded,

    /// <summary>A scope has pinned a version of the data set and not checked yet that it is still the current one.</summary>
    VersionPinned,

    /// <summary>A region file is mapped or copied and has not been checked yet.</summary>
    FileInMemory,

    /// <summary>A region has all its memory, and its load has not ended yet.</summary>
    RegionMade,

    /// <summary>A region that nobody reads any more is about to give back its file.</summary>
    RegionFreeing,

    /// <summary>A manager that is being disposed is about to take a dimension out of use.</summary>
    Disposing,
}

namespace Lamina;

/// <summary>How region files come into memory.</summary>
public enum OpenMode
{
    /// <summary>
    /// Files are mapped: nothing is copied, and the pages belong to the system's cache, not to the budget. Whoever truncates a
    /// mapped file ends the process, so this is for folders that others cannot write to.
    /// </summary>
    Map,

    /// <summary>Files are read into memory that is charged to the budget: for network folders and folders that others can write to.</summary>
    Copy,
}

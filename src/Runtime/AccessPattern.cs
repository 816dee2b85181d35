namespace Lamina;

/// <summary>How the mapped files of a data set will be read, as a hint to the system.</summary>
public enum AccessPattern
{
    /// <summary>No hint: the system reads ahead as it sees fit.</summary>
    Normal,

    /// <summary>Here and there: reading ahead would be in vain. Best for files much larger than memory.</summary>
    Random,

    /// <summary>From the beginning to the end: it is worth reading far ahead.</summary>
    Sequential,
}

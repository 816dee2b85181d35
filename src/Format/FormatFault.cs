namespace Lamina.Format;

/// <summary>What is wrong with a file of a data set.</summary>
public enum FormatFault
{
    /// <summary>No fault.</summary>
    None = 0,

    /// <summary>The file does not begin as a region file does. Spec: HDR-1.</summary>
    NotARegion,

    /// <summary>The file begins as a region file does after a transfer that rewrote line ends or dropped the eighth bit. Spec: HDR-1.</summary>
    DamagedInTransfer,

    /// <summary>The major version is not one this library reads. Spec: HDR-2.</summary>
    UnsupportedVersion,

    /// <summary>The file needs a feature that this library does not know. Spec: HDR-4.</summary>
    UnsupportedFeature,

    /// <summary>The file is shorter than it declares, or too short to be one. Spec: HDR-6.</summary>
    Truncated,

    /// <summary>The file is longer than it declares. Spec: HDR-6.</summary>
    TrailingData,

    /// <summary>The header's checksum does not match. Spec: HDR-22.</summary>
    HeaderChecksum,

    /// <summary>A header field holds what its rule forbids.</summary>
    HeaderField,

    /// <summary>A reserved field or a padding byte is not zero. Spec: GEN-5.</summary>
    ReservedNotZero,

    /// <summary>A number passes a limit of the specification.</summary>
    LimitExceeded,

    /// <summary>The section table's checksum does not match. Spec: HDR-21.</summary>
    SectionTableChecksum,

    /// <summary>The section table places a section where its rules forbid. Spec: SEC.</summary>
    SectionTable,

    /// <summary>A section that must be understood is not known to this library. Spec: SEC-3.</summary>
    UnknownSection,

    /// <summary>A section's checksum does not match. Spec: SEC-7.</summary>
    SectionChecksum,

    /// <summary>The layer numbers are not strictly ascending, or listed though they are consecutive. Spec: NUM.</summary>
    LayerNumbers,

    /// <summary>A layer's location does not lie in its block. Spec: LOC.</summary>
    LayerLocation,

    /// <summary>A layer's description contradicts its rules: parent, depth, flags, name, keywords. Spec: LAY.</summary>
    LayerDescription,

    /// <summary>The block table contradicts its rules. Spec: BLK.</summary>
    BlockTable,

    /// <summary>A block's checksum does not match its stored bytes. Spec: BLK-6.</summary>
    BlockChecksum,

    /// <summary>A block's LZ4 data does not decode to exactly the declared bytes. Spec: BLK-8.</summary>
    BlockEncoding,

    /// <summary>A string is not UTF-8, is empty or too long. Spec: STR.</summary>
    Strings,

    /// <summary>The keyword table, the postings or a layer's keywords contradict their rules. Spec: KEY.</summary>
    Keywords,

    /// <summary>The index of layer names contradicts its rules. Spec: NAM.</summary>
    Names,

    /// <summary>The schema fingerprint is not that of the identifiers and names in the file. Spec: FPR.</summary>
    Fingerprint,

    /// <summary>There is no manifest in the folder. Spec: MAN-1.</summary>
    ManifestMissing,

    /// <summary>The manifest is not what its grammar allows. Spec: MAN.</summary>
    ManifestSyntax,

    /// <summary>The manifest's version is not one this library reads. Spec: MAN-3.</summary>
    ManifestVersion,

    /// <summary>The manifest's checksum does not match. Spec: MAN-7.</summary>
    ManifestChecksum,

    /// <summary>A manifest entry contradicts its rules. Spec: MAN.</summary>
    ManifestEntry,

    /// <summary>A region file that the manifest names is not there. Spec: MAN-5.</summary>
    RegionMissing,

    /// <summary>A region file is intact and not the one the manifest names. Spec: MAN-6.</summary>
    RegionMismatch,
}

using System.Runtime.InteropServices;
using Lamina.Format.Layout;

namespace Lamina.Mapping;

/// <summary>
/// What the fast paths need of a region, on one cache line; its cells follow. Its address is the region's token, and it is
/// freed with the region, so it is read only under that token.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
internal unsafe struct RegionHead
{
    /// <summary>A cache line.</summary>
    public const int Size = 64;

    /// <summary>Where the layers' contents are, by index.</summary>
    public LayerLocation* Locations;

    /// <summary>The address of the image, if it is contiguous and all of it is verified; else zero, and the cells tell.</summary>
    public nint ImageBase;

    /// <summary>The number of the first layer.</summary>
    public uint FirstNumber;

    /// <summary>
    /// How many layers there are, if their numbers are consecutive; else zero. Zero too once the region has been taken out of use, so that
    /// scopes take notice.
    /// </summary>
    public uint DenseCount;

    /// <summary>How many blocks there are.</summary>
    public uint BlockCount;

    /// <summary>The dimension's number.</summary>
    public uint Dimension;

    /// <summary>The state of the blocks, by index.</summary>
    public static Cell* Cells(RegionHead* head) => (Cell*)(head + 1);
}

using Lamina.Mapping;

namespace Lamina.Caching;

/// <summary>A decoded block in the pool.</summary>
/// <param name="Region">Its region.</param>
/// <param name="Block">Its index there.</param>
/// <param name="Address">Its memory.</param>
/// <param name="Bytes">What the pool charges for it.</param>
internal readonly record struct ResidentBlock(MmapRegion Region, int Block, nint Address, long Bytes);

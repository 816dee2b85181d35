using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lamina.Format.Layout;
using Lamina.Mapping;
using Lamina.Protection;
using Lamina.Statistics;
using Lamina.Versions;

namespace Lamina;

public sealed unsafe partial class MmapManager
{
    /// <summary>The slow way of a scope: publishes, loads, verifies and decodes what is needed.</summary>
    internal ReadOnlySpan<byte> ReadSlow(LayerId id, Hazard hazard)
    {
        if (!TryResolve(id, hazard, out nint content, out uint length))
            ThrowNotFound(id, hazard.Version);

        // SAFETY: the tokens of the region and the cell are in the scope's set, so the memory stays until it ends.
        return MemoryMarshal.CreateReadOnlySpan(ref *(byte*)content, (int)length);
    }

    /// <summary>Protects a dimension's region for as long as <paramref name="hazard"/> lasts; loads it if need be.</summary>
    internal MmapRegion Protect(DimensionId dimension, Hazard hazard)
    {
        if (hazard.FindKept(dimension) is { } kept)
            return kept;
        while (true)
        {
            PastDimension? past = hazard.Version?.FindPast(dimension);
            MmapRegion region;
            try
            {
                region = past is null ? GetOrLoad(dimension) : GetOrLoad(past, dimension);
            }
            catch (MemoryException) when (past is null && hazard.Version?.FindPast(dimension) is not null)
            {
                // A refresh came in between; what it changed is found in the past.
                continue;
            }

            TestHooks.At(HookPoint.RegionFound);
            hazard.Publish(region.Token);
            TestHooks.At(HookPoint.RegionPublished);

            // A region is taken out of its place before it is marked, so looking again finds another one, or none. And a version
            // ends before anything of it is changed, so what was found belongs to it if nothing is found in the past now.
            if (!region.IsRetired && (past is not null || hazard.Version?.FindPast(dimension) is null))
            {
                hazard.Keep(region);
                return region;
            }
        }
    }

    /// <summary>Protects a dimension's region until the answer is disposed; loads it if need be.</summary>
    internal RegionUse Use(DimensionId dimension)
    {
        Slot* slot = Hazards.Take();
        Hazards.Publish(slot, Hazards.Busy);
        try
        {
            return new RegionUse(slot, Protect(dimension, new Hazard(slot)));
        }
        catch
        {
            Hazards.Release(slot);
            throw;
        }
    }

    /// <summary>
    /// Finds a layer whose block is in memory, whether the numbers are consecutive or listed, and whether reads are counted or not. If not, the
    /// slot's token does no harm.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryAcquireResident(LayerId id, Slot* slot, out nint content, out uint length)
    {
        // SAFETY: the region is protected, and the index is inside its tables.
        RegionHead* region = ProtectLoaded(id, slot);
        ulong index = id.Value - region->First;
        if (index >= Volatile.Read(ref region->DenseCount))
            index = RegionHead.FindListed(region, id.Number);
        if (index != uint.MaxValue)
        {
            LayerLocation* location = region->Locations + index;
            nint address = ProtectBlock(region, location->Block, slot);
            if (address != 0)
            {
                if (region->Counts is not null)
                    AccessCounts.Add(region->Counts, (uint)index);
                content = address + (nint)location->ImageOffset;
                length = location->Length;
                return true;
            }
        }

        content = 0;
        length = 0;
        return false;
    }

    /// <summary>The region of a layer's dimension, protected by the slot; <see cref="RegionHead.None"/> if the dimension is not loaded.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private RegionHead* ProtectLoaded(LayerId id, Slot* slot)
    {
        // The array and its entries are loaded as volatile, in the order written here.
        nint[] heads = _heads;
        uint dimension = (uint)(id.Value >> 32);
        if (dimension >= (uint)heads.Length)
        {
            Hazards.Publish(slot, Hazards.Busy);
            return RegionHead.None;
        }

        nint token = Volatile.Read(ref heads[dimension]);
        TestHooks.At(HookPoint.RegionFound);
        Hazards.Publish(slot, token);
        TestHooks.At(HookPoint.RegionPublished);
        return Volatile.Read(ref heads[dimension]) == token ? (RegionHead*)token : RegionHead.None;
    }

    /// <summary>The address of a block of a protected region, itself protected by the slot from then on; zero if it is not there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint ProtectBlock(RegionHead* region, uint block, Slot* slot)
    {
        // SAFETY: the region was in its place after its token was published, so its head and tables stay; the block is inside the tables.
        nint address = Volatile.Read(ref region->ImageBase);
        if (address != 0 || block >= region->BlockCount)
            return address;

        // A cell's token is one of the region's, so the region stays protected.
        Cell* cell = RegionHead.Cells(region) + block;
        Hazards.Publish(slot, (nint)cell);
        TestHooks.At(HookPoint.CellPublished);
        address = Volatile.Read(ref cell->Base);
        TestHooks.At(HookPoint.CellRead);
        if (address != 0 && cell->Touched == 0)
            cell->Touched = 1;
        return address;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private LayerLease AcquireSlow(LayerId id, Slot* slot)
    {
        if (slot is null)
            slot = Hazards.Take();
        try
        {
            if (!TryAcquireResident(id, slot, out nint content, out uint length)
                && !TryResolve(id, new Hazard(slot), out content, out length))
            {
                ThrowNotFound(id);
            }

            return new LayerLease(slot, content, length);
        }
        catch
        {
            Hazards.Release(slot);
            throw;
        }
    }

    /// <summary>Finds a layer's content, and loads, verifies and decodes what is not there yet.</summary>
    /// <returns>False if the data set has no such dimension or layer.</returns>
    private bool TryResolve(LayerId id, Hazard hazard, out nint content, out uint length)
    {
        content = 0;
        length = 0;
        if (!Has(id.Dimension, hazard.Version))
        {
            ThrowIfDisposed();
            return false;
        }

        try
        {
            return TryResolveKnown(id, hazard, ref content, ref length);
        }
        finally
        {
            RaiseNotices();
        }
    }

    private bool TryResolveKnown(LayerId id, Hazard hazard, ref nint content, ref uint length)
    {
        while (true)
        {
            MmapRegion region = Protect(id.Dimension, hazard);
            int index = region.Format.IndexOf(id.Number);
            if (index < 0)
                return false;

            // SAFETY: the index is inside the table, and the region is protected.
            LayerLocation location = region.Head->Locations[index];
            if (location.Length == 0)
            {
                region.CountAccess(index);
                return true;
            }

            Cell* cell = region.Cells + location.Block;
            hazard.Publish((nint)cell);
            TestHooks.At(HookPoint.CellPublished);
            nint address = Volatile.Read(ref cell->Base);

            // Decoding it is no second use: the clock's hand would pass it once for nothing.
            if (address != 0)
                cell->Touched = 1;
            else
                address = Materialize(region, location.Block);
            if (address != 0)
            {
                region.CountAccess(index);
                hazard.Note(id.Dimension, location.Block, address);
                content = address + (nint)location.ImageOffset;
                length = location.Length;
                return true;
            }
        }
    }

    private nint Materialize(MmapRegion region, uint block)
    {
        try
        {
            return region.Materialize(block);
        }
        catch (Exception exception)
        {
            TellFailure(region.Format.Dimension, exception);
            throw;
        }
    }

    private void ThrowNotFound(LayerId id, DataSetVersion? version = null)
    {
        if (!Has(id.Dimension, version))
            Throw.DimensionNotFound(id.Dimension);
        Throw.LayerNotFound(id);
    }
}

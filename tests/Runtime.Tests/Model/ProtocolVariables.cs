namespace Lamina.Runtime.Tests.Model;

/// <summary>
/// The variables of the model, by place. Two regions with one block each: tokens and memory have the same numbers, so the region of
/// token t has the cell t + 1, as in the code a token inside a region's cells protects the region too.
/// </summary>
internal static class ProtocolVariables
{
    /// <summary>A token that protects nothing: <c>Hazards.Busy</c>.</summary>
    public const int Busy = 15;

    /// <summary>The first region, its token and its memory; its cell is the next number.</summary>
    public const int OldRegion = 1;

    /// <summary>The region that a reload puts in its place.</summary>
    public const int NewRegion = 3;

    /// <summary>The memory of the old region's block when it is decoded again.</summary>
    public const int DecodedAgain = 5;

    /// <summary>What the programs retire.</summary>
    public static IReadOnlyList<int> Retirable { get; } = [OldRegion, OldRegion + 1, DecodedAgain];

    /// <summary>One more than the highest memory.</summary>
    public const int Memories = 6;

    /// <summary><c>MmapManager._heads[dimension]</c>: the token of the region that is loaded.</summary>
    public const int Head = 0;

    /// <summary><c>Cell.Base</c> of the old region's block: its memory, or 0.</summary>
    public const int OldCell = 1;

    /// <summary><c>Cell.Base</c> of the new region's block.</summary>
    public const int NewCell = OldCell + (NewRegion - OldRegion);

    /// <summary><c>MmapRegion._retired</c> of the old region.</summary>
    public const int OldRetired = 4;

    /// <summary><c>MmapRegion._retired</c> of the new region.</summary>
    public const int NewRetired = OldRetired + (NewRegion - OldRegion);

    /// <summary>The memory of the old region's block as the cache's queue has it; 0 if it is not there.</summary>
    public const int Queue = 7;

    /// <summary><c>Retirement.s_again</c>.</summary>
    public const int Again = 8;

    /// <summary><c>Retirement.Gate</c>: who holds it.</summary>
    public const int Gate = 9;

    /// <summary><c>Retirement.Items</c>: a bit for each memory. Behind the gate.</summary>
    public const int Items = 10;

    /// <summary>A scope's table: <c>_published</c>, 0, 1 or 2; then the item of the first level, the two of the second, and its flags.</summary>
    public const int Scope = 11;

    /// <summary>The flags of the scope's table.</summary>
    public const int ScopeFlags = Scope + 4;

    /// <summary>Slots: a token and flags each.</summary>
    public const int Slots = ScopeFlags + 1;

    /// <summary>The token of a slot.</summary>
    public static int Token(int slot) => Slots + (2 * slot);

    /// <summary>The flags of a slot.</summary>
    public static int Flags(int slot) => Slots + (2 * slot) + 1;

    /// <summary>The lowest token that protects a memory: <c>Retired.Low</c>.</summary>
    public static int Low(int memory) => memory == DecodedAgain ? OldRegion + 1 : memory;

    /// <summary>The highest token that protects a memory: <c>Retired.High</c>. A region's cells protect it.</summary>
    public static int High(int memory) => memory is OldRegion or NewRegion ? memory + 1 : Low(memory);

    /// <summary>The old region is loaded and its block is decoded.</summary>
    public static byte[] AtTheStart(int slots)
    {
        byte[] variables = new byte[Slots + (2 * slots)];
        variables[Head] = OldRegion;
        variables[OldCell] = OldRegion + 1;
        variables[Queue] = OldRegion + 1;
        return variables;
    }
}

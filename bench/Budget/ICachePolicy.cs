namespace Lamina.Bench.Budget;

/// <summary>A simulated cache of blocks of one size.</summary>
internal interface ICachePolicy
{
    /// <summary>What the policy is called.</summary>
    string Name { get; }

    /// <summary>Touches a block, which is then in the cache.</summary>
    /// <returns>Whether it was there before.</returns>
    bool Access(int block);
}

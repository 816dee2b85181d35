namespace Lamina.Protection;

/// <summary>What keeps other things in use until it is freed itself.</summary>
internal interface IRetiring : IRetirable
{
    /// <summary>What is to be retired now that this is freed. Called once, with no lock held.</summary>
    Retired[] TakeFollowing();
}

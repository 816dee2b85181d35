namespace Lamina.Protection;

/// <summary>Takes back what it retired, once nobody can read it.</summary>
internal interface IRetirable
{
    /// <summary>Frees <paramref name="address"/>. Called once, under the reclaimer's lock; must not call back into it.</summary>
    void Free(nint address);

    /// <summary>Told, under the same lock, that <see cref="Free"/> has thrown. What it did not free is lost; the rest goes on.</summary>
    void FreeFailed(Exception exception);
}

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>What the current thread takes of the managed heap.</summary>
internal readonly struct Allocation
{
    private readonly long _before;

    private Allocation(long before) => _before = before;

    public static Allocation Start() => new(GC.GetAllocatedBytesForCurrentThread());

    public void AssertAtMost(long bytes)
    {
        long taken = GC.GetAllocatedBytesForCurrentThread() - _before;
        if (taken > bytes)
            Assert.Fail(FormattableString.Invariant($"{taken} bytes were allocated; the input justifies {bytes}."));
    }
}

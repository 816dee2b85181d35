using Lamina.Protection;
using Xunit.Abstractions;

namespace Lamina.Runtime.Tests.Protection;

/// <summary>
/// The protocol's one question of ordering, asked of this machine: a reader publishes and then looks at the link while a reclaimer
/// removes the link and then looks at the hazards. One of them must see the other. Without the fence, both may miss.
/// </summary>
/// <remarks>
/// Every other round goes without the fence, until both have missed so often that a fence that does nothing could not go unnoticed in
/// the rounds between, whatever else the machine does meanwhile.
/// </remarks>
[Collection(nameof(Alone))]
public sealed unsafe class FenceTests(ITestOutputHelper output)
{
    private const int EnoughMisses = 40;
    private const int MaxRounds = 400_000;

    // Stores of the reader to lines that are in no cache; what it publishes then waits behind them. A processor has room for some fifty.
    private const int ColdStores = 40;
    private const int ColdBytes = 64 << 20;
    private const int MaxDelay = 2_000;
    private const int Line = 64;

    // Each on lines of its own: what shares a line is ordered with it.
    private const int Apart = 256 / sizeof(long);
    private readonly byte[] _cold = new byte[ColdBytes];
    private readonly long[] _shared = new long[7 * Apart];
    private bool _isOver;

    private ref long Link => ref _shared[Apart];

    private ref long Found => ref _shared[2 * Apart];

    private ref long ReaderPhase => ref _shared[3 * Apart];

    private ref long Delay => ref _shared[5 * Apart];

    private ref long ReclaimerPhase => ref _shared[4 * Apart];

    [Fact]
    public void TakeFenced_ReaderPublishesMeanwhile_OneSeesTheOther()
    {
        (ReaderPhase, ReclaimerPhase, _isOver) = (0, 0, false);
        using SemaphoreSlim registered = new(0);
        Thread reader = new(() => Read(registered));
        reader.Start();
        registered.Wait();
        HazardSnapshot snapshot = new();
        int missed = 0;
        int missedFenced = 0;
        int round = 0;
        while (round < MaxRounds && missed < EnoughMisses)
        {
            round++;
            Volatile.Write(ref Link, round);
            Meet(ref ReclaimerPhase, ref ReaderPhase, 2 * round);

            // Now one is first, now the other, whoever is woken first, and whatever the reader's stores wait for.
            for (Delay = round / 2 % MaxDelay; Volatile.Read(ref Delay) > 0;)
                Volatile.Write(ref Delay, Delay - 1);
            Volatile.Write(ref Link, 0);
            bool isFenced = round % 2 == 0;
            if (isFenced)
                snapshot.TakeFenced();
            else
                snapshot.Take();
            bool isProtected = snapshot.Names(Token(round), Token(round));
            Meet(ref ReclaimerPhase, ref ReaderPhase, (2 * round) + 1);
            if (isProtected || Volatile.Read(ref Found) != round)
                continue;
            if (isFenced)
                missedFenced++;
            else
                missed++;
        }

        Volatile.Write(ref _isOver, true);
        Volatile.Write(ref ReclaimerPhase, 2 * (round + 1));
        reader.Join();
        output.WriteLine($"In {round} rounds both missed {missed} times without the fence and {missedFenced} times with it.");
        Assert.Equal(0, missedFenced);
    }

    private void Read(SemaphoreSlim registered)
    {
        Slot* slot = Hazards.Take();
        Hazards.Publish(slot, Hazards.Busy);
        registered.Release();
        uint random = 1;
        for (int round = 1; ; round++)
        {
            Hazards.Publish(slot, Hazards.Busy);
            Meet(ref ReaderPhase, ref ReclaimerPhase, 2 * round);
            if (Volatile.Read(ref _isOver))
                break;
            Volatile.Read(ref Link);
            for (int i = 0; i < ColdStores; i++)
            {
                random = (random * 1664525) + 1013904223;
                Volatile.Write(ref _cold[random / Line % (ColdBytes / Line) * Line], 1);
            }

            Hazards.Publish(slot, Token(round));
            long found = Volatile.Read(ref Link);
            Volatile.Write(ref Found, found);
            Meet(ref ReaderPhase, ref ReclaimerPhase, (2 * round) + 1);
        }

        Hazards.Release(slot);
    }

    // Both threads leave at nearly the same time.
    private static void Meet(ref long mine, ref long other, int phase)
    {
        Volatile.Write(ref mine, phase);
        for (int i = 0; Volatile.Read(ref other) < phase; i++)
        {
            // Without pauses: the closer they are, the better they race.
            if (i > 5000)
                Thread.Yield();
        }
    }

    private static nint Token(int round) => (nint)round << 8;
}

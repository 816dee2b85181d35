using Lamina.Protection;

namespace Lamina.Runtime.Tests;

/// <summary>
/// The protocol's one question of ordering, asked of this machine: a reader publishes and then looks at the link while a reclaimer
/// removes the link and then looks at the hazards. One of them must see the other. Without the fence, both may miss.
/// </summary>
[Collection(nameof(FenceTests))]
[CollectionDefinition(nameof(FenceTests), DisableParallelization = true)]
public sealed unsafe class FenceTests
{
    private const int Rounds = 60_000;

    private nint _link;
    private int _readerPhase;
    private int _reclaimerPhase;

    [Fact]
    public void TakeFenced_ReaderPublishesMeanwhile_OneSeesTheOther()
    {
        bool[] found = new bool[Rounds + 1];
        bool[] protectedByReader = new bool[Rounds + 1];
        using SemaphoreSlim registered = new(0);
        Thread reader = new(() =>
        {
            Slot* slot = Hazards.Take();
            Hazards.Publish(slot, Hazards.Busy);
            registered.Release();
            for (int round = 1; round <= Rounds; round++)
            {
                Hazards.Publish(slot, Hazards.Busy);
                Meet(ref _readerPhase, ref _reclaimerPhase, 2 * round);
                Hazards.Publish(slot, Token(round));
                found[round] = Volatile.Read(ref _link) == round;
                Meet(ref _readerPhase, ref _reclaimerPhase, (2 * round) + 1);
            }

            Hazards.Release(slot);
        });
        reader.Start();
        registered.Wait();
        HazardSnapshot snapshot = new();
        for (int round = 1; round <= Rounds; round++)
        {
            Volatile.Write(ref _link, round);
            Meet(ref _reclaimerPhase, ref _readerPhase, 2 * round);

            // Now one is first, now the other, whoever is woken first.
            for (int i = round % 16; i > 0; i--)
                Volatile.Read(ref _readerPhase);
            Volatile.Write(ref _link, 0);
            snapshot.TakeFenced();
            protectedByReader[round] = snapshot.Names(Token(round), Token(round));
            Meet(ref _reclaimerPhase, ref _readerPhase, (2 * round) + 1);
        }

        reader.Join();
        for (int round = 1; round <= Rounds; round++)
            Assert.True(protectedByReader[round] || !found[round], $"Round {round}: the reader found the link, and nobody saw its hazard.");
    }

    // Both threads leave at nearly the same time.
    private static void Meet(ref int mine, ref int other, int phase)
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

using Lamina.Format.Codec;

namespace Lamina.Format.Tests.Reading;

/// <summary>LZ4 sequences byte by byte: a token (literals, match less 4), literals, an offset in two bytes.</summary>
public class SequenceCheckerTests
{
    [Theory, Trait("Spec", "BLK-8"), Trait("Spec", "BLK-9")]
    [InlineData("10 61", 1)]                                   // a literal
    [InlineData("F0 00 6161616161 6161616161 6161616161", 15)] // fifteen, with a length of its own
    [InlineData("10 61 0100 00", 5)]                           // a match, and a last sequence without anything
    [InlineData("1F 61 0100 00 00", 20)]                       // a match of nineteen
    [InlineData("1F 61 0100 FF01 00", 276)]                    // one whose length takes two bytes more
    [InlineData("10 61 0100 20 6262", 7)]
    [InlineData("10 61 0300 00", 5, 2)]                        // the first byte of the dictionary
    public void FindFault_SequencesOfTheLength_FindsNone(string stored, int length, int dictionary = 0) =>
        Assert.Equal(-1, Find(stored, length, dictionary));

    [Theory, Trait("Spec", "BLK-8")]
    [InlineData("", 1, 0)]                      // no token
    [InlineData("10 61", 2, 0)]                 // ends too early
    [InlineData("20 6161", 1, 0)]               // ends too late
    [InlineData("30 6161", 3, 0)]               // literals that are not there
    [InlineData("F0", 20, 0)]                   // a length that is not there
    [InlineData("F0 FF", 300, 0)]               // a length that goes on
    [InlineData("F0 FFFF", 300, 0)]             // and passes the block on its way
    [InlineData("10 61 01", 6, 0)]              // half an offset
    [InlineData("10 61 0100", 5, 4)]            // a match and nothing after it
    [InlineData("1F 61 0100", 20, 0)]           // a match without the rest of its length
    [InlineData("1F 61 0100 FF", 300, 0)]
    [InlineData("10 61 0100 00", 4, 0)]         // a match that is a byte too long
    [InlineData("10 61 0100 00", 6, 4)]         // a block that is a byte too short
    [InlineData("1F 61 0100 00 00", 19, 0)]
    [InlineData("10 61 0100 10 62 0100 00", 9, 4)]
    [InlineData("10 61 0100 20 6262", 6, 4)]
    public void FindFault_SequencesOfAnotherLength_FindsTheSequence(string stored, int length, int fault) =>
        Assert.Equal(fault, Find(stored, length, 0));

    [Theory, Trait("Spec", "BLK-9")]
    [InlineData("10 61 0000 00", 5, 0, 0)]
    [InlineData("10 61 0000 00", 5, 10, 0)]
    [InlineData("10 61 0200 00", 5, 0, 0)]
    [InlineData("10 61 0400 00", 5, 2, 0)]
    [InlineData("10 61 0100 00 0600 00", 9, 0, 4)]
    public void FindFault_OffsetOfZeroOrBeforeTheStart_FindsTheSequence(string stored, int length, int dictionary, int fault) =>
        Assert.Equal(fault, Find(stored, length, dictionary));

    private static int Find(string stored, int length, int dictionary) =>
        SequenceChecker.FindFault(Convert.FromHexString(stored.Replace(" ", "", StringComparison.Ordinal)), length, dictionary);
}

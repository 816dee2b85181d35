using Lamina.Format.Reading;

namespace Lamina.Format.Tests.Reading;

public unsafe class FileViewTests
{
    [Theory, Trait("Spec", "TRU-2")]
    [InlineData(0, 0)]
    [InlineData(0, 4)]
    [InlineData(1, 3)]
    [InlineData(4, 0)]
    public void Slice_InsideTheFile_IsThoseBytes(long offset, int length)
    {
        byte[] bytes = [1, 2, 3, 4];
        fixed (byte* start = bytes)
        {
            FileView view = new(start, bytes.Length);

            Assert.Equal(bytes.AsSpan((int)offset, length), view.Slice(offset, length));
            Assert.True(view.PointerTo(offset) == start + offset);
        }
    }

    [Theory, Trait("Spec", "TRU-2")]
    [InlineData(0, 5)]
    [InlineData(1, 4)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(0, -1)]
    [InlineData(-1, 1)]
    [InlineData(-1, 0)]
    [InlineData(3, int.MaxValue)]
    [InlineData(long.MaxValue, 1)]
    [InlineData(long.MinValue, 1)]
    public void Slice_NotInsideTheFile_Throws(long offset, int length)
    {
        byte[] bytes = [1, 2, 3, 4];
        fixed (byte* start = bytes)
        {
            FileView view = new(start, bytes.Length);

            Assert.Throws<ArgumentOutOfRangeException>(nameof(offset), () => view.Slice(offset, length).Length);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void PointerTo_BeyondTheEnd_Throws(long offset)
    {
        byte[] bytes = [1, 2, 3, 4];
        fixed (byte* start = bytes)
        {
            FileView view = new(start, bytes.Length);

            Assert.Throws<ArgumentOutOfRangeException>(nameof(offset), () => view.PointerTo(offset) == null);
        }
    }

    [Fact]
    public void Constructor_NegativeLength_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>("length", static () => new FileView(null, -1).Length);
}

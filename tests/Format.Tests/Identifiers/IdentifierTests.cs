using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck.Xunit;

namespace Lamina.Format.Tests.Identifiers;

public class IdentifierTests
{
    [Fact, Trait("Spec", "ID-1")]
    public void Dimension_EveryNumber_HasOneTextThatReadsBack()
    {
        for (int value = 1; value <= ushort.MaxValue; value++)
        {
            DimensionId id = new((ushort)value);
            string text = (value < 10 ? "D0" : "D") + value.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(text, id.ToString());
            Assert.Equal(id, DimensionId.Parse(text));
        }
    }

    [Theory, Trait("Spec", "ID-1")]
    [InlineData("")]
    [InlineData("D")]
    [InlineData("D0")]
    [InlineData("D00")]
    [InlineData("D65536")]
    [InlineData("D99999999999999999999")]
    [InlineData("D-1")]
    [InlineData("D+1")]
    [InlineData("D 1")]
    [InlineData("D1 ")]
    [InlineData("D1.0")]
    [InlineData("D1,0")]
    [InlineData("D\u0661")]
    [InlineData("E01")]
    [InlineData("01")]
    public void Dimension_OtherText_IsNone(string text)
    {
        Assert.False(DimensionId.TryParse(text, null, out _));
        Assert.Throws<FormatException>(() => DimensionId.Parse(text));
    }

    [Fact, Trait("Spec", "ID-1")]
    public void Dimension_Zero_IsNone() => Assert.Throws<ArgumentOutOfRangeException>(static () => new DimensionId(0));

    [Property, Trait("Spec", "ID-2")]
    public void Layer_AnyNumbers_HaveOneTextThatReadsBack(ushort dimension, uint number)
    {
        LayerId id = new((ushort)Math.Max(dimension, (ushort)1), number);
        string text = string.Create(CultureInfo.InvariantCulture, $"{id.Dimension}:L{number}");
        byte[] utf8 = new byte[32];

        Assert.Equal(text, id.ToString());
        Assert.Equal(id, LayerId.Parse(text));
        Assert.True(id.TryFormat(utf8, out int written));
        Assert.Equal(text, Encoding.UTF8.GetString(utf8, 0, written));
        Assert.Equal(id, JsonSerializer.Deserialize<LayerId>(JsonSerializer.Serialize(id)));
    }

    [Theory, Trait("Spec", "ID-2")]
    [InlineData("D01:L0", 1, 0u)]
    [InlineData("D14:L4294967295", 14, uint.MaxValue)]
    [InlineData("D1024:L3", 1024, 3u)]
    public void Layer_Examples_Parse(string text, int dimension, uint number) =>
        Assert.Equal(new LayerId((ushort)dimension, number), LayerId.Parse(text));

    [Theory, Trait("Spec", "ID-2")]
    [InlineData("")]
    [InlineData("D01")]
    [InlineData("D01:")]
    [InlineData("D01:L")]
    [InlineData("D01:3")]
    [InlineData("D00:L3")]
    [InlineData("D01:L-1")]
    [InlineData("D01:L4294967296")]
    [InlineData("D01:L3:L4")]
    [InlineData(":L3")]
    [InlineData("D01 :L3")]
    public void Layer_OtherText_IsNone(string text)
    {
        Assert.False(LayerId.TryParse(text, null, out _));
        Assert.Throws<FormatException>(() => LayerId.Parse(text));
    }

    [Property, Trait("Spec", "ID-2")]
    public void Layer_Order_IsByDimensionThenNumber(ushort a, uint m, ushort b, uint n)
    {
        LayerId left = new((ushort)Math.Max(a, (ushort)1), m);
        LayerId right = new((ushort)Math.Max(b, (ushort)1), n);

        int expected = left.Dimension == right.Dimension ? m.CompareTo(n) : left.Dimension.Value.CompareTo(right.Dimension.Value);
        Assert.Equal(Math.Sign(expected), Math.Sign(left.CompareTo(right)));
        Assert.Equal(expected < 0, left < right);
        Assert.Equal(expected >= 0, left >= right);
    }
}

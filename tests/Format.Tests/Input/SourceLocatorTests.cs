using System.Text;
using FsCheck.Xunit;
using Lamina.Format.Conversion;
using Lamina.Format.Input;
using Lamina.Format.Schema;

namespace Lamina.Format.Tests.Input;

public class SourceLocatorTests
{
    [Property(MaxTest = 1000)]
    public void ReadAsync_WrongValueAnywhere_IsAtItsLineAndUtf16Column(int seed)
    {
        // The place is worked out from the text as a string, which shares nothing with the reader.
        Random random = new(seed);
        StringBuilder text = new(random.Next(2) == 0 ? "{\"layers\":[" : "{\n \"layers\": [\r\n");
        string[] pieces = ["a", "é", "漢", "😀", "\\n", "\\\"", "x y z"];
        int wrong = random.Next(4);
        (int Line, int Column) expected = default;
        for (int layer = 0; layer < 4; layer++)
        {
            text.Append(layer == 0 ? "" : random.Next(2) == 0 ? "," : ",\n");
            text.Append("{\"content\":\"");
            for (int i = random.Next(100); i > 0; i--)
                text.Append(pieces[random.Next(pieces.Length)]);
            text.Append("\",\"keywords\":[\"é\",\"k\"],\"dimension_id\":1,\"layer_num\":").Append(layer).Append(",\"depth\":");
            if (layer == wrong)
            {
                string before = text.ToString();
                expected = (before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'));
                text.Append("\"deep\"");
            }
            else
                text.Append('0');
            text.Append('}');
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.Append("]}").ToString());
        foreach (int[]? cuts in new int[]?[] { null, [1 + random.Next(60)] })
        {
            InputDiagnostic error = InputReading.Of(bytes, InputSyntax.Json, cuts).Single();
            Assert.Equal(expected, (error.Position.Line, error.Position.Column));
        }
    }

    [Fact]
    public void Locate_LineLongerThanAnInt_SaysTheLargest()
    {
        SourceLocator locator = new();
        byte[] buffer = new byte[1 << 20];
        for (int i = 0; i < 2100; i++)
            locator.EndBuffer(buffer);

        Assert.Equal(int.MaxValue, locator.Locate(buffer, 5).Column);
        locator.StartLine(6);
        Assert.Equal((2, 2), (locator.Locate(buffer, 7).Line, locator.Locate(buffer, 7).Column));
    }
}

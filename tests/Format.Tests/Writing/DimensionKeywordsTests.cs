using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Format.Writing;

namespace Lamina.Format.Tests.Writing;

public sealed class DimensionKeywordsTests
{
    [Property]
    public Property Intern_AnyStrings_GivesEqualOnesOneIndex() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[][]>(),
        static keywords =>
        {
            using DimensionKeywords table = new();
            Dictionary<string, int> expected = [];
            foreach (byte[] keyword in keywords.Concat(keywords))
            {
                string key = Convert.ToHexString(keyword);
                expected.TryAdd(key, expected.Count);
                Assert.Equal(expected[key], table.Intern(keyword));
                Assert.Equal(keyword, table[expected[key]].ToArray());
            }

            return table.Count == expected.Count && table.TextLength == expected.Keys.Sum(static key => key.Length / 2);
        });

    [Fact]
    public void Intern_ManyStrings_FindsThemAllAgain()
    {
        using DimensionKeywords table = new();

        for (int i = 0; i < 10_000; i++)
            Assert.Equal(i, table.Intern(Encoding.UTF8.GetBytes($"keyword {i}")));
        for (int i = 0; i < 10_000; i++)
            Assert.Equal(i, table.Intern(Encoding.UTF8.GetBytes($"keyword {i}")));
    }
}

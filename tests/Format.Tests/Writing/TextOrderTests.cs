using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Lamina.Format.Writing;

namespace Lamina.Format.Tests.Writing;

public sealed class TextOrderTests
{
    [Property, Trait("Spec", "KEY-2"), Trait("Spec", "NAM-1")]
    public Property Sort_AnyStrings_OrdersAsUnsignedBytesThenByIndex() => Prop.ForAll(
        ArbMap.Default.ArbFor<int>(),
        static seed =>
        {
            System.Random random = new(seed);
            byte[][] texts = [.. Enumerable.Range(0, random.Next(1000)).Select(_ => RandomText(random))];
            TextSpan[] spans = new TextSpan[texts.Length];
            List<byte> arena = [];
            for (int i = 0; i < texts.Length; i++)
            {
                spans[i] = new TextSpan(arena.Count, texts[i].Length);
                arena.AddRange(texts[i]);
            }

            int[] items = [.. Enumerable.Range(0, texts.Length)];
            random.Shuffle(items);
            TextOrder.Sort(items, items.Length, spans, [.. arena]);

            int[] expected = [.. Enumerable.Range(0, texts.Length).OrderBy(i => i, Comparer<int>.Create((a, b) => Compare(texts[a], texts[b])))];
            Assert.Equal(expected, items);
        });

    private static int Compare(byte[] a, byte[] b)
    {
        for (int i = 0; i < Math.Min(a.Length, b.Length); i++)
        {
            if (a[i] != b[i])
                return a[i] < b[i] ? -1 : 1;
        }

        return a.Length.CompareTo(b.Length);
    }

    /// <summary>Few different bytes and shared beginnings, so that prefixes collide and end in zeros.</summary>
    private static byte[] RandomText(System.Random random) =>
        [.. Enumerable.Repeat((byte)'p', random.Next(3) * 4), .. Enumerable.Range(0, random.Next(6)).Select(_ => (byte)(random.Next(3) * 127))];
}

using System.Buffers.Binary;

namespace Lamina.Format.Tests.Fuzzing;

/// <summary>Changes bytes without knowing what they mean.</summary>
internal static class ByteMutator
{
    public const int MaxLength = 1 << 16;

    private static readonly byte[] EdgeBytes = [0, 1, 0x20, 0x7F, 0x80, 0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xF0, 0xF4, 0xFE, 0xFF];

    /// <summary>Makes one change anywhere.</summary>
    public static byte[] Mutate(byte[] input, byte[] other, Random random)
    {
        if (input.Length == 0)
            return other.Length == 0 ? [0] : [.. other.Take(random.Next(1, 64))];
        switch (random.Next(12))
        {
            case 0:
                return input[..random.Next(input.Length)];
            case 1:
                return Extend(input, random);
            case 2:
                return Remove(input, random.Next(input.Length), Length(random, input.Length));
            case 3:
                return Insert(input, random.Next(input.Length + 1), Part(random.Next(2) == 0 ? input : other, random));
            case 4:
                return Replace(input, random.Next(input.Length), Part(random.Next(2) == 0 ? input : other, random));
            default:
                byte[] changed = (byte[])input.Clone();
                Change(changed, random);
                return changed;
        }
    }

    /// <summary>Makes one change in <paramref name="bytes"/>, which keep their length.</summary>
    public static void Change(Span<byte> bytes, Random random)
    {
        if (bytes.IsEmpty)
            return;
        int at = random.Next(bytes.Length);
        switch (random.Next(6))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes[at] = EdgeBytes[random.Next(EdgeBytes.Length)];
                break;
            case 3:
                bytes[at] += (byte)random.Next(-16, 17);
                break;
            case 4:
                int size = 1 << random.Next(1, 4);
                if (bytes.Length >= size)
                {
                    Span<byte> field = bytes.Slice(random.Next(bytes.Length - size + 1) / size * size, size);
                    Write(field, Edge(random, Read(field), bytes.Length));
                }

                break;
            default:
                Span<byte> from = bytes.Slice(at, Math.Min(Length(random, bytes.Length), bytes.Length - at));
                from.CopyTo(bytes[random.Next(bytes.Length - from.Length + 1)..]);
                break;
        }
    }

    /// <summary>A number that a forger would try in the place of <paramref name="original"/>.</summary>
    public static ulong Edge(Random random, ulong original, int length) => random.Next(16) switch
    {
        0 => 0,
        1 => 1,
        2 => ulong.MaxValue >> random.Next(64),
        3 => 1UL << random.Next(64),
        4 => (1UL << random.Next(64)) - 1,
        5 => (1UL << random.Next(64)) + 1,
        6 => original + 1,
        7 => original - 1,
        8 => original ^ (1UL << random.Next(64)),
        9 => original + (ulong)random.Next(1, 65),
        10 => original - (ulong)random.Next(1, 65),
        11 => original << random.Next(1, 33),
        12 => (ulong)length,
        13 => (ulong)length - original,
        14 => ulong.MaxValue - (ulong)random.Next(length + 1),
        _ => (ulong)random.NextInt64() >> random.Next(63),
    };

    public static ulong Read(ReadOnlySpan<byte> field)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        number.Clear();
        field.CopyTo(number);
        return BinaryPrimitives.ReadUInt64LittleEndian(number);
    }

    public static void Write(Span<byte> field, ulong value)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(number, value);
        number[..field.Length].CopyTo(field);
    }

    public static byte[] Insert(byte[] input, int at, byte[] part) =>
        input.Length + part.Length > MaxLength ? input : [.. input[..at], .. part, .. input[at..]];

    public static byte[] Remove(byte[] input, int at, int length) => [.. input[..at], .. input[Math.Min(at + length, input.Length)..]];

    /// <summary>A few bytes of <paramref name="from"/>, sometimes many.</summary>
    public static byte[] Part(byte[] from, Random random)
    {
        if (from.Length == 0)
            return [];
        int at = random.Next(from.Length);
        return from[at..Math.Min(at + Length(random, from.Length), from.Length)];
    }

    private static byte[] Replace(byte[] input, int at, byte[] part)
    {
        byte[] changed = (byte[])input.Clone();
        part.AsSpan(0, Math.Min(part.Length, input.Length - at)).CopyTo(changed.AsSpan(at));
        return changed;
    }

    private static byte[] Extend(byte[] input, Random random)
    {
        byte[] more = new byte[Length(random, 512)];
        if (random.Next(2) == 0)
            random.NextBytes(more);
        return Insert(input, input.Length, more);
    }

    private static int Length(Random random, int most) =>
        1 + random.Next(random.Next(4) == 0 ? Math.Max(1, most) : Math.Clamp(most, 1, 32));
}

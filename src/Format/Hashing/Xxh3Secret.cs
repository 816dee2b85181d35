using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Lamina.Format.Hashing;

/// <summary>The secret of XXH3 without a seed.</summary>
/// <remarks>
/// As numbers in code, which are there at once: for the assembly's data the runtime first loads a type for every length that there is of it. They are put
/// down for each hash, which is nothing to a file, and all that is hashed this way are the first files of a program.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = Length)]
internal struct Xxh3Secret
{
    /// <summary>Bytes of it.</summary>
    public const int Length = 192;

    /// <summary>The first eight bytes; the others follow.</summary>
    public ulong First;

    /// <summary>Puts it down from <paramref name="secret"/> on.</summary>
    public static void Write(ref ulong secret)
    {
        secret = 0xBE4BA423396CFEB8;
        Unsafe.Add(ref secret, 1) = 0x1CAD21F72C81017C;
        Unsafe.Add(ref secret, 2) = 0xDB979083E96DD4DE;
        Unsafe.Add(ref secret, 3) = 0x1F67B3B7A4A44072;
        Unsafe.Add(ref secret, 4) = 0x78E5C0CC4EE679CB;
        Unsafe.Add(ref secret, 5) = 0x2172FFCC7DD05A82;
        Unsafe.Add(ref secret, 6) = 0x8E2443F7744608B8;
        Unsafe.Add(ref secret, 7) = 0x4C263A81E69035E0;
        Unsafe.Add(ref secret, 8) = 0xCB00C391BB52283C;
        Unsafe.Add(ref secret, 9) = 0xA32E531B8B65D088;
        Unsafe.Add(ref secret, 10) = 0x4EF90DA297486471;
        Unsafe.Add(ref secret, 11) = 0xD8ACDEA946EF1938;
        Unsafe.Add(ref secret, 12) = 0x3F349CE33F76FAA8;
        Unsafe.Add(ref secret, 13) = 0x1D4F0BC7C7BBDCF9;
        Unsafe.Add(ref secret, 14) = 0x3159B4CD4BE0518A;
        Unsafe.Add(ref secret, 15) = 0x647378D9C97E9FC8;
        Unsafe.Add(ref secret, 16) = 0xC3EBD33483ACC5EA;
        Unsafe.Add(ref secret, 17) = 0xEB6313FAFFA081C5;
        Unsafe.Add(ref secret, 18) = 0x49DAF0B751DD0D17;
        Unsafe.Add(ref secret, 19) = 0x9E68D429265516D3;
        Unsafe.Add(ref secret, 20) = 0xFCA1477D58BE162B;
        Unsafe.Add(ref secret, 21) = 0xCE31D07AD1B8F88F;
        Unsafe.Add(ref secret, 22) = 0x280416958F3ACB45;
        Unsafe.Add(ref secret, 23) = 0x7E404BBBCAFBD7AF;
    }
}

using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Lamina.Format.Publishing;

/// <summary>
/// Reads a manifest that is written as CAN-8 says, byte by byte, which takes neither a JSON reader nor anything else that a program may
/// not need otherwise. Every other one, right or wrong, is left to <see cref="ManifestReader"/>, which alone says what is wrong.
/// </summary>
internal ref struct CanonicalManifest
{
    private readonly ReadOnlySpan<byte> _utf8;
    private int _at;

    private CanonicalManifest(ReadOnlySpan<byte> utf8) => _utf8 = utf8;

    /// <summary>What the manifest says; null if it is not written in the canonical form, or breaks a rule.</summary>
    public static ManifestEntry[]? TryRead(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is <= 0 or > Limits.MaxManifestLength || !TryReadChecksum(utf8, out int end, out ulong checksum))
            return null;
        if (Checksums.Part(utf8[..end]) != checksum)
            return null;
        CanonicalManifest reader = new(utf8[..end]);
        return reader.TryRead();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadChecksum(ReadOnlySpan<byte> utf8, out int start, out ulong checksum)
    {
        start = utf8.Length - ManifestLayout.TailLength;
        checksum = 0;
        if (start <= 0)
            return false;
        CanonicalManifest tail = new(utf8) { _at = start };
        if (!tail.Skip(ManifestLayout.BeforeDigits) || !LowerHex.TryParse(utf8, tail._at, out checksum))
            return false;
        tail._at += ManifestLayout.DigitCount;
        return tail.Skip(ManifestLayout.AfterDigits);
    }

    private ManifestEntry[]? TryRead()
    {
        if (!Skip("{\n  \"lamina\": \"1.0\",\n  \"dimensions\": [\n"))
            return null;
        ManifestEntry[] entries = new ManifestEntry[16];
        int count = 0;
        int above = 0;
        do
        {
            if (TryReadEntry(above) is not { } entry)
                return null;
            above = entry.Dimension.Value;
            if (count == entries.Length)
                entries = Resize(entries, count * 2);
            entries[count++] = entry;
        }
        while (Skip(",\n"));
        return Skip("\n  ],\n") && _at == _utf8.Length ? Resize(entries, count) : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ManifestEntry? TryReadEntry(int above)
    {
        if (!Skip("    {\"id\": ") || !TryReadNumber(Limits.MaxDimensions, out long id) || id <= above)
            return null;
        DimensionId dimension = new((ushort)id);
        string? name = null;
        if (Skip(", \"name\": \"") && (name = TryReadName()) is null)
            return null;
        if (!Skip(", \"file\": \"") || TryReadFile(dimension, out Digest128 digest) is not { } file)
            return null;
        if (!Skip(", \"length\": ") || !TryReadNumber(Limits.MaxFileLength, out long length))
            return null;
        if (!Skip(", \"layers\": ") || !TryReadNumber(Limits.MaxLayers, out long layers))
            return null;
        bool simulated = Skip(", \"simulated\": true}");
        return simulated || Skip(", \"simulated\": false}")
            ? new ManifestEntry(dimension, name, file, length, digest, (int)layers, simulated)
            : null;
    }

    private static ManifestEntry[] Resize(ManifestEntry[] entries, int length)
    {
        ManifestEntry[] resized = new ManifestEntry[length];
        Array.Copy(entries, resized, Math.Min(entries.Length, length));
        return resized;
    }

    private bool TryReadNumber(long most, out long number)
    {
        number = 0;
        int start = _at;
        for (; _at < _utf8.Length && (uint)(_utf8[_at] - '0') <= 9; _at++)
        {
            number = (number * 10) + (_utf8[_at] - '0');
            if (number > most)
                return false;
        }

        return _at > start && (_utf8[start] != '0' || _at == start + 1);
    }

    // A name with an escape is left to the other reader.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private string? TryReadName()
    {
        int start = _at;
        bool isAscii = true;
        for (; _at < _utf8.Length && _utf8[_at] != '"'; _at++)
        {
            if (_utf8[_at] is < (byte)' ' or (byte)'\\')
                return null;
            isAscii &= _utf8[_at] < 0x80;
        }

        int end = _at;
        if (end - start is <= 0 or > Limits.MaxNameLength || !Skip("\""))
            return null;
        return isAscii ? AsciiText(start, end) : Utf8Text(start, end);
    }

    // Character by character: what the framework has for it takes the types of vectors, which a fresh process loads for three milliseconds.
    private string AsciiText(int start, int end)
    {
        char[] text = new char[end - start];
        for (int i = 0; i < text.Length; i++)
            text[i] = (char)_utf8[start + i];
        return new string(text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private string? Utf8Text(int start, int end)
    {
        ReadOnlySpan<byte> text = _utf8[start..end];
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : null;
    }

    /// <summary>Spec: MAN-5.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private string? TryReadFile(DimensionId dimension, out Digest128 digest)
    {
        int start = _at;
        digest = default;
        if (!Skip("D") || (dimension.Value < 10 && !Skip("0")))
            return null;
        if (!TryReadNumber(Limits.MaxDimensions, out long number) || number != dimension.Value || !Skip("-"))
            return null;
        if (_utf8.Length - _at < Digest128.TextLength || !Digest128.TryParse(_utf8.Slice(_at, Digest128.TextLength), out digest))
            return null;
        _at += Digest128.TextLength;
        return Skip(".lamina\"") ? AsciiText(start, _at - 1) : null;
    }

    // Text of ASCII alone.
    private bool Skip(string text)
    {
        if (_utf8.Length - _at < text.Length)
            return false;
        for (int i = 0; i < text.Length; i++)
        {
            if (_utf8[_at + i] != text[i])
                return false;
        }

        _at += text.Length;
        return true;
    }
}

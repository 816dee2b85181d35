using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Lamina.Format.Publishing;

/// <summary>Reads a manifest and refuses what breaks a rule, at the byte that does. Spec: chapter "Manifest".</summary>
internal ref struct ManifestReader
{
    private const string Mend = " The manifest is damaged: copy or convert the data set again.";

    private static readonly SearchValues<byte> WholeNumber = SearchValues.Create("-0123456789"u8);

    private readonly ReadOnlySpan<byte> _utf8;
    private readonly string? _file;
    private Utf8JsonReader _json;

    private ManifestReader(ReadOnlySpan<byte> utf8, string? file)
    {
        _utf8 = utf8;
        _file = file;
        _json = new Utf8JsonReader(utf8, default(JsonReaderOptions));
    }

    /// <summary>Reads the manifest <paramref name="utf8"/>, which errors call <paramref name="file"/>.</summary>
    /// <exception cref="LaminaFormatException">A rule is broken.</exception>
    public static List<ManifestEntry> Read(ReadOnlySpan<byte> utf8, string? file)
    {
        if (utf8.Length > Limits.MaxManifestLength)
            throw TooLong(utf8.Length, file);
        ManifestReader reader = new(utf8, file);
        reader.ReadVersion();
        reader.CheckChecksum();
        return reader.ReadRest();
    }

    public static LaminaFormatException TooLong(long length, string? file) => new(
        FormatFault.LimitExceeded,
        FormattableString.Invariant($"The manifest has {length} bytes; the format allows {Limits.MaxManifestLength}.") + Mend,
        Limits.MaxManifestLength,
        file);

    /// <summary>Spec: MAN-2, MAN-3.</summary>
    private void ReadVersion()
    {
        Next();
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Syntax("The manifest is not a JSON object.");
        Next();
        if (_json.TokenType != JsonTokenType.PropertyName || Text() != "lamina")
            throw Syntax("The manifest does not begin with its version, 'lamina'.");
        Next();
        string version = _json.TokenType == JsonTokenType.String ? Text() : string.Empty;
        int dot = version.IndexOf('.', StringComparison.Ordinal);
        if (!IsNumber(version.AsSpan(0, Math.Max(dot, 0)), out uint major) || !IsNumber(version.AsSpan(dot + 1), out _))
            throw Syntax("'lamina' is not a version, such as \"1.0\".");
        if (major != 1)
        {
            throw Fault(
                FormatFault.ManifestVersion,
                _json.TokenStartIndex,
                $"The manifest has version {version}; this library reads version 1. "
                + "Use a newer library, or convert the data set again.");
        }
    }

    /// <summary>Spec: MAN-7.</summary>
    private readonly void CheckChecksum()
    {
        int start = _utf8.Length - ManifestLayout.TailLength;
        ReadOnlySpan<byte> tail = _utf8[Math.Max(start, 0)..];
        int digits = start + ManifestLayout.BeforeDigits.Length;
        if (start <= 0
            || _utf8[start - 1] != (byte)'\n'
            || !tail.StartsWith(Encoding.UTF8.GetBytes(ManifestLayout.BeforeDigits))
            || !tail.EndsWith(Encoding.UTF8.GetBytes(ManifestLayout.AfterDigits))
            || !LowerHex.TryParse(_utf8.Slice(digits, ManifestLayout.DigitCount), out ulong declared))
        {
            throw Fault(
                FormatFault.ManifestSyntax,
                Math.Max(start, 0),
                "The manifest does not end with its checksum, 16 hexadecimal digits in lower case, on a line of its own." + Mend);
        }

        if (declared != Checksums.Part(_utf8[..start]))
            throw Fault(FormatFault.ManifestChecksum, 0, "The checksum of the manifest does not match its bytes." + Mend);
    }

    private List<ManifestEntry> ReadRest()
    {
        if (!Utf8.IsValid(_utf8))
            throw Fault(FormatFault.ManifestSyntax, FirstInvalid(_utf8), "The manifest is not UTF-8." + Mend);

        List<ManifestEntry>? dimensions = null;
        HashSet<string> seen = ["lamina"];
        while (NextProperty(seen))
        {
            if (_json.ValueTextEquals("dimensions"u8))
                dimensions = ReadDimensions();
            else
                SkipValue();
        }

        long end = _json.TokenStartIndex;
        if (Read())
            throw Syntax("The manifest goes on after its object.");
        return dimensions ?? throw Fault(FormatFault.ManifestSyntax, end, "The manifest has no 'dimensions'." + Mend);
    }

    /// <summary>Spec: MAN-4.</summary>
    private List<ManifestEntry> ReadDimensions()
    {
        Next();
        if (_json.TokenType != JsonTokenType.StartArray)
            throw Syntax("'dimensions' is not an array.");
        long start = _json.TokenStartIndex;
        List<ManifestEntry> entries = [];
        for (Next(); _json.TokenType != JsonTokenType.EndArray; Next())
        {
            if (_json.TokenType != JsonTokenType.StartObject)
                throw Syntax("'dimensions' takes objects.");
            entries.Add(ReadEntry(entries.Count == 0 ? 0 : entries[^1].Dimension.Value));
        }

        return entries.Count > 0
            ? entries
            : throw Fault(FormatFault.ManifestEntry, start, "The manifest names no dimension." + Mend);
    }

    private ManifestEntry ReadEntry(int above)
    {
        long start = _json.TokenStartIndex;
        long filePosition = 0;
        long? id = null;
        long? length = null;
        long? layers = null;
        string? name = null;
        string? file = null;
        bool? simulated = null;
        HashSet<string> seen = [];
        while (NextProperty(seen))
        {
            if (_json.ValueTextEquals("id"u8))
                id = ReadId(above);
            else if (_json.ValueTextEquals("name"u8))
                name = ReadName();
            else if (_json.ValueTextEquals("file"u8))
                (file, filePosition) = (ReadString("file"), _json.TokenStartIndex);
            else if (_json.ValueTextEquals("length"u8))
                length = ReadNumber("length", 0, Limits.MaxFileLength, FormatFault.LimitExceeded);
            else if (_json.ValueTextEquals("layers"u8))
                layers = ReadNumber("layers", 0, Limits.MaxLayers, FormatFault.LimitExceeded);
            else if (_json.ValueTextEquals("simulated"u8))
                simulated = ReadBoolean("simulated");
            else
                SkipValue();
        }

        string? missing = id is null ? "id" : file is null ? "file" : length is null ? "length"
            : layers is null ? "layers" : simulated is null ? "simulated" : null;
        if (missing is not null)
            throw Fault(FormatFault.ManifestSyntax, start, $"The dimension has no '{missing}'." + Mend);

        // MAN-5: the name is put together anew and compared, so it never leaves the folder.
        DimensionId dimension = new((ushort)id!.Value);
        if (!ManifestEntry.TryParseFileName(file, out DimensionId named, out Digest128 digest) || named != dimension)
        {
            throw Fault(
                FormatFault.ManifestEntry,
                filePosition,
                $"'file' is not {dimension}, '-', 32 hexadecimal digits in lower case and '{ManifestEntry.FileExtension}'."
                + Mend);
        }

        return new ManifestEntry(dimension, name, file!, length!.Value, digest, (int)layers!.Value, simulated!.Value);
    }

    private long ReadId(int above)
    {
        long id = ReadNumber("id", 1, Limits.MaxDimensions, FormatFault.ManifestEntry);
        return id > above
            ? id
            : throw Fault(
                FormatFault.ManifestEntry,
                _json.TokenStartIndex,
                FormattableString.Invariant($"The dimension {id} does not come after {above}, the one before it.") + Mend);
    }

    private string ReadName()
    {
        string name = ReadString("name");
        int length = Encoding.UTF8.GetByteCount(name);
        if (length is 0 or > Limits.MaxNameLength)
        {
            throw Fault(
                length == 0 ? FormatFault.ManifestEntry : FormatFault.LimitExceeded,
                _json.TokenStartIndex,
                FormattableString.Invariant($"'name' has {length} bytes; it takes 1 to {Limits.MaxNameLength}.") + Mend);
        }

        return name;
    }

    private string ReadString(string property)
    {
        Next();
        return _json.TokenType == JsonTokenType.String ? Text() : throw Syntax($"'{property}' takes a string.");
    }

    private bool ReadBoolean(string property)
    {
        Next();
        return _json.TokenType is JsonTokenType.True or JsonTokenType.False
            ? _json.GetBoolean()
            : throw Syntax($"'{property}' takes true or false.");
    }

    private long ReadNumber(string property, long least, long most, FormatFault outside)
    {
        Next();
        if (_json.TokenType != JsonTokenType.Number || _json.ValueSpan.ContainsAnyExcept(WholeNumber))
            throw Syntax($"'{property}' takes a whole number.");
        if (_json.TryGetInt64(out long number) && number >= least && number <= most)
            return number;
        throw Fault(
            outside, _json.TokenStartIndex, FormattableString.Invariant($"'{property}' takes {least} to {most}.") + Mend);
    }

    /// <summary>Goes to the next property of the current object, each name once; false at the object's end.</summary>
    private bool NextProperty(HashSet<string> seen)
    {
        Next();
        if (_json.TokenType == JsonTokenType.EndObject)
            return false;
        string property = Text();
        return seen.Add(property) ? true : throw Syntax($"The object names '{property}' twice.");
    }

    /// <summary>Passes over a value of which nothing is known but that it is JSON, each name once. Spec: MAN-2.</summary>
    private void SkipValue()
    {
        Stack<HashSet<string>> objects = new();
        int depth = 0;
        do
        {
            Next();
            switch (_json.TokenType)
            {
                case JsonTokenType.StartObject:
                    objects.Push([]);
                    depth++;
                    break;
                case JsonTokenType.StartArray:
                    depth++;
                    break;
                case JsonTokenType.EndObject:
                    objects.Pop();
                    depth--;
                    break;
                case JsonTokenType.EndArray:
                    depth--;
                    break;
                case JsonTokenType.PropertyName:
                    string property = Text();
                    if (!objects.Peek().Add(property))
                        throw Syntax($"The object names '{property}' twice.");
                    break;
            }
        }
        while (depth > 0 || _json.TokenType == JsonTokenType.PropertyName);
    }

    /// <summary>The string or property name that the reader stands at.</summary>
    private string Text()
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Syntax("The string is not UTF-8, or holds half of a surrogate pair.");
        }
    }

    private void Next()
    {
        if (!Read())
            throw Fault(FormatFault.ManifestSyntax, _utf8.Length, "The manifest ends too early." + Mend);
    }

    private bool Read()
    {
        try
        {
            return _json.Read();
        }
        catch (JsonException broken)
        {
            throw Fault(FormatFault.ManifestSyntax, PositionOf(broken), "The manifest is not JSON." + Mend);
        }
    }

    /// <summary>The byte that a JSON error names by line and byte in the line.</summary>
    private readonly long PositionOf(JsonException broken)
    {
        int start = 0;
        for (long line = broken.LineNumber ?? 0; line > 0; line--)
            start += _utf8[start..].IndexOf((byte)'\n') + 1;
        return Math.Min(start + (broken.BytePositionInLine ?? 0), _utf8.Length);
    }

    private static int FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out int length) == OperationStatus.Done)
            at += length;
        return at;
    }

    private static bool IsNumber(ReadOnlySpan<char> text, out uint number) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && (text is not ['0', _, ..]);

    private readonly LaminaFormatException Syntax(string message) =>
        Fault(FormatFault.ManifestSyntax, _json.TokenStartIndex, message + Mend);

    private readonly LaminaFormatException Fault(FormatFault fault, long offset, string message) =>
        new(fault, message, offset, _file);
}

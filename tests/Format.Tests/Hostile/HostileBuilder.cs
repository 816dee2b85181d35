using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Hostile;

/// <summary>Collects the corpus: each call damages a region that had no fault, in one way.</summary>
internal sealed class HostileBuilder
{
    private readonly List<HostileFile> _files = [];

    public IReadOnlyList<HostileFile> Files => _files;

    /// <summary>Adds a file as it is.</summary>
    public void Add(string name, FormatFault fault, long offset, HostileStage stage, byte[] bytes) =>
        _files.Add(new HostileFile(name, fault, offset, stage, bytes));

    /// <summary>Puts <paramref name="value"/> into a field and makes all checksums right again.</summary>
    public void Patch(
        string name, FormatFault fault, Func<OracleFile, int> field, int size, ulong value,
        HostileStage stage = HostileStage.Open, OracleParts? parts = null)
    {
        OracleFile file = (parts ?? HostileRegions.Parts()).ToFile();
        int offset = field(file);
        Add(name, fault, offset, stage, file.Set(offset, size, value).Seal().Bytes);
    }

    /// <summary>Puts <paramref name="value"/> into a header field and makes the header's checksum right again.</summary>
    public void Header(string name, FormatFault fault, int offset, int size, ulong value, OracleParts? parts = null) =>
        Add(
            name, fault, offset, HostileStage.Open,
            (parts ?? HostileRegions.Parts()).ToFile().Set(offset, size, value).SealHeader().Bytes);

    /// <summary>Puts <paramref name="value"/> into a section's entry and makes the table's and the header's checksum right again.</summary>
    public void Entry(
        string name, FormatFault fault, uint kind, int field, int size, ulong value,
        HostileStage stage = HostileStage.Open, OracleParts? parts = null)
    {
        OracleFile file = (parts ?? HostileRegions.Parts()).ToFile();
        int offset = file.Entry(kind) + field;
        Add(name, fault, offset, stage, file.Set(offset, size, value).SealRoots().Bytes);
    }

    /// <summary>Changes parts before they are laid out.</summary>
    public void Change(
        string name, FormatFault fault, HostileStage stage, Func<OracleFile, int> where, Action<OracleParts> change,
            OracleParts? parts = null)
    {
        parts ??= HostileRegions.Parts();
        change(parts);
        OracleFile file = parts.ToFile();
        Add(name, fault, where(file), stage, file.Bytes);
    }

    /// <summary>Changes the sections before they get their places.</summary>
    public void Sections(
        string name, FormatFault fault, Func<OracleFile, int> where, Action<List<OracleSection>> change,
        HostileStage stage = HostileStage.Open, OracleParts? parts = null)
    {
        OracleFile file = (parts ?? HostileRegions.Parts()).ToFile(change);
        Add(name, fault, where(file), stage, file.Bytes);
    }
}

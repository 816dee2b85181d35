using Lamina.Format.Tests.Oracle;

namespace Lamina.Format.Tests.Specification;

/// <summary>A frozen data set.</summary>
/// <param name="Name">Its folder under <c>fixtures/valid/</c>.</param>
/// <param name="Source">What it was made from, under <c>fixtures/</c>.</param>
/// <param name="Options">How it is written; the defaults if null.</param>
internal sealed record ValidFixture(string Name, string Source, OracleOptions? Options = null)
{
    public bool Simulate { get; init; }

    /// <summary>What is changed before the file is laid out.</summary>
    public Action<OracleParts>? Change { get; init; }

    /// <summary>What is changed in the file; seals it again.</summary>
    public Action<OracleFile>? Patch { get; init; }

    public IReadOnlyList<OracleRegion> Regions() => OracleSource.Read(Path.Combine(Repository.Fixtures, Source), Simulate);
}

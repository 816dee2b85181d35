namespace Lamina.Format.Tests.Specification;

/// <summary>A test that needs Node.js and the packages of <c>kaitai/package-lock.json</c>; shown as skipped where they
/// cannot be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = KaitaiReader.Unavailable;
}

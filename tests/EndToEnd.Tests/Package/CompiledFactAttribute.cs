namespace Lamina.EndToEnd.Tests.Package;

/// <summary>A test of what packages bring along for the system that it runs on; skipped where they have no compiled code for it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class CompiledFactAttribute : FactAttribute
{
    public CompiledFactAttribute()
    {
        if (!CompiledCode.IsForThisSystem)
            Skip = $"The packages have compiled code for {string.Join(", ", CompiledCode.Systems)}.";
    }
}

using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Lamina.EndToEnd.Tests.Package;

/// <summary>Libraries that were compiled before they run.</summary>
internal static class CompiledCode
{
    /// <summary>The systems that packages have compiled code for.</summary>
    public static IReadOnlyList<string> Systems { get; } = ["linux-arm64", "linux-x64", "osx-arm64", "osx-x64", "win-x64"];

    /// <summary>Whether packages have code for the system that the tests run on.</summary>
    public static bool IsForThisSystem { get; } = Systems.Contains(RuntimeInformation.RuntimeIdentifier);

    /// <summary>Whether a library has compiled code beside its intermediate one.</summary>
    public static bool IsIn(Stream library)
    {
        using PEReader reader = new(library);
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    /// <inheritdoc cref="IsIn(Stream)"/>
    public static bool IsIn(string library)
    {
        using FileStream file = File.OpenRead(library);
        return IsIn(file);
    }
}

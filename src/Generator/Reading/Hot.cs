using System.Runtime.CompilerServices;

namespace Lamina.Generator.Reading;

/// <summary>Names what every character or value of a file passes.</summary>
internal static class Hot
{
    /// <summary>
    /// Compile the method optimized at its first call, as .NET Standard 2.0 cannot say yet: a compiler's process has ended before
    /// the run time has got round to it.
    /// </summary>
    public const MethodImplOptions Method = (MethodImplOptions)512;
}

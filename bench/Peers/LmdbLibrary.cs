using System.Reflection;
using System.Runtime.InteropServices;
using LightningDB;

namespace Lamina.Bench.Peers;

/// <summary>Finds LMDB's native library.</summary>
internal static class LmdbLibrary
{
    // The package's own, first; it wants a newer C library than some systems have, which have LMDB of their own.
    private static readonly string[] SystemNames = ["liblmdb.so.0", "liblmdb.so", "liblmdb.dylib"];

    private static int _isResolved;

    public static void Resolve()
    {
        if (Interlocked.Exchange(ref _isResolved, 1) == 0)
            NativeLibrary.SetDllImportResolver(typeof(LightningEnvironment).Assembly, Load);
    }

    private static nint Load(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (NativeLibrary.TryLoad(name, assembly, path, out nint library))
            return library;
        foreach (string system in SystemNames)
        {
            if (NativeLibrary.TryLoad(system, out library))
                return library;
        }

        return 0;
    }
}

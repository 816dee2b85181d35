using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Lamina.Runtime.Tests.Data;

internal static class HookSwitch
{
    // Before any test, since the library reads the switch once.
    [ModuleInitializer]
    [SuppressMessage("Usage", "CA2255:The 'ModuleInitializer' attribute should not be used in libraries", Justification = "A test assembly.")]
    internal static void TurnOn() => AppContext.SetSwitch(Lamina.Protection.TestHooks.SwitchName, true);
}

using Lamina.Protection;

namespace Lamina.Runtime.Tests.Data;

/// <summary>Other threads, whose failures fail the test.</summary>
internal static class Threads
{
    /// <summary>Does something on another thread, to its end.</summary>
    public static void RunOther(Action work)
    {
        Exception? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    /// <summary>
    /// Reads a layer on another thread, stops it where it first reaches <paramref name="point"/>, and lets it go on after
    /// <paramref name="meanwhile"/>.
    /// </summary>
    /// <returns>What it read.</returns>
    public static byte[] ReadWhile(MmapManager manager, LayerId id, HookPoint point, Action meanwhile)
    {
        using SemaphoreSlim reached = new(0);
        using SemaphoreSlim go = new(0);
        byte[]? result = null;
        Exception? failure = null;
        Thread reader = new(() =>
        {
            bool once = false;
            TestHooks.Reached = at =>
            {
                if (at != point || once)
                    return;
                once = true;
                reached.Release();
                go.Wait();
            };
            try
            {
                result = manager.ReadCopy(id);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
            finally
            {
                reached.Release();
            }
        });
        reader.Start();
        reached.Wait();
        try
        {
            meanwhile();
        }
        finally
        {
            go.Release();
            reader.Join();
        }

        Assert.Null(failure);
        return result!;
    }
}

namespace Lamina.Format.Input;

/// <summary>
/// Finds and reads the files that <c>content_file</c> names: inside one folder, links followed to where they lead. What a
/// path may be is the same on every system, so that an input that works on one works on all.
/// </summary>
/// <param name="folder">The folder, a full path.</param>
internal sealed class ContentFileResolver(string folder)
{
    /// <summary>The most UTF-8 bytes of a path.</summary>
    public const int MaxPathLength = 4096;

    private const int MaxLinks = 40;
    private const int ReadLength = 1 << 20;

    /// <summary>The folder without links, once it was needed.</summary>
    private string? _folder;

    /// <summary>Whether <paramref name="path"/> is relative and names no place outside the folder it starts from, as text.</summary>
    public static bool IsInside(string path)
    {
        // A backslash or a colon would make a root, a parent, a drive or a stream of what is a plain name elsewhere.
        if (path.Length == 0 || path[0] == '/' || path.AsSpan().ContainsAny('\\', ':') || path.AsSpan().ContainsAnyInRange('\0', '\x1F'))
            return false;

        foreach (Range range in path.AsSpan().Split('/'))
        {
            // Windows drops dots and spaces at the end of a name, so "..." could mean "..".
            ReadOnlySpan<char> part = path.AsSpan()[range];
            if (part is not "." && part is not [] && (part[^1] is '.' or ' ' || IsDevice(part)))
                return false;
        }

        return true;
    }

    /// <summary>Reads the file at <paramref name="path"/> to the end of <paramref name="target"/>.</summary>
    /// <param name="path">A path that <see cref="IsInside(string)"/>.</param>
    /// <param name="target">Takes the bytes; the file is read no further than <paramref name="limit"/> and one byte.</param>
    /// <param name="limit">The most bytes that the file may have.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>What went wrong; null if nothing did.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public async ValueTask<string?> ReadAsync(string path, ByteBuffer target, int limit, CancellationToken cancellationToken)
    {
        try
        {
            _folder ??= Resolve(Path.GetPathRoot(folder)!, folder[Path.GetPathRoot(folder)!.Length..]);
            string real = Resolve(_folder, path);
            string inside = Path.EndsInDirectorySeparator(_folder) ? _folder : _folder + Path.DirectorySeparatorChar;
            if (!real.StartsWith(inside, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal))
                return "a link on its way leads outside the folder.";

            using FileStream file = new(
                real, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);
            int end = target.Length + limit;
            while (target.Length <= end)
            {
                target.Reserve(ReadLength);
                int read = await file.ReadAsync(target.Array.AsMemory(target.Length), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    break;
                target.Length += read;
            }

            return null;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return "there is no such file.";
        }
        catch (UnauthorizedAccessException)
        {
            return "it is a folder, or access is denied.";
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    /// <summary>Follows every link of <paramref name="path"/>, which starts from <paramref name="folder"/>, itself without any.</summary>
    private static string Resolve(string folder, string path)
    {
        Stack<string> parts = new();
        Push(path);
        string current = folder;
        int links = 0;
        while (parts.TryPop(out string? part))
        {
            if (part is "" or ".")
                continue;
            if (part == "..")
            {
                current = Path.GetDirectoryName(current) ?? current;
                continue;
            }

            string next = Path.Join(current, part);
            string? target = new FileInfo(next).LinkTarget;
            if (target is null)
            {
                current = next;
                continue;
            }

            if (++links > MaxLinks)
                throw new IOException("there are too many links on its way.");
            string root = Path.IsPathRooted(target) ? Path.GetPathRoot(target)! : "";
            if (root.Length > 0)
                current = root;
            Push(target[root.Length..]);
        }

        return current;

        void Push(string more)
        {
            string[] names = more.Split(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);
            for (int i = names.Length - 1; i >= 0; i--)
                parts.Push(names[i]);
        }
    }

    /// <summary>Whether Windows takes the name for a device, whatever its extension.</summary>
    private static bool IsDevice(ReadOnlySpan<char> name)
    {
        int dot = name.IndexOf('.');
        ReadOnlySpan<char> stem = (dot < 0 ? name : name[..dot]).TrimEnd(' ');
        return stem.Length switch
        {
            3 => Is(stem, "CON") || Is(stem, "PRN") || Is(stem, "AUX") || Is(stem, "NUL"),
            4 => (Is(stem[..3], "COM") || Is(stem[..3], "LPT")) && stem[3] is (>= '0' and <= '9') or '\u00B9' or '\u00B2' or '\u00B3',
            6 => Is(stem, "CONIN$"),
            7 => Is(stem, "CONOUT$"),
            _ => false,
        };

        static bool Is(ReadOnlySpan<char> text, string device) => text.Equals(device, StringComparison.OrdinalIgnoreCase);
    }
}

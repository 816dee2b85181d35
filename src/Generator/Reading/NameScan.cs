using System.Text;
using Lamina.Format;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator.Reading;

/// <summary>
/// Looks for the names of dimensions and layers in a text that has an error, be it JSON or not: which of the properties that
/// identify an object come between one brace and the next.
/// </summary>
/// <remarks>
/// The program's uses of these names are right, and stay right while the source is wrong: what is generated from here compiles
/// with them, so that the error in the source is the only one. Quotes inside a string are escaped, so that no content can look
/// like a property.
/// </remarks>
internal sealed class NameScan
{
    private const int LongestProperty = 16;

    private readonly TextWindow _window;
    private readonly JsonStringReader _strings;
    private readonly StringBuilder _token = new();
    private readonly List<ScannedName> _found = new();
    private bool _inDimensions;
    private bool _hasId;
    private ushort _id;
    private bool _isLayer;
    private ushort _dimension;
    private uint? _number;
    private string? _name;

    private NameScan(SourceText text, CancellationToken cancellationToken)
    {
        _window = new TextWindow(text, cancellationToken);
        _strings = new JsonStringReader(_window, static (_, _, _) => { }, static (_, _) => { });
    }

    /// <summary>What <paramref name="text"/> names, in its order.</summary>
    public static List<ScannedName> Of(SourceText text, CancellationToken cancellationToken)
    {
        NameScan scan = new(text, cancellationToken);
        scan.Read();
        return scan._found;
    }

    private void Read()
    {
        for (int c = _window.Peek(); c != TextWindow.End; c = _window.Peek())
        {
            if (c == '"')
            {
                ReadProperty();
                continue;
            }

            if (c is '{' or '}')
                EndObject();
            _window.Next++;
        }

        EndObject();
    }

    private void ReadProperty()
    {
        _window.Next++;
        _token.Clear();
        for (int c = _window.Peek(); c is (>= 'a' and <= 'z') or '_' && _token.Length < LongestProperty; c = _window.Peek())
        {
            _token.Append((char)c);
            _window.Next++;
        }

        if (_window.Peek() != '"' || _token.Length == 0)
            return;
        _window.Next++;
        bool isProperty = SkipSpace() == ':';
        if (isProperty)
        {
            _window.Next++;
            SkipSpace();
        }

        switch (_token.ToString())
        {
            case "dimensions":
                _inDimensions = true;
                break;
            case "layers":
                _inDimensions = false;
                break;
            case "id" when !_hasId:
                _hasId = true;
                _id = (ushort)(ReadWhole(ushort.MaxValue) ?? 0);
                break;
            case "dimension_id":
                _isLayer = true;
                _dimension = (ushort)(ReadWhole(ushort.MaxValue) ?? 0);
                break;
            case "layer_num":
                _isLayer = true;
                _number ??= (uint?)ReadWhole(uint.MaxValue);
                break;
            case "name" when _window.Peek() == '"':
                // A string without its end is one as far as the line goes.
                _strings.Read(Limits.MaxNameLength);
                _name = _strings.Text.Length == 0 ? null : _strings.Text;
                break;
            case not ("name" or "id") when isProperty && _window.Peek() == '"':
                // A brace in a content begins and ends nothing.
                _strings.Read(0);
                break;
        }
    }

    /// <summary>Reads a number, in quotes or not; null if it is none, or passes <paramref name="max"/>.</summary>
    private long? ReadWhole(long max)
    {
        if (_window.Peek() == '"')
            _window.Next++;
        long? value = null;
        for (int c = _window.Peek(); c is >= '0' and <= '9'; c = _window.Peek())
        {
            value = Math.Min((value ?? 0) * 10 + (c - '0'), max + 1);
            _window.Next++;
        }

        return value > max ? null : value;
    }

    private int SkipSpace()
    {
        int c = _window.Peek();
        for (; c is ' ' or '\t' or '\r' or '\n'; c = _window.Peek())
            _window.Next++;
        return c;
    }

    private void EndObject()
    {
        bool isLayer = _isLayer || !_hasId && !_inDimensions;
        if (_name is not null || (isLayer ? _number is not null : _id != 0))
            _found.Add(new ScannedName(isLayer, isLayer ? _dimension : _id, isLayer ? _number : null, _name));
        _hasId = _isLayer = false;
        _id = _dimension = 0;
        _number = null;
        _name = null;
    }
}

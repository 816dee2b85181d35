using System.Runtime.CompilerServices;
using Lamina.Format.Schema;
using Microsoft.CodeAnalysis.Text;

namespace Lamina.Generator.Reading;

/// <summary>
/// Walks over a text once, a stretch at a time, and knows the line and column of where it stands. The text is never
/// copied as a whole: the compiler keeps large files in pieces.
/// </summary>
internal sealed class TextWindow
{
    /// <summary>What <see cref="Peek"/> gives at the end of the text.</summary>
    public const int End = -1;

    private readonly SourceText _text;
    private readonly CancellationToken _cancellationToken;
    private readonly char[] _buffer = new char[16 * 1024];
    private readonly List<int> _lineStarts = new() { 0 };
    private int _bufferStart;
    private int _line = 1;
    private int _lineStart;

    public TextWindow(SourceText text, CancellationToken cancellationToken)
    {
        _text = text;
        _cancellationToken = cancellationToken;

        // A file's byte order mark is gone by now; that of a text from memory is not.
        if (Peek() == '\uFEFF')
        {
            Next++;
            _lineStarts[0] = _lineStart = 1;
        }
    }

    /// <summary>The stretch of the text that is at hand: from <see cref="Next"/> up to, not with, <see cref="Limit"/>.</summary>
    public char[] Buffer => _buffer;

    /// <summary>Where in <see cref="Buffer"/> the next character is; the caller moves it on, up to <see cref="Limit"/>.</summary>
    public int Next { get; set; }

    /// <summary>Where what is at hand ends.</summary>
    public int Limit { get; private set; }

    /// <summary>Where the next character stands.</summary>
    public SourcePosition Position => new(_line, _bufferStart + Next - _lineStart + 1);

    /// <summary>The next character, without taking it; <see cref="End"/> at the end of the text.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Peek() => Next < Limit || Fill() ? _buffer[Next] : End;

    /// <summary>Notes that the character just taken ended a line.</summary>
    public void BeginLine()
    {
        _line++;
        _lineStart = _bufferStart + Next;
        _lineStarts.Add(_lineStart);
    }

    /// <summary>How many characters come before <paramref name="position"/>, a place that was passed or comes next.</summary>
    public int OffsetOf(SourcePosition position) => _lineStarts[position.Line - 1] + position.Column - 1;

    /// <summary>Brings the next stretch to hand, once the last one is used up; false at the end of the text.</summary>
    public bool Fill()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _bufferStart += Limit;
        Next = 0;
        Limit = Math.Min(_buffer.Length, _text.Length - _bufferStart);
        if (Limit == 0)
            return false;
        _text.CopyTo(_bufferStart, _buffer, 0, Limit);
        return true;
    }
}

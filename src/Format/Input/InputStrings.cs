using System.Globalization;
using System.Text;
using Lamina.Format.Schema;

namespace Lamina.Format.Input;

/// <summary>Reads the strings of the input, one at a time, each to where it belongs.</summary>
internal sealed class InputStrings(InputObject owner, SourceLocator locator, int maxContentLength)
{
    private readonly StringScanner _scanner = new(locator);
    private readonly Base64ContentDecoder _base64 = new();
    private readonly ByteBuffer _scratch = new(256);

    private SourcePosition _position;
    private int _start;
    private int _keywordIndex;
    private bool _isDecoding;

    /// <summary>What the string being read is for.</summary>
    public StringUse Use { get; private set; }

    /// <summary>The property name that was read; no more than its first <see cref="Limits.MaxNameLength"/> bytes.</summary>
    public ReadOnlySpan<byte> PropertyName => _scratch.Span;

    /// <summary>The path of the object's content file; empty if it has none that is one.</summary>
    public string ContentPath { get; private set; } = "";

    /// <summary>What is wrong with the text of the string, if anything.</summary>
    public InputFault? TextFault => _scanner.TextFault;

    public SourcePosition TextFaultPosition => _scanner.TextFaultPosition;

    /// <summary>Why the string is not JSON, if it is not.</summary>
    public string Error => _scanner.Error;

    public SourcePosition ErrorPosition => _scanner.ErrorPosition;

    /// <summary>Forgets the string being read and the object's path.</summary>
    public void Reset()
    {
        Use = StringUse.None;
        ContentPath = "";
    }

    public void BeginPropertyName()
    {
        _scratch.Length = 0;
        Keep(StringUse.PropertyName, _scratch, Limits.MaxNameLength);
    }

    public void BeginSkipped()
    {
        Use = StringUse.Skipped;
        _scanner.Discard();
    }

    /// <summary>Begins the element <paramref name="index"/> of the keywords; it is skipped if the layer has no room for it.</summary>
    public void BeginKeyword(int index, SourcePosition position)
    {
        if (owner.Layer.KeywordCount == Limits.MaxKeywordsPerLayer)
        {
            if (!owner.HasTooManyKeywords)
                owner.Report(InputFault.LimitExceeded, InputMessages.TooManyKeywords(Limits.MaxKeywordsPerLayer), position);
            owner.HasTooManyKeywords = true;
            BeginSkipped();
            return;
        }

        _keywordIndex = index;
        _position = position;
        Keep(StringUse.Keyword, owner.Layer.Text, Limits.MaxKeywordLength);
    }

    /// <summary>Begins the value of <paramref name="property"/>.</summary>
    public void BeginValue(InputProperty property, SourcePosition position)
    {
        _position = position;
        switch (property)
        {
            case InputProperty.Name:
                Keep(StringUse.Name, owner.Layer.Text, Limits.MaxNameLength);
                break;
            case InputProperty.Content when owner.BeginContent(property, position):
                Keep(StringUse.Content, owner.Content, maxContentLength);
                break;
            case InputProperty.ContentBase64 when owner.BeginContent(property, position):
                Use = StringUse.Base64;
                _isDecoding = true;
                _base64.Reset();
                _scanner.Stream();
                break;
            case InputProperty.ContentFile when owner.BeginContent(property, position):
                _scratch.Length = 0;
                Keep(StringUse.FilePath, _scratch, ContentFileResolver.MaxPathLength);
                break;
            case InputProperty.Content or InputProperty.ContentBase64 or InputProperty.ContentFile or InputProperty.Schema:
                BeginSkipped();
                break;
            default:
                owner.WrongType(property, position);
                BeginSkipped();
                break;
        }
    }

    /// <summary>Reads on.</summary>
    /// <returns>Not <see cref="ScanStatus.WindowFull"/>.</returns>
    public ScanStatus Read(ReadOnlySpan<byte> buffer, ref int position)
    {
        ScanStatus status;
        while ((status = _scanner.Scan(buffer, ref position)) == ScanStatus.WindowFull)
            DecodeWindow();
        return status;
    }

    /// <summary>Puts the string, which is complete, where it belongs.</summary>
    /// <returns>What it is for.</returns>
    public StringUse End()
    {
        StringUse use = Use;
        Use = StringUse.None;
        switch (use)
        {
            case StringUse.Name when HasLength("name", Limits.MaxNameLength):
                owner.Layer.SetName(_start);
                break;
            case StringUse.Keyword when HasLength(null, Limits.MaxKeywordLength):
                AddKeyword();
                break;
            case StringUse.Name or StringUse.Keyword:
                owner.Layer.Text.Length = _start;
                break;
            case StringUse.Content:
                owner.IsContentTooLong = _scanner.IsTooLong;
                break;
            case StringUse.Base64:
                EndBase64();
                break;
            case StringUse.FilePath when HasLength("content_file", ContentFileResolver.MaxPathLength):
                ContentPath = Encoding.UTF8.GetString(_scratch.Span);
                break;
        }

        return use;
    }

    private void Keep(StringUse use, ByteBuffer target, int limit)
    {
        Use = use;
        _start = target.Length;
        _scanner.Keep(target, limit);
    }

    private void AddKeyword()
    {
        LayerInput layer = owner.Layer;
        int length = layer.Text.Length - _start;
        if (layer.AddKeyword(_start))
            return;

        // A layer may repeat a keyword any number of times; the message of a warning that nobody gets is not made.
        if (!owner.TakesWarnings)
            return;
        string keyword = InputProperties.Shorten(layer.Text.Array.AsSpan(_start, length));
        owner.Report(InputFault.RepeatedKeyword, InputMessages.RepeatedKeyword(keyword), _position, InputSeverity.Warning);
    }

    private void DecodeWindow()
    {
        // Past the first fault, or the limit, the letters are of no use.
        if (_isDecoding && owner.Content.Length <= maxContentLength)
            _isDecoding = _base64.Append(_scanner.CurrentWindow, owner.Content);
        _scanner.DropWindow();
    }

    private void EndBase64()
    {
        DecodeWindow();
        if (TextFault is not null)
            return;
        if (owner.Content.Length > maxContentLength)
            owner.IsContentTooLong = true;
        else if (!_isDecoding || !_base64.Finish(owner.Content))
            owner.Report(InputFault.InvalidBase64, InputMessages.InvalidBase64(), _position);
        else
            owner.IsContentTooLong = owner.Content.Length > maxContentLength;
    }

    /// <summary>Whether the string is text, not empty, and not too long.</summary>
    private bool HasLength(string? property, int limit)
    {
        if (TextFault is not null)
            return false;
        if (_scanner.Length > 0 && !_scanner.IsTooLong)
            return true;

        property ??= string.Create(CultureInfo.InvariantCulture, $"keywords[{_keywordIndex}]");
        string message = _scanner.Length == 0
            ? InputMessages.TextEmpty(property)
            : InputMessages.TextTooLong(property, _scanner.Length, limit);
        owner.Report(InputFault.LimitExceeded, message, _position);
        return false;
    }
}

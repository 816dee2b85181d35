namespace Lamina.Format.Schema;

/// <summary>Collects what is wrong with a data set's source, up to a hundred errors and a hundred warnings.</summary>
internal sealed class DiagnosticBag
{
    /// <summary>The most errors, and the most warnings, that are kept.</summary>
    public const int Capacity = 100;

    private readonly List<InputDiagnostic> _diagnostics = new();
    private int _errors;
    private int _warnings;

    public bool HasErrors => _errors > 0;

    public bool HasWarnings => _warnings > 0;

    /// <summary>Whether another error would not be kept, so that there is no use in looking for one.</summary>
    public bool IsFull => _errors >= Capacity;

    /// <summary>Keeps <paramref name="diagnostic"/> if there is room for one of its severity.</summary>
    public void Add(InputDiagnostic diagnostic)
    {
        ref int count = ref diagnostic.Severity == InputSeverity.Error ? ref _errors : ref _warnings;
        if (count++ < Capacity)
            _diagnostics.Add(diagnostic);
    }

    /// <summary>What was kept, in the order of the source.</summary>
    public List<InputDiagnostic> InOrder()
    {
        List<InputDiagnostic> ordered = new(_diagnostics);
        ordered.Sort(static (a, b) => a.Position.Line != b.Position.Line
            ? a.Position.Line.CompareTo(b.Position.Line)
            : a.Position.Column.CompareTo(b.Position.Column));
        return ordered;
    }
}

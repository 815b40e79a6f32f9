using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Configuration.Nodes.Syntax;

/// <summary>Collects the findings about one file, up to a limit.</summary>
internal sealed class MerlinFindings(string file)
{
    /// <summary>After so many findings the rest of the file is not looked at: it is no merlin.conf.</summary>
    public const int Maximum = 200;

    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>Whether any is an error.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Whether the limit is reached.</summary>
    public bool IsFull => _diagnostics.Count >= Maximum;

    /// <summary>Records that the file is refused.</summary>
    public void Error(int line, string message)
    {
        HasErrors = true;
        Add(new Diagnostic(DiagnosticSeverity.Error, new SourcePosition(file, line), message));
    }

    /// <summary>Records something to look at.</summary>
    public void Warn(int line, string message) =>
        Add(new Diagnostic(DiagnosticSeverity.Warning, new SourcePosition(file, line), message));

    /// <summary>All, in the order of lines.</summary>
    public ImmutableArray<Diagnostic> ToDiagnostics() => [.. _diagnostics.OrderBy(d => d.Position.Line)];

    private void Add(Diagnostic diagnostic)
    {
        if (_diagnostics.Count < Maximum)
        {
            _diagnostics.Add(diagnostic);
        }
        else if (_diagnostics.Count == Maximum)
        {
            _diagnostics.Add(diagnostic with { Message = $"more than {Maximum} findings; the rest are not listed" });
        }
    }
}

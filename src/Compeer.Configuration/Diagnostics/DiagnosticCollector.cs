using System.Collections.Immutable;

namespace Compeer.Configuration.Diagnostics;

/// <summary>Gathers the findings of one run; the same finding is kept once, and their number is bounded.</summary>
internal sealed class DiagnosticCollector
{
    /// <summary>Findings of one severity kept at most; the rest are counted.</summary>
    public const int Most = 1_000;

    /// <summary>Warnings with the same words kept at most: a thousand objects of an old form must not hide what else there
    /// is.</summary>
    public const int MostAlike = 10;

    /// <summary>Places remembered, so that a finding that comes up again is not counted again.</summary>
    private const int MostSeen = 100_000;

    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<Diagnostic> _seen = [];
    private readonly Dictionary<string, int> _alike = [];
    private int _hidden;
    private long _comparisonsLeft = 500_000_000;
    private int _errors;
    private int _warnings;

    public bool HasErrors => _errors > 0;

    public int ErrorCount => _errors;

    public int WarningCount => _warnings;

    /// <summary>Errors and warnings, to see whether something was found in between.</summary>
    public int Count => _errors + _warnings;

    public void Error(SourcePosition position, string message)
    {
        if (Keep(new Diagnostic(DiagnosticSeverity.Error, position, message), _errors))
        {
            _errors++;
        }
    }

    public void Warning(SourcePosition position, string message)
    {
        var warning = new Diagnostic(DiagnosticSeverity.Warning, position, message);
        var alike = _alike.GetValueOrDefault(message);
        if (alike >= MostAlike)
        {
            if (_seen.Count >= MostSeen || _seen.Add(warning))
            {
                Hide(message, 1);
            }

            return;
        }

        var kept = _warnings - _hidden;
        if (!Keep(warning, kept))
        {
            return;
        }

        _warnings++;
        if (kept < Most)
        {
            _alike[message] = alike + 1;
        }
    }

    /// <summary>Whether there are so many warnings that a further one is counted only, which is done then: it need not be put into
    /// words. It must not be one that came before.</summary>
    public bool CountWarningIfFull()
    {
        var isFull = _warnings - _hidden >= Most;
        _warnings += isFull ? 1 : 0;
        return isFull;
    }

    /// <summary>Adds what another one gathered.</summary>
    public void Append(DiagnosticCollector other)
    {
        foreach (var finding in other._diagnostics)
        {
            if (finding.Severity == DiagnosticSeverity.Error)
            {
                Error(finding.Position, finding.Message);
            }
            else
            {
                Warning(finding.Position, finding.Message);
            }
        }

        // What was counted there and not kept.
        _errors += Math.Max(0, other._errors - Most);
        _warnings += Math.Max(0, other._warnings - other._hidden - Most);
        foreach ((var message, var count) in other._alike.Where(alike => alike.Value > MostAlike))
        {
            if (_alike.GetValueOrDefault(message) >= MostAlike)
            {
                Hide(message, count - MostAlike);
            }
            else
            {
                _warnings += count - MostAlike;
            }
        }
    }

    /// <summary><c> (did you mean "NAME"?)</c>, how to write a comment when the name ends in one, or nothing when no candidate is
    /// near or too much was compared already: a configuration full of errors must not take minutes to refuse.</summary>
    public string Suggest(string name, IReadOnlyCollection<string> candidates)
    {
        if (CommentHint.For(name) is { Length: > 0 } hint)
        {
            return hint;
        }

        if (_comparisonsLeft <= 0 || _errors >= Most)
        {
            return "";
        }

        return SimilarName.Hint(SimilarName.Find(name, candidates, ref _comparisonsLeft));
    }

    /// <summary>All findings in the order of files and lines.</summary>
    public ImmutableArray<Diagnostic> ToImmutable(IReadOnlyList<string> files)
    {
        var order = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            order.TryAdd(file, order.Count);
        }

        List<Diagnostic> sorted =
        [
            .. _diagnostics
                .OrderBy(d => order.GetValueOrDefault(d.Position.File, -1))
                .ThenBy(d => d.Position.Line),
        ];
        CountAlike(sorted);
        AddRest(sorted, _errors, DiagnosticSeverity.Error);
        AddRest(sorted, _warnings - _hidden, DiagnosticSeverity.Warning);
        return [.. sorted];
    }

    /// <summary>Has the last of the warnings with the same words say how many more there are.</summary>
    private void CountAlike(List<Diagnostic> sorted)
    {
        foreach ((var message, var count) in _alike.Where(alike => alike.Value > MostAlike))
        {
            var last = sorted.FindLastIndex(
                finding => finding.Severity == DiagnosticSeverity.Warning && finding.Message == message);
            var rest = count - MostAlike == 1 ? "1 more place" : $"{count - MostAlike} more places";
            sorted[last] = sorted[last] with { Message = $"{message} (and in {rest})" };
        }
    }

    private void Hide(string message, int count)
    {
        _alike[message] = _alike.GetValueOrDefault(message) + count;
        _hidden += count;
        _warnings += count;
    }

    private static void AddRest(List<Diagnostic> sorted, int count, DiagnosticSeverity severity)
    {
        if (count > Most)
        {
            var kind = severity == DiagnosticSeverity.Error ? "errors" : "warnings";
            sorted.Add(new Diagnostic(severity, sorted[^1].Position, $"{count - Most} further {kind} are not shown"));
        }
    }

    private bool Keep(Diagnostic diagnostic, int already)
    {
        if (already >= Most)
        {
            return true;
        }

        if (!_seen.Add(diagnostic))
        {
            return false;
        }

        _diagnostics.Add(diagnostic);
        return true;
    }
}

using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;

namespace Compeer.Daemon.Reload;

/// <summary>
/// Which findings of a reload are worth repeating: every error, and the first of the warnings that were not there when the
/// configuration in force was loaded. A site with a thousand old warnings would not see the new one. Lines are not compared:
/// an edit moves all that follows it.
/// </summary>
internal sealed class ReloadFindings(ImmutableArray<Diagnostic> known)
{
    /// <summary>New warnings that are shown; the rest is counted.</summary>
    public const int Shown = 10;

    private HashSet<(string File, string Message)> _known = SetOf(known);

    /// <summary>What to show, and a line about the rest; empty when there is nothing to say.</summary>
    /// <param name="findings">All findings that are listed.</param>
    /// <param name="warnings">How many warnings there are, those that are not listed included.</param>
    public (ImmutableArray<Diagnostic> Shown, string Others) Choose(ImmutableArray<Diagnostic> findings, int warnings)
    {
        var fresh = findings.Where(finding => !_known.Contains(KeyOf(finding))).ToList();
        var shownWarnings = fresh.Where(finding => finding.Severity == DiagnosticSeverity.Warning).Take(Shown);
        ImmutableArray<Diagnostic> shown =
            [.. findings.Where(finding => finding.Severity == DiagnosticSeverity.Error), .. shownWarnings];
        var freshWarnings = fresh.Count(finding => finding.Severity == DiagnosticSeverity.Warning);
        var hidden = warnings - Math.Min(freshWarnings, Shown);
        return (shown, hidden <= 0
            ? ""
            : $"{warnings} {(warnings == 1 ? "warning" : "warnings")} in all, {freshWarnings} of them new since the last load; "
                + "'mon oconf verify' shows them");
    }

    /// <summary>The configuration with these findings is in force now.</summary>
    public void Follow(ImmutableArray<Diagnostic> findings) => _known = SetOf(findings);

    private static HashSet<(string File, string Message)> SetOf(ImmutableArray<Diagnostic> findings) => [.. findings.Select(KeyOf)];

    private static (string File, string Message) KeyOf(Diagnostic finding) => (finding.Position.File, finding.Message);
}

using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Reload;

namespace Compeer.Tests.Daemon.Reload;

public sealed class ReloadFindingsTests
{
    [Fact]
    public void Choose_ThousandOldWarningsMovedByAnEdit_ShowsTheNewOneAndCountsTheRest()
    {
        var findings = new ReloadFindings([.. Enumerable.Range(0, 1000).Select(i => Warning($"old {i}", i))]);

        (var shown, var rest) = findings.Choose(
            [.. Enumerable.Range(0, 1000).Select(i => Warning($"old {i}", i + 1)), Warning("new", 1)], 1001);

        Assert.Equal("new", Assert.Single(shown).Message);
        Assert.Equal("1001 warnings in all, 1 of them new since the last load; 'mon oconf verify' shows them", rest);
    }

    [Fact]
    public void Choose_ManyNewWarningsAndErrors_ShowsTenAndEveryError()
    {
        ImmutableArray<Diagnostic> read =
        [
            .. Enumerable.Range(0, 12).Select(i => Warning($"new {i}", i)),
            .. Enumerable.Range(0, 30).Select(i => Warning($"bad {i}", i) with { Severity = DiagnosticSeverity.Error }),
        ];
        (var shown, var rest) = new ReloadFindings([]).Choose(read, 12);
        Assert.Equal(40, shown.Length);
        Assert.StartsWith("12 warnings in all, 12 of them new", rest, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_NothingHidden_SaysNothingMore() =>
        Assert.Equal("", new ReloadFindings([]).Choose([Warning("new", 1)], 1).Others);

    private static Diagnostic Warning(string message, int line) =>
        new(DiagnosticSeverity.Warning, new SourcePosition("a.cfg", line), message);
}

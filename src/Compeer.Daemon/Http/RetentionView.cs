using Compeer.Api;
using Compeer.Engine.Import;

namespace Compeer.Daemon.Http;

/// <summary>What became of a <c>retention.dat</c>, as the HTTP interface shows it.</summary>
internal static class RetentionView
{
    public static RetentionImported Make(RetentionImport import)
    {
        var report = import.Report;
        return new RetentionImported(
            import.IsDryRun,
            [.. report.Counts.Select(count => new ImportedKind(count.Key, count.Value.Taken, count.Value.Kept))],
            report.UnknownObjects,
            [.. report.Unknown],
            [.. report.UnknownKeys.Select(key => $"{key.Key} ({key.Value})")],
            report.Refusals,
            [.. report.Refused]);
    }
}

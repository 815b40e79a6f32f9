using Compeer.Configuration.Retained;
using Compeer.Daemon.Log;
using Compeer.Engine.Import;
using Compeer.Platform.Errors;

namespace Compeer.Daemon.StatusFiles;

/// <summary>A <c>retention.dat</c> that was given while the daemon did not run: it is taken before the first check, so that nobody is told
/// of what is acknowledged, and goes when the database has it.</summary>
/// <param name="path">Where it is, when there is one.</param>
/// <param name="log">Says what came of it.</param>
internal sealed class StagedRetention(string path, DaemonLog log)
{
    private bool _isTaken;

    /// <summary>Takes it, when there is one.</summary>
    /// <param name="take">Takes its blocks, and is told which are the last.</param>
    public void Take(Action<RetentionImport, IReadOnlyList<RetainedBlock>, bool> take)
    {
        if (!File.Exists(path))
        {
            return;
        }

        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var import = new RetentionImport { IsDryRun = false };
            var problem = Read(file, import, take);
            _isTaken = true;
            if (problem is not null)
            {
                log.Warning($"{path}: {problem}; what stands before is taken");
            }

            Tell(import.Report);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"{path} cannot be read and is not taken: {SystemError.Words(exception)}");
        }
    }

    /// <summary>Removes it, when what was in it is stored.</summary>
    /// <param name="stored">Ends when it is.</param>
    public async Task RemoveAsync(Func<Task> stored)
    {
        if (!_isTaken)
        {
            return;
        }

        try
        {
            await stored().ConfigureAwait(false);
            File.Delete(path);
        }
        catch (OperationCanceledException)
        {
            // The daemon stops; the next start takes it again, which changes nothing.
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"{path} is taken and cannot be removed: {SystemError.Words(exception)}");
        }
    }

    private static string? Read(FileStream file, RetentionImport import, Action<RetentionImport, IReadOnlyList<RetainedBlock>, bool> take)
    {
        var reader = new RetainedFileReader();
        var piece = new byte[64 << 10];
        var blocks = new List<RetainedBlock>();
        int read;
        while (reader.Problem is null && (read = file.Read(piece)) > 0)
        {
            reader.Feed(piece.AsSpan(0, read), blocks);
            take(import, blocks, false);
            blocks.Clear();
        }

        if (reader.Problem is null)
        {
            reader.End(blocks);
        }

        take(import, blocks, true);
        return reader.Problem is { } problem ? $"line {problem.Line}: {problem.Text}" : null;
    }

    private void Tell(ImportReport report)
    {
        var counts = report.Counts.Select(count => $"{count.Value.Taken} {count.Key} taken, {count.Value.Kept} left as they are");
        log.Information($"{path}: {string.Join("; ", counts.DefaultIfEmpty("nothing to take"))}");
        if (report.UnknownObjects > 0)
        {
            log.Warning($"{path}: {report.UnknownObjects} blocks of objects that are not configured: {string.Join(", ", report.Unknown)}");
        }

        if (report.UnknownKeys.Count > 0)
        {
            var keys = report.UnknownKeys.Select(key => $"{key.Key} ({key.Value})");
            log.Warning($"{path}: keys that mean nothing: {string.Join(", ", keys)}");
        }

        foreach (var refused in report.Refused)
        {
            log.Warning($"{path}: {refused}");
        }
    }
}

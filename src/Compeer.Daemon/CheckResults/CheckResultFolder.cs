using Compeer.Configuration.Main;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Peer;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.CheckResults;

/// <summary>
/// The <c>check_result_path</c>: a folder into which other programs put results of checks, as files <c>cXXXXXX</c> beside which an
/// empty <c>cXXXXXX.ok</c> says that they are complete. A thread of its own looks at it every <c>check_result_reaper_frequency</c>, hands
/// the results to the loop, never more at once than <see cref="MostWaiting"/>, and removes what was taken (Naemon
/// <c>process_check_result_queue</c>).
/// </summary>
internal sealed class CheckResultFolder : IDisposable
{
    /// <summary>Results that wait for the loop.</summary>
    public const int MostWaiting = 1000;

    /// <summary>The largest file that is read, bytes.</summary>
    public const int LargestFile = 16 * 1024 * 1024;

    private const int NameLength = 7;

    private readonly LoopQueue _queue;
    private readonly DaemonLog _log;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _room = new(MostWaiting);
    private readonly CancellationTokenSource _stopping = new();
    private readonly AutoResetEvent _changed = new(initialState: false);
    private readonly HashSet<string> _stuck = new(StringComparer.Ordinal);
    private readonly Thread _thread;
    private volatile CheckResultVariables _variables;
    private string? _problem;

    /// <summary>Reads where this configuration says.</summary>
    public CheckResultFolder(MainConfiguration main, LoopQueue queue, DaemonLog log, TimeProvider clock)
    {
        _variables = main.CheckResults;
        _queue = queue;
        _log = log;
        _clock = clock;
        _thread = new Thread(Run) { Name = "check results", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Reads where this configuration says, from now on. Any thread.</summary>
    public void Follow(MainConfiguration main)
    {
        if (_variables != main.CheckResults)
        {
            _variables = main.CheckResults;
            _changed.Set();
        }
    }

    /// <summary>Ends the thread; results that the loop did not take stay where they are.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _changed.Set();
        _thread.Join();
        _stopping.Dispose();
        _changed.Dispose();
        _room.Dispose();
    }

    private void Run()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                var variables = _variables;
                if (variables.SpoolFolder is { } folder)
                {
                    Look(folder, variables);
                }

                _changed.WaitOne(variables.SpoolFolder is null ? Timeout.InfiniteTimeSpan : variables.SpoolInterval);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    /// <summary>Takes the complete files of a folder, for a limited time.</summary>
    private void Look(string folder, CheckResultVariables variables)
    {
        var began = _clock.GetTimestamp();
        List<string> taken = [];
        try
        {
            _stuck.RemoveWhere(path => !File.Exists(path));
            foreach (var path in Directory.EnumerateFiles(folder, "c??????"))
            {
                if (_clock.GetElapsedTime(began) > variables.LongestLook || _stopping.IsCancellationRequested)
                {
                    break;
                }

                // Without a name of this length it is none, whatever the pattern thinks of it.
                if (Path.GetFileName(path).Length == NameLength && !_stuck.Contains(path) && Take(path, variables))
                {
                    taken.Add(path);
                }
            }

            Solved();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Fail($"results are not taken from check_result_path: {SystemError.Words(exception)}");
        }

        AwaitLoop();
        taken.ForEach(Remove);
    }

    /// <summary>Hands what a file says to the loop; false when it is not complete yet.</summary>
    private bool Take(string path, CheckResultVariables variables)
    {
        var file = new FileInfo(path);
        var now = _clock.GetUtcNow();
        if (!file.Exists || file.LinkTarget is not null || FileStatus.IsSpecial(path))
        {
            // No link to what others may not read, and no pipe that never ends.
            return false;
        }

        if (variables.LongestFileAge > TimeSpan.Zero && now - file.LastWriteTimeUtc > variables.LongestFileAge)
        {
            _log.Warning($"the check results in {path} are too old (max_check_result_file_age); the file is removed");
            return true;
        }

        if (!File.Exists(path + ".ok"))
        {
            return false;
        }

        if (file.Length > LargestFile)
        {
            _log.Warning($"the check results in {path} are not read: a file has at most {LargestFile} bytes; it is removed");
            return true;
        }

        var content = CheckResultReader.Read(File.ReadAllBytes(path), now, variables.LongestFileAge);
        foreach (var result in content.Results)
        {
            _room.Wait(_stopping.Token);
            _queue.Post([new LoopInput(new PeerInput.Spooled(result), () => _room.Release())]);
        }

        Tell(path, content);
        return true;
    }

    private void Tell(string path, CheckResultContent content)
    {
        if (content.IsTooOld)
        {
            _log.Warning($"the check results in {path} are too old by their file_time; the file is removed");
        }
        else if (content.Findings.Count > 0)
        {
            var others = content.Findings.Count == 1 ? "" : $" (and {content.Findings.Count - 1} more)";
            _log.Warning($"in {path}, a file of check results, {content.Findings[0]}{others}");
        }
        else if (content.Results.Count == 0)
        {
            _log.Warning($"{path} in check_result_path has no result with host_name and output; it is removed");
        }
    }

    /// <summary>Waits until the loop took all that it was given.</summary>
    private void AwaitLoop()
    {
        for (var place = 0; place < MostWaiting; place++)
        {
            _room.Wait(_stopping.Token);
        }

        _room.Release(MostWaiting);
    }

    private void Remove(string path)
    {
        try
        {
            File.Delete(path);
            File.Delete(path + ".ok");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Taken again and again it would be a result every few seconds.
            _stuck.Add(path);
            Fail($"results that were taken from check_result_path cannot be removed: {SystemError.Words(exception)}");
        }
    }

    private void Fail(string problem)
    {
        if (_problem != problem)
        {
            _problem = problem;
            _log.Error(problem);
        }
    }

    private void Solved() => _problem = _stuck.Count == 0 ? null : _problem;
}

using Compeer.Api;
using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.Storage;

/// <summary>
/// Keeps what a node must not forget in one small file: the latest state given, written whole beside the old one, brought to
/// the disk and put in its place. It is written by a thread of its own; nobody waits for it, since numbers are reserved
/// ahead. A disk that fails is told of when it begins to fail and when it is well again, and is tried again until it has the
/// latest state: numbers that nothing on the disk says are in use would be given a second time by the next run.
/// </summary>
internal sealed class DurableStateFile : IAsyncDisposable
{
    /// <summary>How long after a failure it is tried again.</summary>
    public static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(2);

    private const string UnfinishedSuffix = ".new";
    private const string BadSuffix = ".bad";

    private readonly string _path;
    private readonly DaemonLog _log;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _ending = new();
    private readonly CancellationToken _end;
    private readonly Lock _lock = new();
    private DurableState? _waiting;
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;
    private bool _hasFailed;

    private DurableStateFile(string path, DurableState state, DaemonLog log, TimeProvider time)
    {
        (_path, _log, _time, _end) = (path, log, time, _ending.Token);
        State = state;
    }

    /// <summary>What the last run left; <see cref="DurableState.Empty"/> when there is nothing that can be read.</summary>
    public DurableState State { get; }

    /// <summary>Where an installation keeps it.</summary>
    public static string FileIn(MonitorPaths paths) => paths.VariableFolder + "/node.state";

    /// <summary>Reads it. A file that cannot be used is kept aside, which is said; the others know this node's numbers then.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="log">For people.</param>
    /// <param name="time">For when it is tried again.</param>
    public static DurableStateFile Open(string path, DaemonLog log, TimeProvider time)
    {
        var state = DurableState.Empty;
        try
        {
            if (File.Exists(path))
            {
                state = Read(path, log);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            log.Warning($"cannot read {path}: {SystemError.Words(exception)}; this node goes by what the others know of it");
        }

        return new DurableStateFile(path, state, log, time);
    }

    /// <summary>What it says of the configuration that was in force last; null when it does not.</summary>
    public static ConfigurationVersion? LastInForce(string path)
    {
        try
        {
            return new FileInfo(path).Length <= DurableStateCodec.MaxBytes
                ? DurableStateCodec.Decode(File.ReadAllBytes(path), out _)?.Configuration
                : null;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Writes a state soon; one that waits still is replaced.</summary>
    public void Write(DurableState state)
    {
        lock (_lock)
        {
            _waiting = state;
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(WriteWaitingAsync);
            }
        }
    }

    /// <summary>Waits until the latest state is written; one that cannot be is tried once more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        Task writing;
        lock (_lock)
        {
            writing = _writing;
        }

        await writing.ConfigureAwait(false);
        _ending.Dispose();
    }

    private static DurableState Read(string path, DaemonLog log)
    {
        var problem = "it is too large";
        if (new FileInfo(path).Length <= DurableStateCodec.MaxBytes
            && DurableStateCodec.Decode(File.ReadAllBytes(path), out problem) is { } state)
        {
            return state;
        }

        File.Move(path, path + BadSuffix, overwrite: true);
        log.Warning($"{path} cannot be used: {problem}; kept as {path}{BadSuffix}, and this node goes by what the others know of it");
        return DurableState.Empty;
    }

    private async Task WriteWaitingAsync()
    {
        while (true)
        {
            DurableState state;
            lock (_lock)
            {
                if (_waiting is null)
                {
                    _isWriting = false;
                    return;
                }

                (state, _waiting) = (_waiting, null);
            }

            var isLastTry = _end.IsCancellationRequested;
            if (!TryReplace(DurableStateCodec.Encode(state)) && !isLastTry)
            {
                lock (_lock)
                {
                    _waiting ??= state;
                }

                await Task.Delay(TryAgainAfter, _time, _end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Writes it, and says when that begins to fail and when it works again.</summary>
    private bool TryReplace(byte[] bytes)
    {
        try
        {
            Replace(bytes);
            if (_hasFailed)
            {
                _log.Information($"{_path} can be written again");
            }

            _hasFailed = false;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (!_hasFailed)
            {
                _log.Error($"cannot write {_path}: {SystemError.Words(exception)}; the work goes on, and it is tried again");
            }

            _hasFailed = true;
        }

        return !_hasFailed;
    }

    private void Replace(byte[] bytes)
    {
        var unfinished = _path + UnfinishedSuffix;
        try
        {
            using (var stream = new FileStream(unfinished, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, _path, overwrite: true);
        }
        catch (IOException)
        {
            // A disk that has no room for all of it gets back what a part of it took.
            File.Delete(unfinished);
            throw;
        }

        using var folder = OpenFolder.TryOpen(Path.GetDirectoryName(_path)!, out var problem);
        if (folder is null || !folder.TrySync())
        {
            throw new IOException(problem.Length > 0 ? problem : "its folder cannot be brought to the disk");
        }
    }
}

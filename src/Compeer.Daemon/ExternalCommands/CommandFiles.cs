using System.Collections.Concurrent;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Engine.Events;
using Compeer.Peer;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.ExternalCommands;

/// <summary>Reads files of external commands (<c>PROCESS_FILE</c>) on a thread of its own, one after the other, and hands their lines to
/// the loop, as <see cref="CommandPipe"/> does with those of the pipe. A file that names a file to read is no way to go on for ever:
/// that line is left out.</summary>
internal sealed class CommandFiles : IDisposable
{
    /// <summary>Files that wait; what comes beyond is refused, and told of.</summary>
    public const int MostWaiting = 100;

    private readonly LoopQueue _queue;
    private readonly DaemonLog _log;
    private readonly BlockingCollection<CommandFile> _files = new(MostWaiting);
    private readonly SemaphoreSlim _room = new(CommandPipe.MostWaiting);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Thread _thread;

    /// <summary>Starts its thread.</summary>
    public CommandFiles(LoopQueue queue, DaemonLog log)
    {
        _queue = queue;
        _log = log;
        _thread = new Thread(Run) { Name = "command files", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Reads a file when its turn comes. Never waits.</summary>
    public void Read(in CommandFile file)
    {
        if (!_stopping.IsCancellationRequested && !_files.TryAdd(file))
        {
            _log.Warning($"{file.Path} is not read (PROCESS_FILE): {MostWaiting} files wait already");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _thread.Join();
    }

    private void Run()
    {
        try
        {
            foreach (var file in _files.GetConsumingEnumerable(_stopping.Token))
            {
                Take(file);
            }
        }
        catch (OperationCanceledException)
        {
            // The daemon stops.
        }
    }

    private void Take(in CommandFile file)
    {
        try
        {
            if (FileStatus.IsSpecial(file.Path))
            {
                _log.Warning($"{file.Path} is not read (PROCESS_FILE): it is no file");
                return;
            }

            Give(file.Path);
            if (file.IsRemoved)
            {
                File.Delete(file.Path);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            _log.Warning($"{file.Path} is not read (PROCESS_FILE): {SystemError.Words(exception)}");
        }
    }

    private void Give(string path)
    {
        var lines = new CommandLines();
        var buffer = new byte[CommandLines.Longest];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        int count;
        do
        {
            count = stream.Read(buffer);

            // A file may end without the end of its last line.
            var bytes = count == 0 ? "\n"u8.ToArray() : buffer.AsMemory(0, count);
            foreach (var line in lines.Take(bytes))
            {
                Post(path, line);
            }
        }
        while (count > 0);
        if (lines.Dropped > 0)
        {
            _log.Warning($"{lines.Dropped} external commands of {path} dropped: a command has at most {CommandLines.Longest} bytes");
        }
    }

    private void Post(string path, byte[] line)
    {
        if (line.AsSpan().IndexOf("] PROCESS_FILE;"u8) >= 0)
        {
            _log.Warning($"{path} names a file to read; a file that PROCESS_FILE names may not");
            return;
        }

        _room.Wait(_stopping.Token);
        _queue.Post([new LoopInput(new PeerInput.Command(line), () => _room.Release())]);
    }
}

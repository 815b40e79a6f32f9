using System.Runtime.InteropServices;
using Compeer.Configuration.Main;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Peer;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;

namespace Compeer.Daemon.ExternalCommands;

/// <summary>
/// The <c>command_file</c>: a named pipe into which scripts and other programs write external commands, one a line. A thread of its own
/// reads it and hands the lines to the loop, never more of them at once than <see cref="MostWaiting"/>: then the writers wait, as
/// they do at Naemon. A pipe that cannot be made is told of, and monitoring goes on.
/// </summary>
internal sealed class CommandPipe(LoopQueue queue, DaemonLog log) : IDisposable
{
    /// <summary>Commands that wait for the loop.</summary>
    public const int MostWaiting = 1000;

    private readonly Lock _gate = new();
    private Reader? _reader;
    private string? _path;

    /// <summary>One that reads from where this configuration says.</summary>
    public static CommandPipe Of(MainConfiguration main, LoopQueue queue, DaemonLog log)
    {
        var pipe = new CommandPipe(queue, log);
        pipe.Follow(main);
        return pipe;
    }

    /// <summary>Reads from where this configuration says, from now on; from nowhere with <c>check_external_commands=0</c>.</summary>
    public void Follow(MainConfiguration main)
    {
        lock (_gate)
        {
            var path = main.CheckExternalCommands ? main.CommandFile : null;
            if (path == _path && (path is null || _reader is not null))
            {
                return;
            }

            _reader?.Dispose();
            _path = path;
            _reader = path is null ? null : Open(path);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _reader?.Dispose();
            _reader = null;
        }
    }

    private Reader? Open(string path)
    {
        try
        {
            return new Reader(NamedPipe.Open(path), queue, log);
        }
        catch (Exception exception) when (exception is SystemErrorException or IOException or UnauthorizedAccessException)
        {
            var words = exception is SystemErrorException ? exception.Message : SystemError.Words(exception);
            log.Error($"external commands are not taken, because of command_file: {words}");
            return null;
        }
    }

    /// <summary>The thread of one pipe.</summary>
    private sealed class Reader : IDisposable
    {
        private readonly NamedPipe _pipe;
        private readonly LoopQueue _queue;
        private readonly DaemonLog _log;
        private readonly CommandLines _lines = new();
        private readonly SemaphoreSlim _room = new(MostWaiting);
        private readonly List<LoopInput> _batch = [];
        private readonly Action _release;
        private readonly CancellationTokenSource _stopping = new();
        private readonly Thread _thread;

        public Reader(NamedPipe pipe, LoopQueue queue, DaemonLog log)
        {
            _pipe = pipe;
            _queue = queue;
            _log = log;
            _release = () => _room.Release();
            _thread = new Thread(Run) { Name = "command pipe", IsBackground = true };
            _thread.Start();
        }

        public void Dispose()
        {
            _stopping.Cancel();
            _pipe.Wake();
            _thread.Join();
            _pipe.Dispose();
            _stopping.Dispose();
        }

        private void Run()
        {
            try
            {
                var buffer = new byte[CommandLines.Longest];
                while (!_stopping.IsCancellationRequested)
                {
                    var count = _pipe.Read(buffer);
                    foreach (var line in _lines.Take(buffer.AsMemory(0, count)))
                    {
                        Add(line);
                    }

                    Post();
                    TellOfDropped();
                }
            }
            catch (OperationCanceledException)
            {
                // The daemon stops, or reads another pipe.
            }
            catch (SystemErrorException exception)
            {
                _log.Error($"external commands are not taken any more, because of command_file: {exception.Message}");
            }
        }

        /// <summary>Lines that came together go to the loop together: at a high rate it is woken once for them.</summary>
        private void Add(byte[] line)
        {
            if (!_room.Wait(0))
            {
                Post();
                _room.Wait(_stopping.Token);
            }

            _batch.Add(new LoopInput(new PeerInput.Command(line), _release));
        }

        private void Post()
        {
            _queue.Post(CollectionsMarshal.AsSpan(_batch));
            _batch.Clear();
        }

        private void TellOfDropped()
        {
            if (_lines.Dropped > 0)
            {
                _log.Warning($"{_lines.Dropped} external commands dropped: a command has at most {CommandLines.Longest} bytes");
                _lines.ForgetDropped();
            }
        }
    }
}

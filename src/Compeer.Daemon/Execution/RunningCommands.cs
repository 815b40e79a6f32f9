using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Execution.Processes;

namespace Compeer.Daemon.Execution;

/// <summary>The commands other than checks that wait or run, by the numbers under which the runner knows them: below zero, where no
/// check's is. Any thread.</summary>
internal sealed class RunningCommands
{
    private readonly ConcurrentDictionary<long, CommandToRun> _running = [];
    private long _last;

    /// <summary>The lane of a kind.</summary>
    public static Lane LaneOf(CommandKind kind) => kind == CommandKind.Notification ? Lane.Notifications : Lane.Handlers;

    /// <summary>Takes note of one that is to be run.</summary>
    /// <returns>Its number.</returns>
    public long Add(CommandToRun command)
    {
        var number = Interlocked.Decrement(ref _last);
        _running[number] = command;
        return number;
    }

    /// <summary>The command of a number that came back; false for a check's.</summary>
    public bool TryEnd(long number, [NotNullWhen(true)] out CommandToRun? command)
    {
        command = null;
        return number < 0 && _running.TryRemove(number, out command);
    }
}

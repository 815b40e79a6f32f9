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
    /// <summary>How many of a kind may wait and run: what comes with every result must not pile up behind a command that hangs.</summary>
    public const int MostOfAKind = 10_000;

    private readonly ConcurrentDictionary<long, CommandToRun> _running = [];
    private readonly int[] _counts = new int[Enum.GetValues<CommandKind>().Max(kind => (int)kind) + 1];
    private long _last;
    private long _refused;

    /// <summary>The lane of a kind.</summary>
    public static Lane LaneOf(CommandKind kind) => kind == CommandKind.Notification ? Lane.Notifications : Lane.Handlers;

    /// <summary>Whether there is room for another of this kind; notifications and event handlers always have it.</summary>
    public bool HasRoom(CommandKind kind) =>
        kind is CommandKind.Notification or CommandKind.EventHandler || Volatile.Read(ref _counts[(int)kind]) < MostOfAKind;

    /// <summary>Takes note of one for which there was none.</summary>
    /// <returns>How many there were so far.</returns>
    public long Refuse() => Interlocked.Increment(ref _refused);

    /// <summary>Takes note of one that is to be run.</summary>
    /// <returns>Its number.</returns>
    public long Add(CommandToRun command)
    {
        var number = Interlocked.Decrement(ref _last);
        _running[number] = command;
        Interlocked.Increment(ref _counts[(int)command.Kind]);
        return number;
    }

    /// <summary>The command of a number that came back; false for a check's.</summary>
    public bool TryEnd(long number, [NotNullWhen(true)] out CommandToRun? command)
    {
        command = null;
        if (number >= 0 || !_running.TryRemove(number, out command))
        {
            return false;
        }

        Interlocked.Decrement(ref _counts[(int)command.Kind]);
        return true;
    }
}

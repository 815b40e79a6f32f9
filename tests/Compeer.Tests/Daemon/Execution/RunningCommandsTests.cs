using Compeer.Daemon.Execution;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Execution.Processes;

namespace Compeer.Tests.Daemon.Execution;

/// <summary>Commands other than checks, beside checks in the same runner.</summary>
public sealed class RunningCommandsTests
{
    [Fact]
    public void EachComesBackOnceByItsNumberAndNoCheckIsTakenForOne()
    {
        RunningCommands commands = new();
        var first = new CommandToRun(CommandKind.Notification, default, TimeSpan.FromSeconds(1));
        var second = first with { Kind = CommandKind.EventHandler };
        var (one, two) = (commands.Add(first), commands.Add(second));
        Assert.True(commands.TryEnd(two, out var ended) && ended == second);
        Assert.False(commands.TryEnd(two, out _));
        Assert.False(commands.TryEnd(-one, out _));
        Assert.True(commands.TryEnd(one, out ended) && ended == first);
    }

    [Fact]
    public void NotificationsHaveALaneOfTheirOwn() => Assert.Equal(
        (Lane.Notifications, Lane.Handlers),
        (RunningCommands.LaneOf(CommandKind.Notification), RunningCommands.LaneOf(CommandKind.EventHandler)));
}

namespace Compeer.Tests.Engine.Scheduling;

/// <summary>The slow obvious twin of how a check goes on, or back to its turns.</summary>
internal static class ExpectedTurns
{
    /// <summary>When the check after this one is due: what is made up for goes back in the fewest equal steps of three quarters of an
    /// interval or more.</summary>
    internal static TimeSpan After(TimeSpan due, TimeSpan turn, TimeSpan started, TimeSpan interval)
    {
        if (turn == due && due + interval > started)
        {
            return due + interval;
        }

        var next = turn;
        while (next <= started)
        {
            next += interval;
        }

        var left = next - started;
        var steps = 1;
        while (left + (interval * (steps - 1)) < interval * (0.75 * steps))
        {
            steps++;
        }

        return started + (left / steps) + (interval / steps * (steps - 1));
    }
}

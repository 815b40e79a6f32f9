using System.Collections.Concurrent;
using System.Diagnostics;

namespace Compeer.EndToEnd.Harness;

/// <summary>
/// How long this process was kept from running by what else the machine does: a thread that wants to sleep 10 ms sleeps longer
/// then. The daemons under test are kept from running likewise, so that a promise about their time is given as much more; on
/// an idle machine that is nothing.
/// </summary>
internal static class LostTime
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(10);

    /// <summary>What a sleep takes longer on an idle machine, and a collection of garbage.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(20);

    private static readonly ConcurrentQueue<(TimeSpan At, TimeSpan Lost)> Losses = Watch();

    /// <summary>Time lost since a moment of <see cref="TracedPlugin.Now"/>.</summary>
    public static TimeSpan Since(TimeSpan moment) =>
        Losses.Where(loss => loss.At >= moment).Aggregate(TimeSpan.Zero, (sum, loss) => sum + loss.Lost);

    private static ConcurrentQueue<(TimeSpan At, TimeSpan Lost)> Watch()
    {
        var losses = new ConcurrentQueue<(TimeSpan At, TimeSpan Lost)>();
        new Thread(() =>
        {
            using var never = new ManualResetEventSlim();
            while (true)
            {
                var began = Stopwatch.GetTimestamp();
                never.Wait(Nap);
                var lost = Stopwatch.GetElapsedTime(began) - Nap;
                if (lost > Usual)
                {
                    losses.Enqueue((TracedPlugin.Now, lost));
                }
            }
        })
        {
            IsBackground = true,
            Name = "lost time",
        }.Start();
        return losses;
    }
}

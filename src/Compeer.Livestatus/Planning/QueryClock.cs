using Compeer.Livestatus.Syntax;

namespace Compeer.Livestatus.Planning;

/// <summary>Says for how long a query has run, which the shell measures.</summary>
/// <param name="elapsed">Since it began.</param>
/// <param name="longest">How long any may run.</param>
/// <param name="stopping">Whether the daemon stops.</param>
internal sealed class QueryClock(Func<TimeSpan> elapsed, TimeSpan longest, CancellationToken stopping)
{
    /// <summary>Why it must end now; null when it may go on.</summary>
    /// <param name="limit">What the client allows; null for nothing.</param>
    public RequestError? WhyToEnd(TimeSpan? limit)
    {
        if (stopping.IsCancellationRequested)
        {
            return new RequestError(ResponseCode.LimitExceeded, "the query is cancelled: the daemon is stopping");
        }

        var most = limit < longest ? limit.Value : longest;
        return elapsed() >= most
            ? new RequestError(ResponseCode.LimitExceeded, $"the query took longer than {most.TotalSeconds:0} seconds")
            : null;
    }
}

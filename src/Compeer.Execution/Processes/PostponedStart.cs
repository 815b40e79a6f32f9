using Compeer.Platform.Errors;

namespace Compeer.Execution.Processes;

/// <summary>
/// The request that a station could not start because the system had no room for one more process or descriptor. Room comes
/// when plugins end, so it is tried again after 20, 40, 80 ms and so on, at last once a second, for as long as it takes: the
/// plugin has nothing to do with it, and a result would say that it had. It stays the station's next one, so that the order is
/// kept. Times are timestamps of the given frequency.
/// </summary>
internal sealed class PostponedStart(long timestampFrequency)
{
    private const int MaxDoublings = 6;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(1);

    private PluginRequest _request;
    private int _retries;
    private volatile bool _isPending;

    /// <summary>Whether a request is kept here; any thread.</summary>
    internal bool IsPending => _isPending;

    /// <summary>When the request is to be tried again; only while there is one.</summary>
    internal long RetryAt { get; private set; }

    /// <summary>Takes the request out if its time has come; <see cref="Postpone"/> or <see cref="Reset"/> must
    /// follow.</summary>
    internal bool TryTake(long now, out PluginRequest request)
    {
        request = _request;
        if (!_isPending || now < RetryAt)
        {
            return false;
        }

        _request = default;
        _isPending = false;
        return true;
    }

    /// <summary>Keeps a request whose start failed.</summary>
    internal void Postpone(in PluginRequest request, long now)
    {
        var delay = FirstDelay * (1 << Math.Min(_retries, MaxDoublings));
        _request = request;
        _isPending = true;
        RetryAt = now + (long)((delay < LongestDelay ? delay : LongestDelay).TotalSeconds * timestampFrequency);
        _retries++;
    }

    /// <summary>The request was started or given up: the next one begins with the shortest delay.</summary>
    internal void Reset() => _retries = 0;

    /// <summary>Whether a start failed for want of room.</summary>
    internal static bool IsPassing(int errno) =>
        errno is Errno.Again or Errno.NoMemory or Errno.TooManyFiles or Errno.TooManyFilesInSystem;
}

using Compeer.Platform.Errors;

namespace Compeer.Execution.Processes;

/// <summary>
/// The request that a thread could not start because the system had no room for one more process. Plugins end all the time
/// and make room, so it is tried again after 20, 40, 80, 160 and 320 ms; then it is given up, to be reported as not
/// started. It stays the thread's next one, so that the order is kept. Times are timestamps of the given frequency.
/// </summary>
internal sealed class PostponedStart(long timestampFrequency)
{
    /// <summary>How often a start is tried again.</summary>
    internal const int MaxRetries = 5;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);

    private PluginRequest _request;
    private int _retries;

    /// <summary>Whether a request is kept here.</summary>
    internal bool IsPending { get; private set; }

    /// <summary>When the request is to be tried again; only while there is one.</summary>
    internal long RetryAt { get; private set; }

    /// <summary>Takes the request out if its time has come; <see cref="TryPostpone"/> or <see cref="Reset"/> must
    /// follow.</summary>
    internal bool TryTake(long now, out PluginRequest request)
    {
        request = _request;
        if (!IsPending || now < RetryAt)
        {
            return false;
        }

        _request = default;
        IsPending = false;
        return true;
    }

    /// <summary>Keeps a request whose start failed; false if the failure will not pass or it was tried often enough.</summary>
    internal bool TryPostpone(in PluginRequest request, int errno, long now)
    {
        if (_retries == MaxRetries || !IsPassing(errno))
        {
            return false;
        }

        _request = request;
        IsPending = true;
        RetryAt = now + (long)((FirstDelay * (1 << _retries)).TotalSeconds * timestampFrequency);
        _retries++;
        return true;
    }

    /// <summary>The request was started or given up: the next one has all its retries.</summary>
    internal void Reset() => _retries = 0;

    private static bool IsPassing(int errno) =>
        errno is Errno.Again or Errno.NoMemory or Errno.TooManyFiles or Errno.TooManyFilesInSystem;
}

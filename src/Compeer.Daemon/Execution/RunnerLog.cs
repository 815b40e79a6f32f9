using System.Globalization;
using Compeer.Daemon.Log;
using Compeer.Execution.Processes;
using Compeer.Platform.Errors;
using Compeer.Platform.Files;
using Compeer.Platform.Processes;

namespace Compeer.Daemon.Execution;

/// <summary>
/// What running plugins has to say, in the log. A trouble is told when it begins and then, however often it comes and goes, at
/// most once in <see cref="Silence"/> for each program; the status has it all the time. Any thread.
/// </summary>
internal sealed class RunnerLog(DaemonLog log, TimeProvider time)
{
    /// <summary>How long a kind of trouble that was told is not told again.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);

    private const int MostKept = 1000;

    private readonly Lock _lock = new();
    private long? _leftOutToldAt;
    private readonly Dictionary<(RunnerNoticeKind Kind, string Name), (long At, bool IsOver)> _told = [];

    public void Write(RunnerNotice notice)
    {
        switch (notice.Kind)
        {
            case RunnerNoticeKind.CannotBeKilled:
                Warn(notice, $"{notice.Program} (pid {notice.Number}, {OwnerAndState(notice.Number)}) was killed at its time "
                    + "limit and runs on; it takes no place from other checks");
                break;
            case RunnerNoticeKind.AllKilled:
                log.Information("the plugins that could not be killed have ended");
                break;
            case RunnerNoticeKind.StartHangs:
                Warn(notice, $"{notice.Program} cannot be started: its file system does not answer; only checks with it wait");
                break;
            case RunnerNoticeKind.StartReturned:
                End(RunnerNoticeKind.StartHangs, notice.Program, notice.Number == 0
                    ? $"{notice.Program} can be started again"
                    : $"{notice.Program} has an answer from its file system: {SystemError.Words(notice.Number)}");
                break;
            case RunnerNoticeKind.StartsWait:
                Warn(notice, $"plugins cannot be started now and wait: {SystemError.Words(notice.Number)}{Limit(notice.Number)}");
                break;
            case RunnerNoticeKind.StartsGoOn:
                End(RunnerNoticeKind.StartsWait, "", "plugins are started again");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(notice), notice.Kind, "no such notice");
        }
    }

    /// <summary>Commands that follow results were not run: too many wait already.</summary>
    /// <param name="total">How many there were since the start.</param>
    public void CommandsLeftOut(long total)
    {
        lock (_lock)
        {
            if (_leftOutToldAt is { } told && time.GetElapsedTime(told) < Silence)
            {
                return;
            }

            _leftOutToldAt = time.GetTimestamp();
        }

        log.Warning($"{total} commands of obsessing or performance data were not run since the start: "
            + $"{RunningCommands.MostOfAKind} of a kind wait already; do they hang?");
    }

    private static string Limit(int errno) => errno == Errno.TooManyFiles
        ? string.Create(CultureInfo.InvariantCulture, $", which is {ResourceLimits.OpenFiles()} now")
        : "";

    private static string OwnerAndState(int pid)
    {
        var owner = UserOf(pid) is { } user && user != SystemUser.EffectiveId ? $"of the user with the id {user}" : "";
        var state = StateOf(pid) == 'D' ? "waiting for a device or a file system" : "";
        return (owner, state) switch
        {
            ("", "") => "which the system does not end",
            ("", _) => state,
            (_, "") => owner,
            _ => $"{owner}, {state}",
        };
    }

    private static uint? UserOf(int pid) =>
        FileOwner.Of(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}"))?.User;

    /// <summary>The letter of the process' state; a blank when it is gone.</summary>
    private static char StateOf(int pid)
    {
        try
        {
            var status = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            return status[Math.Min(status.LastIndexOf(')') + 2, status.Length - 1)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ' ';
        }
    }

    private void Warn(RunnerNotice notice, string text)
    {
        var key = (notice.Kind, notice.Program);
        lock (_lock)
        {
            if (_told.TryGetValue(key, out var last) && time.GetElapsedTime(last.At) < Silence)
            {
                return;
            }

            if (_told.Count == MostKept)
            {
                _told.Clear();
            }

            _told[key] = (time.GetTimestamp(), IsOver: false);
        }

        log.Warning(text);
    }

    /// <summary>The end of what was told, once.</summary>
    private void End(RunnerNoticeKind kind, string program, string text)
    {
        lock (_lock)
        {
            if (!_told.TryGetValue((kind, program), out var last) || last.IsOver)
            {
                return;
            }

            _told[(kind, program)] = last with { IsOver = true };
        }

        log.Information(text);
    }
}

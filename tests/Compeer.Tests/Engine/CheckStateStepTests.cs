using System.Globalization;
using System.Reflection;
using System.Text;
using Compeer.Engine;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

/// <summary>
/// Every field of <see cref="CheckState"/>, and the alert, after one result that goes through the whole engine: each row of
/// <see cref="StepTable"/> says what it must be, from a configuration as text to the line of the log.
/// </summary>
public sealed class CheckStateStepTests : EngineHarness
{
    private static readonly TimeSpan Latency = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromMinutes(7);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(2);

    private static readonly string[] HostStates = ["UP", "DOWN", "UNREACHABLE"];
    private static readonly string[] ServiceStates = ["OK", "WARNING", "CRITICAL", "UNKNOWN"];

    /// <summary>How each field is shown; a field that is not here fails a test.</summary>
    private static readonly Dictionary<string, Func<CheckState, object>> Fields = new(StringComparer.Ordinal)
    {
        [nameof(CheckState.State)] = state => state.State,
        [nameof(CheckState.LastState)] = state => state.LastState,
        [nameof(CheckState.LastHardState)] = state => state.LastHardState,
        [nameof(CheckState.Attempt)] = state => state.Attempt,
        [nameof(CheckState.IsSoft)] = state => state.IsSoft,
        [nameof(CheckState.HostProblemAtLastCheck)] = state => state.HostProblemAtLastCheck,
        [nameof(CheckState.HasBeenChecked)] = state => state.HasBeenChecked,
        [nameof(CheckState.LastCheckTicks)] = state => At(state.LastCheckTicks),
        [nameof(CheckState.NextCheckTicks)] = state => At(state.NextCheckTicks),
        [nameof(CheckState.LastStateChangeTicks)] = state => At(state.LastStateChangeTicks),
        [nameof(CheckState.LastHardStateChangeTicks)] = state => At(state.LastHardStateChangeTicks),
        [nameof(CheckState.LastTimeState0Ticks)] = state => At(state.LastTimeState0Ticks),
        [nameof(CheckState.LastTimeState1Ticks)] = state => At(state.LastTimeState1Ticks),
        [nameof(CheckState.LastTimeState2Ticks)] = state => At(state.LastTimeState2Ticks),
        [nameof(CheckState.LastTimeState3Ticks)] = state => At(state.LastTimeState3Ticks),
        [nameof(CheckState.LatencyTicks)] = state => new TimeSpan(state.LatencyTicks),
        [nameof(CheckState.ExecutionTicks)] = state => new TimeSpan(state.ExecutionTicks),
        [nameof(CheckState.StateHistory)] = state => state.StateHistory.Bits,
        [nameof(CheckState.IsFlapping)] = state => state.IsFlapping,
        [nameof(CheckState.IsPassive)] = state => state.IsPassive,
        [nameof(CheckState.History)] = state => state.History,
        [nameof(CheckState.Text)] = state => Encoding.UTF8.GetString(state.Text.Span),
        [nameof(CheckState.OutputLength)] = state => state.OutputLength,
        [nameof(CheckState.LongOutputLength)] = state => state.LongOutputLength,
    };

    public static TheoryData<string> ServiceRows => new(StepTable.Services);

    public static TheoryData<string> HostRows => new(StepTable.Hosts);

    [Theory]
    [MemberData(nameof(ServiceRows))]
    public void ResultOfAService_MakesOfEveryFieldWhatNaemonDoes(string row) => CheckRow(row, isHost: false, isFirst: false);

    [Theory]
    [MemberData(nameof(HostRows))]
    public void ResultOfAHost_MakesOfEveryFieldWhatNaemonDoes(string row) => CheckRow(row, isHost: true, isFirst: false);

    /// <summary>The times of change that were never set are set by the first result, whatever it is.</summary>
    [Fact]
    public void FirstResult_SetsTheTimesOfChange()
    {
        CheckRow(StepTable.Services[0], isHost: false, isFirst: true);
        CheckRow(StepTable.Services[1], isHost: false, isFirst: true);
        CheckRow(StepTable.Hosts[0], isHost: true, isFirst: true);
        CheckRow(StepTable.Hosts[1], isHost: true, isFirst: true);
    }

    [Fact]
    public void Fields_OfTheState_AreAllLookedAt()
    {
        var fields = typeof(CheckState).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .Select(property => property.Name);
        Assert.Equal(fields.Order(StringComparer.Ordinal), Fields.Keys.Order(StringComparer.Ordinal));
    }

    /// <summary>Some row expects another value of each field than the state before had: a field that nobody writes is found.</summary>
    [Fact]
    public void Fields_OfTheState_ChangeInSomeRow()
    {
        var rows = StepTable.Services.Select(row => (Row: StepRow.Parse(row), IsHost: false))
            .Concat(StepTable.Hosts.Select(row => (Row: StepRow.Parse(row), IsHost: true)));
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach ((var row, var isHost) in rows)
        {
            var before = Before(row, isFirst: false);
            var after = Expected(row, before, isHost, Clock.Now);
            changed.UnionWith(Fields.Where(field => !Equals(field.Value(before), field.Value(after))).Select(field => field.Key));
        }

        changed.Add(nameof(CheckState.HasBeenChecked));

        // No single step leads to it: see FlappingTests.
        changed.Add(nameof(CheckState.IsFlapping));
        Assert.Equal(Fields.Keys.Order(StringComparer.Ordinal), changed.Order(StringComparer.Ordinal));
    }

    private static string At(long ticks) =>
        ticks == 0 ? "never" : new DateTime(ticks).ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);

    private void CheckRow(string text, bool isHost, bool isFirst)
    {
        var row = StepRow.Parse(text);
        var site = TextSite.Of(MainOf(row), ObjectsOf(row, isHost));
        var engine = new MonitoringEngine(site);
        var id = isHost ? site.Id("it") : site.Id("it", "it");
        for (var number = 0; isHost && number < row.Around.Length; number++)
        {
            engine.Store(site.Id($"parent{number}"), CheckState.Pending(HostStateOf(row.Around[number])), TimeSpan.Zero);
        }

        if (!isHost)
        {
            engine.Store(site.Id("it"), CheckState.Pending(HostStateOf(row.Around[0])), TimeSpan.Zero);
        }

        var before = Before(row, isFirst);
        engine.Store(id, before, TimeSpan.Zero);
        engine.Gain(Clock.Now, [id], TimeSpan.Zero, Output);
        Output.Clear();
        engine.Advance(Clock.MoveTo(engine.NextCheck(id)!.Value + Latency), Output);
        var check = Assert.Single(Output.Checks);
        Output.Clear();
        Clock.Move(Duration);
        var result = Results.Exited(Clock.Now, row.Code, "new;text", Duration.TotalSeconds) with
        {
            LongOutput = "more"u8.ToArray(),
            PerformanceData = "a=1"u8.ToArray(),
            Run = check.Run,
        };
        Assert.Equal(CompletionStatus.Taken, engine.Complete(Clock.Now, id, result, Output));

        var expected = Expected(row, before, isHost, Clock.Now);
        Assert.Equal(
            string.Join('\n', Fields.Select(field => $"{field.Key} {field.Value(expected)}")),
            string.Join('\n', Fields.Select(field => $"{field.Key} {field.Value(engine[id])}")));
        Assert.Same(before, Output.Changes[0].Before);
        Assert.Same(engine[id], Output.Changes[0].After);
        Assert.Equal(ExpectedLines(row, isHost), Output.Lines());
    }

    private CheckState Before(StepRow row, bool isFirst)
    {
        long Ago(int hours) => isFirst ? 0 : (Clock.Now.Wall - TimeSpan.FromHours(hours)).UtcTicks;
        return row.Before with
        {
            LastState = (byte)((row.Before.State + 1) % 3),
            HasBeenChecked = !isFirst,
            LastCheckTicks = Ago(1),
            NextCheckTicks = 0,
            LastStateChangeTicks = Ago(2),
            LastHardStateChangeTicks = Ago(3),
            LastTimeState0Ticks = Ago(4),
            LastTimeState1Ticks = Ago(5),
            LastTimeState2Ticks = Ago(6),
            LastTimeState3Ticks = Ago(7),
            LatencyTicks = 11,
            IsPassive = true,
            ExecutionTicks = 13,
            History = row.Before.State != 0
                ? new EventHistory { EventId = 7, LastEventId = 5, ProblemStartTicks = Ago(2), LastProblemStartTicks = Ago(9) }
                : new EventHistory { EventId = 7, LastEventId = 5, ProblemStartTicks = Ago(9), ProblemEndTicks = Ago(8) },
            Text = "old"u8.ToArray(),
            OutputLength = 2,
            LongOutputLength = 1,
        };
    }

    /// <summary>
    /// The state that the row asks for when the result came at this time. Services reckon from the start of the check, hosts from its
    /// end, except for times that were never set; the next check is a check interval after the start, or in a soft problem a retry
    /// interval after the end.
    /// </summary>
    private static CheckState Expected(StepRow row, CheckState before, bool isHost, EngineTime now)
    {
        var started = (now.Wall - Duration).UtcTicks;
        var changed = isHost ? now.Wall.UtcTicks : started;
        var isRetry = row.After is { IsSoft: true, State: not 0 };
        long Change(bool moves, long then) => moves ? changed : then == 0 ? started : then;
        return row.After with
        {
            LastState = before.State,
            HasBeenChecked = true,
            IsPassive = false,
            LastCheckTicks = started,
            NextCheckTicks = isRetry ? now.Wall.UtcTicks + RetryInterval.Ticks : (started - Latency.Ticks) + CheckInterval.Ticks,
            LastStateChangeTicks = Change(row.Changes, before.LastStateChangeTicks),
            LastHardStateChangeTicks = Change(row.ChangesHard, before.LastHardStateChangeTicks),
            LastTimeState0Ticks = before.State == 0 ? changed : before.LastTimeState0Ticks,
            LastTimeState1Ticks = before.State == 1 ? changed : before.LastTimeState1Ticks,
            LastTimeState2Ticks = before.State == 2 ? changed : before.LastTimeState2Ticks,
            LastTimeState3Ticks = before.State == 3 ? changed : before.LastTimeState3Ticks,
            LatencyTicks = Latency.Ticks,
            ExecutionTicks = Duration.Ticks,
            StateHistory = isHost || row.After is { IsSoft: false } or { State: 0 }
                ? before.StateHistory.With(row.After.State)
                : before.StateHistory,
            History = ExpectedHistory(row, before, isHost, now.Wall.UtcTicks),
            Text = "new:textmorea=1"u8.ToArray(),
            OutputLength = 8,
            LongOutputLength = 4,
        };
    }

    /// <summary>Each change of a host is an event, of a service only one of its state; a problem is from the first to the last result
    /// that is not OK or UP, and has no end when it was never seen to begin.</summary>
    private static EventHistory ExpectedHistory(StepRow row, CheckState before, bool isHost, long now)
    {
        if (isHost ? !row.Changes : row.After.State == before.State)
        {
            return before.History;
        }

        var after = before.History with { EventId = 8, LastEventId = 7 };
        return (before.State, row.After.State) switch
        {
            (0, not 0) => after with
            {
                ProblemStartTicks = now,
                ProblemEndTicks = 0,
                LastProblemStartTicks = before.History.ProblemStartTicks,
            },
            (not 0, 0) when before.History.ProblemStartTicks != 0 => after with { ProblemEndTicks = now },
            _ => after,
        };
    }

    private static IEnumerable<string> ExpectedLines(StepRow row, bool isHost)
    {
        if (row.IsForced)
        {
            yield return "SERVICE INFO: it;it; Service switch to hard down state due to host down.";
        }

        if (row.Alert is { } alert)
        {
            var subject = isHost ? "HOST ALERT: it" : "SERVICE ALERT: it;it";
            var state = (isHost ? HostStates : ServiceStates)[row.After.State];
            yield return $"{subject};{state};{(alert.StartsWith('S') ? "SOFT" : "HARD")};{alert[1..]};new:text";
        }
    }

    private static byte HostStateOf(char letter) => (byte)"udn".IndexOf(letter, StringComparison.Ordinal);

    private static string MainOf(StepRow row) =>
        "enable_notification_suppression_reason_logging=0\n"
        + $"log_service_retries=1\nlog_host_retries=1\nuse_aggressive_host_checking={(row.IsAggressive ? 1 : 0)}\n";

    private static string ObjectsOf(StepRow row, bool isHost)
    {
        var parents = isHost ? Enumerable.Range(0, row.Around.Length).Select(number => $"parent{number}").ToList() : [];
        var checking = $"check_command c\ncheck_interval 7\nretry_interval 2\nmax_check_attempts {row.MaxAttempts}";
        var text = new StringBuilder($"define command {{\ncommand_name c\ncommand_line x\n}}\ndefine host {{\nhost_name it\n{checking}\n");
        text.Append(parents.Count > 0 ? $"parents {string.Join(',', parents)}\n}}\n" : "}\n");
        text.AppendJoin("", parents.Select(parent => $"define host {{\nhost_name {parent}\n{checking}\n}}\n"));
        text.Append(CultureInfo.InvariantCulture, $"define service {{\nhost_name it\nservice_description it\n{checking}\n");
        text.Append(row.IsVolatile ? "is_volatile 1\n}\n" : "}\n");
        return text.ToString();
    }
}

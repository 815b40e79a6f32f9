using System.Globalization;
using System.Text;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Tests.Engine;

/// <summary>
/// Random sequences of results, commands and steps of both clocks, back and forth by an hour: attempts stay within bounds, hard means the
/// last attempt or a reason, nobody is told without one, and of who is not told it is said why; flapping is between 0 and 100 %; events
/// replayed give the same state, the same inputs the same events, and the order of what concerns different hosts changes nothing. When
/// all is well again and time passed, no downtime and no acknowledgement is left. A seed replays; <c>COMPEER_PROPERTY_RUNS</c> asks for
/// more of them.
/// </summary>
public sealed class CommandPropertyTests
{
    private const int Steps = 600;

    private static readonly string Objects = SiteText();

    /// <summary>A property, as a fault in what is observed breaks it.</summary>
    public enum Planted
    {
        None,
        AttemptTooHigh,
        HardTooEarly,
        ToldWithoutReason,
        EventLost,
        OrderMatters,
        NoReasonNamed,
        FlapsBeyondAll,
        DowntimeStays,
        AcknowledgementStays,
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, int.Parse(
        Environment.GetEnvironmentVariable("COMPEER_PROPERTY_RUNS") ?? "6", CultureInfo.InvariantCulture))];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Run_OfAnySeed_KeepsItsPromises(int seed)
    {
        var run = new Run(seed, Planted.None);
        Assert.Null(run.Go());
        Assert.True(run.Told > 20 && run.Hard > 10, $"told {run.Told}, hard {run.Hard}");
        Assert.True(
            run.NotTold > 20 && run.Deepest > 0 && run.Acknowledged > 0 && run.Flapping > 0,
            $"not told {run.NotTold}, deepest {run.Deepest}, acknowledged {run.Acknowledged}, flapping {run.Flapping}");
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Run_OfOneSeed_TwiceGivesTheSameEvents(int seed)
    {
        var (one, other) = (new Run(seed, Planted.None), new Run(seed, Planted.None));
        Assert.Null(one.Go());
        Assert.Null(other.Go());
        Assert.Equal(one.Events.Select(Convert.ToHexString), other.Events.Select(Convert.ToHexString));
    }

    [Theory]
    [InlineData(Planted.AttemptTooHigh, "attempt")]
    [InlineData(Planted.HardTooEarly, "hard")]
    [InlineData(Planted.ToldWithoutReason, "told")]
    [InlineData(Planted.EventLost, "replay")]
    [InlineData(Planted.OrderMatters, "order")]
    [InlineData(Planted.NoReasonNamed, "not told")]
    [InlineData(Planted.FlapsBeyondAll, "flapping")]
    [InlineData(Planted.DowntimeStays, "downtime")]
    [InlineData(Planted.AcknowledgementStays, "acknowledged")]
    public void Run_WithAFault_IsFound(Planted fault, string word) =>
        Assert.StartsWith(word, new Run(1, fault).Go(), StringComparison.Ordinal);

    private static string SiteText()
    {
        var text = new StringBuilder("""
            define command {
              command_name check
              command_line plugin
            }
            define contact {
              contact_name ada
              host_notification_commands check
              service_notification_commands check
              host_notification_options d,u,r,f,s
              service_notification_options w,u,c,r,f,s
            }

            """);
        const string Common = "check_command check\nmax_check_attempts 3\ncheck_interval 5\nretry_interval 1\ncontacts ada\n"
            + "notification_interval 10\n";
        for (var host = 0; host < 3; host++)
        {
            text.Append(CultureInfo.InvariantCulture, $"define host {{\nhost_name h{host}\n{Common}}}\n");
            for (var service = 0; service < 2; service++)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"define service {{\nhost_name h{host}\nservice_description s{service}\n{Common}}}\n");
            }
        }

        return text.ToString();
    }

    private sealed class Run(int seed, Planted fault)
    {
        private readonly Random _random = new(seed);
        private readonly TestClock _clock = new();
        private readonly EngineConfiguration _site = TextSite.Of("passive_host_checks_are_soft=1\nenable_flap_detection=1", Objects);
        private readonly List<byte[]> _events = [];
        private readonly Transition _output = new();
        private MonitoringEngine _engine = null!;

        public IReadOnlyList<byte[]> Events => _events;

        public int NotTold { get; private set; }

        public int Deepest { get; private set; }

        public int Acknowledged { get; private set; }

        public int Flapping { get; private set; }

        public int Told { get; private set; }

        public int Hard { get; private set; }

        /// <summary>What is wrong; null for nothing.</summary>
        public string? Go()
        {
            _engine = new MonitoringEngine(_site);
            var twin = new MonitoringEngine(_site);
            var twinOutput = new Transition();
            _engine.Gain(_clock.Now, _site.All(), TimeSpan.Zero, _output);
            twin.Gain(_clock.Now, _site.All(), TimeSpan.Zero, twinOutput);
            Keep();
            for (var step = 0; step < Steps; step++)
            {
                _output.Clear();
                twinOutput.Clear();
                if (_random.Next(30) == 0)
                {
                    _clock.JumpWall(TimeSpan.FromMinutes(_random.Next(-60, 60)));
                }

                _clock.Move(TimeSpan.FromSeconds(_random.Next(1, 200)));
                CheckState[] before = [.. _site.All().Select(id => _engine[id])];

                // One line for each of two hosts, which the twin is given in the other order.
                var host = _random.Next(3);
                string[] lines = [Line(host), Line((host + 1) % 3)];
                Give(_engine, lines, _output);
                Give(twin, [lines[1], lines[fault == Planted.OrderMatters && step == 100 ? 1 : 0]], twinOutput);
                Keep();
                if (Problem(before) is { } problem)
                {
                    return problem;
                }

                if (Project(_output) != Project(twinOutput))
                {
                    return $"order, step {step}: {string.Join(" and ", lines)}";
                }

                End(_engine, _output);
                Keep();
                End(twin, twinOutput);
            }

            return Replayed() ?? Left();
        }

        /// <summary>All recover, and time goes on, also by the wall clock.</summary>
        private string? Left()
        {
            for (var host = 0; host < 3; host++)
            {
                string[] well =
                [
                    $"PROCESS_HOST_CHECK_RESULT;h{host};0;well", $"PROCESS_SERVICE_CHECK_RESULT;h{host};s0;0;well",
                    $"PROCESS_SERVICE_CHECK_RESULT;h{host};s1;0;well",
                ];
                Give(_engine, fault == Planted.AcknowledgementStays ? [] : well, _output);
            }

            for (var minute = 0; minute < (fault == Planted.DowntimeStays ? 0 : 200); minute++)
            {
                _clock.Move(TimeSpan.FromMinutes(1));
                _engine.Advance(_clock.Now, _output);
            }

            var view = _engine.Snapshot(_clock.Now);
            return view.Downtimes.Count > 0 || _site.All().Any(id => _engine.DowntimeDepth(id) != 0)
                    ? $"downtime: {view.Downtimes.Count} are left"
                : view.Acknowledgements.Count > 0 ? $"acknowledged: {view.Acknowledgements.Count} are left" : null;
        }

        private void Keep()
        {
            var codec = new MonitoringEventCodec(_site);
            _events.AddRange(_output.Events.Select(happened => codec.Encode(happened)));
            Told += _output.Commands.Count;
        }

        private void Give(MonitoringEngine engine, string[] lines, Transition output)
        {
            foreach (var line in lines)
            {
                engine.Command(_clock.Now, Encoding.UTF8.GetBytes($"[{_clock.Now.Wall.ToUnixTimeSeconds()}] {line}"), output);
            }
        }

        /// <summary>The commands end, each well.</summary>
        private void End(MonitoringEngine engine, Transition output)
        {
            CommandToRun[] commands = [.. output.Commands];
            output.Clear();
            foreach (var run in commands)
            {
                engine.CommandEnded(_clock.Now, run, new CommandResult(CheckOutcome.Exited, 0, default, default, default), output);
            }
        }

        private string Line(int host)
        {
            var service = $"h{host};s{_random.Next(2)}";
            var wall = _clock.Now.Wall.ToUnixTimeSeconds();
            return _random.Next(24) switch
            {
                < 10 => $"PROCESS_SERVICE_CHECK_RESULT;{service};{_random.Next(4)};text",
                < 13 => $"PROCESS_HOST_CHECK_RESULT;h{host};{_random.Next(2)};text",
                13 => $"ACKNOWLEDGE_SVC_PROBLEM;{service};{_random.Next(3)};1;0;bob;seen",
                14 => $"REMOVE_SVC_ACKNOWLEDGEMENT;{service}",
                15 => $"SCHEDULE_SVC_DOWNTIME;{service};{wall};{wall + 600};{_random.Next(2)};0;300;bob;work",
                16 => $"DEL_DOWNTIME_BY_HOST_NAME;h{host}",
                17 => $"{(_random.Next(3) == 0 ? "DIS" : "EN")}ABLE_SVC_NOTIFICATIONS;{service}",
                18 => $"{(_random.Next(3) == 0 ? "DIS" : "EN")}ABLE_SVC_FLAP_DETECTION;{service}",
                19 => $"SEND_CUSTOM_SVC_NOTIFICATION;{service};{_random.Next(8)};bob;look",
                20 => $"CHANGE_MAX_SVC_CHECK_ATTEMPTS;{service};{_random.Next(1, 5)}",
                21 => $"CHANGE_SVC_MODATTR;{service};{_random.Next(1 << 17)}",
                22 => $"SET_SVC_NOTIFICATION_NUMBER;{service};{_random.Next(4)}",
                _ => $"ENABLE_HOST_CHECK;h{host}",
            };
        }

        private string? Problem(CheckState[] before)
        {
            var view = _engine.Snapshot(_clock.Now);
            foreach (var id in _site.All())
            {
                var most = view.CheckingOf(id).MaxCheckAttempts;
                var state = view[id];
                state = fault == Planted.AttemptTooHigh ? state with { Attempt = most + 1 } : state;
                state = fault == Planted.HardTooEarly && state.IsSoft && state.State != 0 ? state with { IsSoft = false } : state;
                if (state.Attempt < 1 || state.Attempt > most)
                {
                    return $"attempt {state.Attempt} of {most}";
                }

                var change = state.StateHistory.PercentChange + (fault == Planted.FlapsBeyondAll ? 100.1 : 0);
                if (change is < 0 or > 100)
                {
                    return $"flapping by {change} %";
                }

                Flapping += state.IsFlapping ? 1 : 0;
                Deepest = Math.Max(Deepest, _engine.DowntimeDepth(id));
                Acknowledged += _engine.AcknowledgementOf(id).Kind == 0 ? 0 : 1;
                var isHost = id.Index < _site.Objects.Hosts.Length;
                var host = isHost ? id : CheckableId.Of(_site.Objects.Services[id.Index - _site.Objects.Hosts.Length].Host.Id);
                var isNew = !state.IsSoft && state.State != 0 && (before[id.Index].IsSoft || before[id.Index].State == 0);
                Hard += isNew ? 1 : 0;
                if (isNew && state.Attempt != most && view[host].State == 0 && before[host.Index].State == 0)
                {
                    return $"hard at attempt {state.Attempt} of {most}";
                }
            }

            foreach (var held in _output.Events.Where(happened => happened.Kind == EventKind.NotificationSuppressed))
            {
                NotTold++;
                var reason = fault == Planted.NoReasonNamed ? NotificationReason.None : (NotificationReason)held.Code;
                if (reason is NotificationReason.None or NotificationReason.Sent || !Enum.IsDefined(reason))
                {
                    return $"not told for the reason {reason}";
                }
            }

            return _output.Events.Where(happened => happened.Kind == EventKind.ContactNotified).Select(WithoutReason)
                .FirstOrDefault(found => found is not null);
        }

        /// <summary>A notification comes of a result of that object, or of what its type says.</summary>
        private string? WithoutReason(MonitoringEvent told)
        {
            var text = told.Value!.Value.Text!;
            bool Has(Func<EventKind, bool> kinds) => fault != Planted.ToldWithoutReason
                && _output.Events.Any(happened => happened.Id == told.Id && kinds(happened.Kind));
            var isRight = text switch
            {
                _ when text.Contains(";ACKNOWLEDGEMENT", StringComparison.Ordinal) => Has(kind => kind == EventKind.AcknowledgementGiven),
                _ when text.Contains(";DOWNTIME", StringComparison.Ordinal) =>
                    Has(kind => kind is EventKind.DowntimeStarted or EventKind.DowntimeEnded or EventKind.DowntimeCancelled),
                _ when text.Contains(";FLAPPING", StringComparison.Ordinal) =>
                    Has(kind => kind is EventKind.FlappingChanged or EventKind.FlappingDisabled),
                _ when text.Contains(";CUSTOM", StringComparison.Ordinal) => _output.Events.Any(happened =>
                    happened.Kind == EventKind.CommandGiven && happened.Value!.Value.Text!.Contains("CUSTOM", StringComparison.Ordinal)),
                _ => Has(kind => kind == EventKind.PassiveResultTaken),
            };
            return isRight ? null : $"told without a reason: {text}";
        }

        /// <summary>What happened to each object, without the numbers that are counted over all of them.</summary>
        private static string Project(Transition output) => string.Join('\n', output.Events
            .Where(happened => happened.Kind is not (EventKind.CommandGiven or EventKind.Said or EventKind.ClockJumped))
            .GroupBy(happened => happened.Id.Index)
            .OrderBy(group => group.Key)
            .Select(group => $"{group.Key}: {string.Join(' ', group.Select(one =>
                $"{one.Kind}/{one.Code}/{one.State?.State}/{one.State?.Attempt}/{one.State?.IsSoft}/{one.IsMarked}"))}"));

        private string? Replayed()
        {
            var codec = new MonitoringEventCodec(_site);
            var replayed = new MonitoringEngine(_site);
            foreach (var bytes in fault == Planted.EventLost ? _events[..^(_events.Count / 2)] : _events)
            {
                replayed.Replay(codec.Decode(bytes)!.Value);
            }

            var isSame = _site.All().All(id =>
                CheckStateCodec.Encode(_engine[id]).AsSpan().SequenceEqual(CheckStateCodec.Encode(replayed[id]))
                && _engine.ToldOf(id).Equals(replayed.ToldOf(id))
                && _engine.SettingsOf(id).Values.SequenceEqual(replayed.SettingsOf(id).Values)
                && _engine.DowntimeDepth(id) == replayed.DowntimeDepth(id)
                && _engine.NextCheck(id) == replayed.NextCheck(id));
            return isSame ? null : "replay gives another state";
        }
    }
}

using System.Text;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Scheduling;
using Compeer.Tests.Engine.Scheduling;

namespace Compeer.Tests.Engine;

/// <summary>Random runs of an engine: ownership comes and goes, results come in any order, states come from elsewhere. Beside
/// it runs the slow obvious twin: a list of what must be due when.</summary>
public sealed class EnginePropertyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public void Engine_RandomRun_KeepsItsPromises(int seed)
    {
        var run = new RandomRun(seed);
        run.Go(steps: 4000);
        Assert.True(run.Started > 300, $"{run.Started} started");
        Assert.True(run.HardProblems > 10, $"{run.HardProblems} hard problems");
        Assert.True(run.Discarded > 5 && run.Stored > 50, $"{run.Discarded} discarded, {run.Stored} stored");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    public void Engine_SameInputs_SameOutputs(int seed)
    {
        var one = new RandomRun(seed);
        var other = new RandomRun(seed);
        one.Go(steps: 2000);
        other.Go(steps: 2000);
        Assert.Equal(one.Transcript, other.Transcript);
        Assert.True(one.Transcript.Length > 20_000);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(11)]
    public void Replay_EventsOfARun_GivesTheSameState(int seed)
    {
        var run = new RandomRun(seed);
        run.Go(steps: 3000);
        run.CheckReplay();
    }

    private sealed class RandomRun
    {
        private readonly Random _random;
        private readonly TestClock _clock = new();
        private readonly Transition _transition = new();
        private readonly TestSite _site = new();
        private readonly MonitoringEngine _engine;
        private readonly CheckState[] _replayed;
        private readonly Dictionary<CheckableId, TimeSpan> _due = [];
        private TimeSpan? _since;
        private readonly HashSet<CheckableId> _owned = [];
        private readonly Dictionary<RunId, TimeSpan> _overtaken = [];
        private readonly Dictionary<CheckableId, TimeSpan> _turns = [];
        private readonly Dictionary<CheckableId, (CheckToRun Check, TimeSpan Due, TimeSpan Turn, TimeSpan Started)> _flying = [];
        private readonly List<CheckToRun> _abandoned = [];
        private readonly StringBuilder _transcript = new();
        private readonly List<byte[]> _events = [];

        public RandomRun(int seed)
        {
            _random = new Random(seed);
            for (var host = 0; host < 6; host++)
            {
                _site.Host($"host{host}", Settings());
                for (var service = 0; service < 4; service++)
                {
                    _site.Service($"host{host}", $"service{service}", Settings());
                }
            }

            _engine = _site.Build();
            _replayed = [.. _site.All().Select(id => _engine[id])];
        }

        public int Started { get; private set; }

        public int HardProblems { get; private set; }

        public int Discarded { get; private set; }

        public int Stored { get; private set; }

        /// <summary>An engine that only gets the events, as bytes, keeps the same.</summary>
        public void CheckReplay()
        {
            var replayed = new MonitoringEngine(_site.Configuration);
            var codec = new MonitoringEventCodec(_site.Configuration);
            foreach (var bytes in _events)
            {
                replayed.Replay(codec.Decode(bytes)!.Value);
            }

            foreach (var id in _site.All())
            {
                Assert.Equal(CheckStateCodec.Encode(_engine[id]), CheckStateCodec.Encode(replayed[id]));
                Assert.Equal(_engine.IsOwned(id), replayed.IsOwned(id));
                Assert.Equal(_engine.IsRunning(id), replayed.IsRunning(id));
                Assert.Equal(_engine.NextCheck(id), replayed.NextCheck(id));
            }

            var snapshot = _engine.Snapshot(_clock.Now);
            var other = replayed.Snapshot(_clock.Now);
            Assert.Equal(snapshot.HostChecks, other.HostChecks);
            Assert.Equal(snapshot.ServiceChecks, other.ServiceChecks);
            Assert.Equal(snapshot.Owned, other.Owned);

            // And goes on alike.
            var transition = new Transition();
            _transition.Clear();
            _clock.Move(TimeSpan.FromMinutes(10));
            _engine.Advance(_clock.Now, _transition);
            replayed.Advance(_clock.Now, transition);
            Assert.NotEmpty(transition.Checks);
            Assert.Equal(
                _transition.Events.Select(happened => codec.Encode(happened)),
                transition.Events.Select(happened => codec.Encode(happened)));
        }

        public string Transcript => _transcript.ToString();

        public void Go(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                _transition.Clear();
                switch (_random.Next(10))
                {
                    case 0:
                        Gain();
                        break;
                    case 1 when _random.Next(3) == 0:
                        Lose();
                        break;
                    case 2 when _random.Next(3) == 0:
                        Store();
                        break;
                    case 3 or 4 or 5 when _flying.Count > 0:
                        Complete();
                        break;
                    case 6 when _abandoned.Count > 0:
                        CompleteAbandoned();
                        break;
                    case 7 when _random.Next(20) == 0:
                        _clock.JumpWall(TimeSpan.FromSeconds(_random.Next(-100_000, 100_000)));

                        // What comes from elsewhere brings no time; the engine goes by the last it saw.
                        Advance();
                        break;
                    default:
                        Advance();
                        break;
                }

                Record();
                Check();
            }
        }

        private void Gain()
        {
            var ids = Some();
            _engine.Gain(_clock.Now, ids, TimeSpan.Zero, _transition);
            foreach (var id in ids.Where(_owned.Add))
            {
                ExpectByState(id);
            }
        }

        private void Lose()
        {
            // A node that discards what it has in flight was stalled and gives up everything.
            var discard = _random.Next(6) == 0;
            var ids = discard ? _site.All() : Some();
            _engine.Lose(_clock.Now, ids, discard, _transition);
            foreach (var id in ids)
            {
                _owned.Remove(id);
                _due.Remove(id);
                _turns.Remove(id);
                if (discard && _flying.Remove(id, out var flight))
                {
                    _abandoned.Add(flight.Check);
                    Discarded++;
                }
            }
        }

        private void Store()
        {
            var id = One();
            var state = _engine[id] with
            {
                HasBeenChecked = true,
                State = (byte)_random.Next(id.Index < _site.Objects.Hosts.Length ? 3 : 4),
                LastCheckTicks = (_clock.Now.Wall - TimeSpan.FromSeconds(_random.Next(1000))).UtcTicks,
                NextCheckTicks = (_clock.Now.Wall + TimeSpan.FromSeconds(_random.Next(-500, 500))).UtcTicks,
                IsSoft = false,
                HostProblemAtLastCheck = true,
            };
            _engine.Store(id, state, TimeSpan.Zero, _transition);
            _replayed[id.Index] = state;
            Stored++;
            if (_owned.Contains(id))
            {
                ExpectByState(id);
            }
        }

        private void Advance()
        {
            var step = _engine.NextWake is { } wake && wake > _clock.Now.Monotonic && _random.Next(4) != 0
                ? wake - _clock.Now.Monotonic
                : TimeSpan.FromMilliseconds(_random.Next(2000));
            _clock.Move(step);
            _engine.Advance(_clock.Now, _transition);

            // The twin: everything due, in the order of time and id.
            CheckableId[] expected =
            [
                .. _due.Where(pair => pair.Value <= _clock.Now.Monotonic)
                    .OrderBy(pair => pair.Value).ThenBy(pair => pair.Key.Index)
                    .Select(pair => pair.Key),
            ];
            Assert.Equal(expected, _transition.Checks.Select(check => check.Id));
            foreach (var check in _transition.Checks)
            {
                Assert.False(_flying.ContainsKey(check.Id), "a check was started twice");
                Assert.Contains(check.Id, _owned);
                _due.Remove(check.Id, out var due);
                _flying.Add(check.Id, (check, due, _turns.Remove(check.Id, out var turn) ? turn : due, _clock.Now.Monotonic));
                Started++;
            }
        }

        private void Complete()
        {
            var id = _flying.Keys.OrderBy(key => key.Index).ElementAt(_random.Next(_flying.Count));
            _flying.Remove(id, out var flight);
            var code = _random.Next(3) == 0 ? 0 : _random.Next(-1, 5);
            var result = Results.Exited(_clock.Now, code, $"code {code}") with { Run = flight.Check.Run };
            Assert.Equal(CompletionStatus.Taken, _engine.Complete(_clock.Now, id, result, _transition));
            Assert.Single(_transition.Changes);
            var state = _engine[id];
            Assert.Equal((_clock.Now.Monotonic - flight.Due).Ticks, state.LatencyTicks);

            if (_owned.Contains(id))
            {
                ExpectAfter(id, flight.Check.Run, flight.Due, flight.Turn, isRetry: state.IsSoft && state.State != 0);
            }

            // A service may have brought its host's check forward: to now, or to a retry from now when the host was checked just
            // now; never back.
            if (HostOf(id) is { } host && _due.TryGetValue(host, out var before))
            {
                var now = _clock.Now.Monotonic;
                Assert.Contains(_engine.NextCheck(host)!.Value, (TimeSpan[])[before, now, now + Checking(host).RetryInterval]);
                Assert.True(_engine.NextCheck(host) <= before);
                _due[host] = _engine.NextCheck(host)!.Value;
                if (_due[host] != before)
                {
                    _turns.Remove(host);
                }
            }
        }

        private void ExpectAfter(CheckableId id, RunId run, TimeSpan due, TimeSpan turn, bool isRetry)
        {
            // The plugin took no time: it started now.
            var now = _clock.Now.Monotonic;
            var interval = isRetry ? Checking(id).RetryInterval : Checking(id).CheckInterval;
            var next = isRetry ? now + interval : ExpectedTurns.After(due, turn, now, interval);
            _due[id] = TimeSpan.FromTicks(Math.Max(Math.Max(next.Ticks, now.Ticks), _overtaken.GetValueOrDefault(run).Ticks));
            if (!isRetry && (_due[id] - turn).Ticks % interval.Ticks != 0)
            {
                _turns[id] = turn;
            }
        }

        private void CompleteAbandoned()
        {
            var check = _abandoned[_random.Next(_abandoned.Count)];
            _abandoned.Remove(check);
            var result = Results.Exited(_clock.Now, 2) with { Run = check.Run };
            Assert.NotEqual(CompletionStatus.Taken, _engine.Complete(_clock.Now, check.Id, result, _transition));
            Assert.True(_transition.IsEmpty);
        }

        private void Record()
        {
            var codec = new MonitoringEventCodec(_site.Configuration);
            foreach (var happened in _transition.Events)
            {
                var bytes = codec.Encode(happened);
                _events.Add(bytes);
                _transcript.AppendLine(Convert.ToHexString(bytes));
            }

            foreach (var change in _transition.Changes)
            {
                Assert.Same(_replayed[change.Id.Index], change.Before);
                _replayed[change.Id.Index] = change.After;
                _transcript.Append(change.Id.Index).Append(change.After with { Text = default, OutputLength = 0 }).AppendLine();
                HardProblems += change.After is { IsSoft: false, State: > 0 } ? 1 : 0;
            }

            foreach (var line in _transition.Lines())
            {
                _transcript.AppendLine(line);
            }

            foreach (var check in _transition.Checks)
            {
                _transcript.Append(check.Id.Index).Append(check.CommandLine.Text()).AppendLine();
            }
        }

        private void Check()
        {
            TimeSpan? first = _due.Count == 0 ? null : _due.Values.Min();
            Assert.Equal(first, _engine.NextWake);
            foreach (var id in _site.All())
            {
                var state = _engine[id];
                Assert.Same(_replayed[id.Index], state);
                Assert.InRange(state.Attempt, 1, Checking(id).MaxCheckAttempts);
                Assert.Equal(_owned.Contains(id), _engine.IsOwned(id));
                Assert.Equal(_flying.ContainsKey(id), _engine.IsRunning(id));
                Assert.Equal(_due.TryGetValue(id, out var due) ? due : null, _engine.NextCheck(id));

                // Owned and not in flight: it has a time, and that is at most an interval away, by clocks that may differ.
                if (_owned.Contains(id) && !_flying.ContainsKey(id))
                {
                    Assert.InRange(
                        due - _clock.Now.Monotonic, TimeSpan.MinValue, Checking(id).CheckInterval + CheckTiming.ClockTolerance);
                }
            }
        }

        private void ExpectByState(CheckableId id)
        {
            var state = _engine[id];
            var settings = Checking(id);
            _since ??= _clock.Now.Monotonic;
            var host = HostOf(id) is { } owner ? _site.Objects.Hosts[owner.Index].Name : _site.Objects.Hosts[id.Index].Name;
            var fraction = Spread.Fraction(host, HostOf(id) is null ? "" : Service(id).Description);
            var delay = state.HasBeenChecked
                ? CheckTiming.Continue(state, settings, fraction, _clock.Now.Wall, TimeSpan.Zero, _clock.Now.Monotonic - _since.Value)
                : CheckTiming.First(settings.CheckInterval, fraction, _clock.Now.Wall, _clock.Now.Monotonic - _since.Value);
            if (!_flying.TryGetValue(id, out var flight))
            {
                _due[id] = _clock.Now.Monotonic + delay;
                _turns.Remove(id);
                if (CheckTiming.PassedTurn(state, settings, _clock.Now.Wall, TimeSpan.Zero) is { } passed)
                {
                    _turns.Add(id, _clock.Now.Monotonic - passed);
                }
            }
            else if (_clock.Now.Monotonic - (_clock.Now.Wall.UtcDateTime - new DateTime(state.LastCheckTicks)) > flight.Started)
            {
                // Another node made a check that began after the one in flight: its result makes the object due no earlier.
                _overtaken[flight.Check.Run] = _clock.Now.Monotonic + delay;
            }
        }

        private CheckSettings Checking(CheckableId id) =>
            HostOf(id) is null ? _site.Objects.Hosts[id.Index].Checking : Service(id).Checking;

        private ServiceDefinition Service(CheckableId id) => _site.Objects.Services[id.Index - _site.Objects.Hosts.Length];

        private CheckableId? HostOf(CheckableId id) =>
            id.Index < _site.Objects.Hosts.Length ? null : CheckableId.Of(Service(id).Host.Id);

        private CheckableId One() => new(_random.Next(_engine.Count));

        private CheckableId[] Some() => [.. Enumerable.Range(0, _random.Next(1, 8)).Select(_ => One()).Distinct()];

        private CheckSettings Settings() => TestSite.DefaultChecking with
        {
            CheckInterval = TimeSpan.FromSeconds(_random.Next(60, 400)),
            RetryInterval = TimeSpan.FromSeconds(_random.Next(5, 60)),
            MaxCheckAttempts = _random.Next(1, 5),
        };
    }
}

using System.Text;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Snapshot;
using Compeer.Livestatus;
using Compeer.Livestatus.Scope;
using Compeer.Livestatus.Syntax;
using Compeer.Tests.Engine;

namespace Compeer.Tests.Livestatus;

/// <summary>An engine with everything its own, and livestatus before it.</summary>
internal sealed class LivestatusSite
{
    private static readonly TimeSpan BetweenCommands = TimeSpan.FromMinutes(1);

    private readonly MonitoringEngine _engine;
    private readonly TestClock _clock = new();
    private readonly Transition _transition = new();
    private readonly TextLog _log = new();
    private readonly LivestatusResponder _responder;

    public LivestatusSite(string main, string objects, LivestatusLimits? limits = null)
    {
        var configuration = TextSite.Of(main, objects);
        _engine = new MonitoringEngine(configuration);
        _engine.Gain(_clock.Now, configuration.All(), TimeSpan.Zero, _transition);
        _responder = new LivestatusResponder(limits ?? new LivestatusLimits());
        Facts = Facts with { Log = _log };
    }

    /// <summary>For how long a query is said to have run.</summary>
    public TimeSpan Elapsed { get; set; }

    /// <summary>How much longer it is said to have run at each look.</summary>
    public TimeSpan ElapsedPerLook { get; set; }

    /// <summary>Says that the daemon stops.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    /// <summary>What the daemon says of itself.</summary>
    public ProgramFacts Facts { get; set; } = new(
        ProcessId: 4711, TestClock.Epoch, "1.2.3", new ProgramCounts(12, 7, 40, 99), new ProgramRates(0.5, 0.25, 1, 10, 11, 2.5))
    {
        CheckSource = _ => "ipc",
    };

    public EngineSnapshot Snapshot() => _engine.Snapshot(_clock.Now);

    /// <summary>Gives external commands, one a minute; each must be taken.</summary>
    public void Give(params IEnumerable<string> commands)
    {
        foreach (var command in commands)
        {
            _clock.Move(BetweenCommands);
            var line = $"[{_clock.Now.Wall.ToUnixTimeSeconds()}] {command}";
            Assert.Null(_engine.Command(_clock.Now, Encoding.UTF8.GetBytes(line), _transition));
            _engine.Advance(_clock.Now, _transition);
            _transition.Clear();
        }
    }

    /// <summary>Puts a file of the log there, the oldest first.</summary>
    public void AddLog(string text) => _log.Add(text);

    /// <summary>Which time of the log was asked for last.</summary>
    public (long First, long Last)? AskedOfLog => _log.Asked;

    /// <summary>The answer to a request, as the client sees it.</summary>
    public string Ask(string request) => Encoding.UTF8.GetString(AskBytes(Encoding.UTF8.GetBytes(request)));

    public LivestatusRequest Read(string request)
    {
        var cutter = new RequestCutter();
        cutter.Add(Encoding.UTF8.GetBytes(request.TrimEnd('\n') + "\n\n"));
        Assert.True(cutter.TryTake(out var lines));
        return LivestatusRequest.Read(lines, _clock.Now.Wall);
    }

    /// <summary>Whether a request that began to wait at a moment need not wait any longer.</summary>
    public bool IsWaitOver(LivestatusRequest request, LivestatusMoment first, out RequestError? error) =>
        _responder.IsWaitOver(request, first, Moment(), out error);

    /// <summary>Called each time it is looked whether a request need not wait any longer.</summary>
    public Action<LivestatusRequest, bool> Looked { get; set; } = static (_, _) => { };

    /// <summary>The answer to a request that may wait: meanwhile these things happen, and when that was all its time is over.</summary>
    public byte[] AskBytes(byte[] bytes, params ReadOnlySpan<string> happenings)
    {
        var cutter = new RequestCutter();
        cutter.Add(bytes);
        cutter.Add("\n\n"u8);
        LivestatusRequest request;
        if (cutter.TryTake(out var lines))
        {
            request = LivestatusRequest.Read(lines, _clock.Now.Wall);
        }
        else
        {
            Assert.NotNull(cutter.Error);
            request = LivestatusRequest.Of(cutter.Error);
        }

        RequestError? error = null;
        if (request.Error is null && request.Waits)
        {
            var first = Moment();
            var isOver = IsWaitOver(request, first, out error);
            Looked(request, isOver);
            for (var next = 0; !isOver && next < happenings.Length; next++)
            {
                Give(happenings[next]);
                isOver = IsWaitOver(request, first, out error);
                Looked(request, isOver);
            }
        }

        using var response = error is null
            ? _responder.Answer(request, Moment(), () => Elapsed += ElapsedPerLook, Stopping.Token)
            : _responder.Answer(request, error);
        var answer = response.Pieces.SelectMany(piece => piece.ToArray()).ToArray();
        Assert.Equal(response.Length, answer.Length);
        return answer;
    }

    public LivestatusMoment Moment() => new(Snapshot(), Facts);
}

using System.Diagnostics.CodeAnalysis;
using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Simulation;

/// <summary>
/// One peer: the production <see cref="MonitoringPeer"/> inside a simulated shell. It can crash (and lose everything),
/// lose power (nobody is told), and stall (its inputs pile up while its kernel keeps its connections).
/// </summary>
internal sealed class SimulatedPeer : IRoundSource
{
    private readonly SimulatedCluster _cluster;
    private readonly TimeSpan _clockError;
    private readonly Dictionary<LinkId, SimulatedConnection> _connections = [];
    private readonly Queue<PeerInput> _inputs = [];
    private DurableState _disk = DurableState.Empty;
    private MonitoringPeer? _peer;
    private PeerRound? _round;
    private TimeSpan _lastRound = TimeSpan.MinValue;
    private TimeSpan _nextRound;
    private long _planned;
    private bool _isReloading;

    public SimulatedPeer(SimulatedCluster cluster, int index, TimeSpan clockError)
    {
        _cluster = cluster;
        _clockError = clockError;
        Index = index;
        Edition = Files = cluster.World.First;
        Id = new NodeId((UInt128)StableDice.Throw(cluster.Seed, index, 0) << 64 | (uint)index + 1);
    }

    public int Index { get; }

    public NodeId Id { get; }

    /// <summary>Counts the starts; what belongs to an earlier life is ignored.</summary>
    public int Life { get; private set; }

    /// <summary>When its last life ended.</summary>
    public TimeSpan DiedAt { get; private set; }

    public bool IsAlive => _peer is not null;

    public bool IsStalled { get; private set; }

    /// <summary>The configuration that it works by.</summary>
    public SimulatedEdition Edition { get; private set; }

    /// <summary>The configuration in its files: taken up by a reload or a start.</summary>
    public SimulatedEdition Files { get; private set; }

    /// <summary>Nothing answers a dial: the machine is off, or the process does not run on.</summary>
    public bool IsSilent { get; private set; }

    public MonitoringPeer Peer => _peer ?? throw new InvalidOperationException($"peer {Index} is not running");

    /// <inheritdoc/>
    public Instant Now => new(_cluster.Time.Now, SimulatedCluster.Origin + _cluster.Time.Now + _clockError);

    public bool Knows(SimulatedPeer other) => _cluster.Peers.Contains(other);

    public void Start()
    {
        Life++;
        IsSilent = false;
        IsStalled = false;
        _isReloading = false;
        TakenUp(Files);
        _peer = new MonitoringPeer(
            Files.Configuration,
            new ClusterOptions
            {
                Self = Id,
                Incarnation = Now.Wall.ToUnixTimeMilliseconds(),
                SoftwareVersion = "simulated",
                Durable = _disk,
            });
        _round = new PeerRound(_peer);
        _lastRound = TimeSpan.MinValue;
        _nextRound = TimeSpan.MaxValue;
        Receive(Life, new PeerInput.Neighbours(
            [.. _cluster.Peers.Where(other => other != this).Select(other =>
                new Neighbour(other.Id, $"peer{other.Index}", NeighbourKind.Peer, Connect: true, DataTimeout: null))]));
    }

    /// <summary>kill -9, or with <paramref name="silently"/> the power is cut.</summary>
    public void Crash(bool silently)
    {
        _peer = null;
        DiedAt = _cluster.Time.Now;
        IsSilent = silently;
        IsStalled = false;
        _inputs.Clear();
        _connections.Clear();
        Life++;
        _cluster.Network.Crashed(this, silently);
    }

    /// <summary>A clean stop: hands over, then is gone.</summary>
    public void Leave(TimeSpan timeToLeave)
    {
        var life = Life;
        Receive(life, new PeerInput.Leave());
        _cluster.Time.After(timeToLeave, () =>
        {
            if (Life == life)
            {
                Crash(silently: false);
            }
        });
    }

    public void Stall()
    {
        IsStalled = true;
        IsSilent = true;
    }

    public void Resume()
    {
        if (!IsStalled)
        {
            return;
        }

        IsStalled = false;
        IsSilent = false;
        RunRound();
    }

    /// <summary>Somebody writes another configuration and asks for a reload; a peer that does not run takes it up when it starts.</summary>
    public void Reload(SimulatedEdition edition)
    {
        if (edition.Number > Files.Number)
        {
            Files = edition;
            BeginReload();
        }
    }

    /// <summary>Whether the peer owns the object of this number.</summary>
    public bool Owns(int number) => Edition.IndexOf(number) is >= 0 and int index && Peer.Owns(new CheckableId(index));

    public void LinkOpened(int life, SimulatedConnection connection, LinkId link, SimulatedPeer other, bool dialledHere)
    {
        if (life == Life && IsAlive)
        {
            _connections[link] = connection;
            Receive(life, new PeerInput.LinkOpened(link, other.Id, dialledHere));
        }
    }

    public void LinkClosed(int life, LinkId link, string reason)
    {
        if (life == Life && IsAlive)
        {
            _connections.Remove(link);
            Receive(life, new PeerInput.LinkClosed(link, reason));
        }
    }

    public void FrameReceived(int life, LinkId link, ReadOnlyMemory<byte> frame) => Receive(life, new PeerInput.Frame(link, frame));

    public void DialFailed(int life, SimulatedPeer other, string reason) => Receive(life, new PeerInput.DialFailed(other.Id, reason));

    /// <inheritdoc/>
    public bool TryTake([NotNullWhen(true)] out PeerInput? input) => _inputs.TryDequeue(out input);

    /// <summary>Reading takes a while, in which the peer goes on with what it has; one reload at a time.</summary>
    private void BeginReload()
    {
        if (!IsAlive || _isReloading || Files == Edition)
        {
            return;
        }

        _isReloading = true;
        var life = Life;
        var target = Files;
        var change = PeerChange.Prepare(Edition.Configuration, target.Configuration);
        _cluster.Time.After(_cluster.ReadingDuration(), () => Receive(life, new PeerInput.TakeUp(change)));
    }

    private void TakenUp(SimulatedEdition edition)
    {
        _cluster.Checkers.TakenUp(this, Edition, edition);
        Edition = edition;
    }

    private void Receive(int life, PeerInput input)
    {
        if (life == Life && IsAlive)
        {
            _inputs.Enqueue(input);
            PlanRound(_cluster.Time.Now);
        }
    }

    /// <summary>Plans the next round, as the daemon's loop does: not before the shortest pause is over.</summary>
    private void PlanRound(TimeSpan at)
    {
        var earliest = _lastRound == TimeSpan.MinValue ? at : _lastRound + PeerRound.ShortestPause;
        at = at > earliest ? at : earliest;
        if (at >= _nextRound || IsStalled)
        {
            return;
        }

        _nextRound = at;
        var number = ++_planned;
        var life = Life;
        _cluster.Time.At(at, () =>
        {
            if (number == _planned && life == Life && !IsStalled)
            {
                RunRound();
            }
        });
    }

    private void RunRound()
    {
        _lastRound = _cluster.Time.Now;
        foreach (var effect in _round!.Run(this))
        {
            CarryOut(effect);
        }

        _cluster.TraceHolding(this);
        _nextRound = TimeSpan.MaxValue;
        PlanRound(_inputs.Count > 0 ? _cluster.Time.Now : _cluster.Time.Now + _round.WaitFrom(Now));
    }

    private void CarryOut(PeerEffect effect)
    {
        switch (effect)
        {
            case PeerEffect.Persist persist:
                _disk = persist.State;
                break;
            case PeerEffect.Send send:
                if (_connections.TryGetValue(send.Link, out var used))
                {
                    used.Send(send.Link, send.Frame);
                }

                break;
            case PeerEffect.Close close:
                if (_connections.TryGetValue(close.Link, out var ended))
                {
                    ended.Close(close.Link, close.Reason);
                }

                break;
            case PeerEffect.Dial dial:
                _cluster.Network.Dial(this, _cluster.Peers.Single(other => other.Id == dial.Neighbour));
                break;
            case PeerEffect.StartCheck start:
                Run(start.Check);
                break;
            case PeerEffect.Notify notice:
                _cluster.Trace($"peer{Index}: {notice.Text}");
                break;
            case PeerEffect.Follow follow:
                TakenUp(_cluster.World.EditionOf(follow.Configuration));
                _isReloading = false;
                BeginReload();
                break;
            case PeerEffect.WriteLog:
                // What checks find is not looked at here.
                break;
            default:
                throw new InvalidOperationException($"unknown effect {effect.GetType().Name}");
        }
    }

    private void Run(CheckToRun check)
    {
        var life = Life;
        var id = check.Id;
        var started = Now;
        var duration = _cluster.PluginDuration();
        var number = Edition.NumberOf(id.Index);
        var result = _cluster.World.Check(number, started.Monotonic, started.Wall, duration) with { Run = check.Run };
        _cluster.TraceObject(number, $"peer{Index} starts it, for {duration.TotalSeconds:0.000} s");
        _cluster.Checkers.CheckStarted(this, number, duration);
        _cluster.Time.After(duration, () =>
        {
            _cluster.TraceObject(number, $"peer{Index} gets its result");
            Receive(life, new PeerInput.CheckCompleted(id, result));
        });
    }
}

using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;

namespace Compeer.Simulation;

/// <summary>
/// One peer: the production <see cref="MonitoringPeer"/> inside a simulated shell. It can crash (and lose everything),
/// lose power (nobody is told), and stall (its inputs pile up while its kernel keeps its connections).
/// </summary>
internal sealed class SimulatedPeer
{
    /// <summary>The daemon's loop wakes at least this often.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(250);

    private readonly SimulatedCluster _cluster;
    private readonly TimeSpan _clockError;
    private readonly Dictionary<LinkId, SimulatedConnection> _connections = [];
    private readonly Queue<Action> _stalledInputs = [];
    private MonitoringPeer? _peer;
    private TimeSpan _nextWake = TimeSpan.MaxValue;
    private long _wake;
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

    private Instant Now => new(_cluster.Time.Now, SimulatedCluster.Origin + _cluster.Time.Now + _clockError);

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
            });
        Do(peer => peer.SetNeighbours(
            Now,
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
        _stalledInputs.Clear();
        _connections.Clear();
        Life++;
        _cluster.Network.Crashed(this, silently);
    }

    /// <summary>A clean stop: hands over, then is gone.</summary>
    public void Leave(TimeSpan timeToLeave)
    {
        var life = Life;
        Do(peer => peer.Leave(Now));
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
        while (!IsStalled && _stalledInputs.TryDequeue(out var input))
        {
            input();
        }
    }

    /// <summary>Somebody writes another configuration and asks for a reload; a peer that does not run takes it up when it starts.</summary>
    public void Reload(SimulatedEdition edition)
    {
        if (edition.Number > Files.Number)
        {
            Files = edition;
            Receive(Life, BeginReload);
        }
    }

    /// <summary>Whether the peer owns the object of this number.</summary>
    public bool Owns(int number) => Edition.IndexOf(number) is >= 0 and int index && Peer.Owns(new CheckableId(index));

    public void LinkOpened(int life, SimulatedConnection connection, LinkId link, SimulatedPeer other, bool dialledHere) =>
        Receive(life, () =>
        {
            _connections[link] = connection;
            Do(peer => peer.LinkOpened(Now, link, other.Id, dialledHere));
        });

    public void LinkClosed(int life, LinkId link, string reason) => Receive(life, () =>
    {
        _connections.Remove(link);
        Do(peer => peer.LinkClosed(Now, link, reason));
    });

    public void FrameReceived(int life, LinkId link, ReadOnlyMemory<byte> frame) =>
        Receive(life, () => Do(peer => peer.FrameReceived(Now, link, frame)));

    public void DialFailed(int life, SimulatedPeer other, string reason) =>
        Receive(life, () => Do(peer => peer.DialFailed(Now, other.Id, reason)));

    /// <summary>Reading takes a while, in which the peer goes on with what it has; one reload at a time.</summary>
    private void BeginReload()
    {
        if (_isReloading || Files == Edition)
        {
            return;
        }

        _isReloading = true;
        var life = Life;
        var target = Files;
        var change = PeerChange.Prepare(Edition.Configuration, target.Configuration);
        _cluster.Time.After(_cluster.ReadingDuration(), () => Receive(life, () =>
        {
            // What is due is started by its former index.
            Do(_ => { });
            Do(peer =>
            {
                peer.TakeUp(Now, change);
                TakenUp(target);
            });
            _isReloading = false;
            BeginReload();
        }));
    }

    private void TakenUp(SimulatedEdition edition)
    {
        _cluster.Checkers.TakenUp(this, Edition, edition);
        Edition = edition;
    }

    private void Receive(int life, Action input)
    {
        if (life != Life || _peer is null)
        {
            return;
        }

        if (IsStalled)
        {
            _stalledInputs.Enqueue(() => Receive(life, input));
        }
        else
        {
            input();
        }
    }

    /// <summary>One round of the daemon's loop: time first, then the input, then what the peer wants done.</summary>
    private void Do(Action<MonitoringPeer> input)
    {
        Peer.Advance(Now);
        input(Peer);
        Act();
        _cluster.TraceHolding(this);
        PlanWake();
    }

    private void Act()
    {
        var effects = Peer.Effects;
        ClusterEffect[] links = [.. effects.Links];
        CheckToRun[] checks = [.. effects.Checks];
        effects.Clear();
        foreach (var effect in links)
        {
            Act(effect);
        }

        foreach (var check in checks)
        {
            Run(check);
        }
    }

    private void Act(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Send send:
                if (_connections.TryGetValue(send.Link, out var used))
                {
                    used.Send(send.Link, send.Frame);
                }

                break;
            case ClusterEffect.Close close:
                if (_connections.TryGetValue(close.Link, out var ended))
                {
                    var life = Life;
                    _cluster.Time.After(TimeSpan.Zero, () =>
                    {
                        if (Life == life)
                        {
                            ended.Close(close.Link, close.Reason);
                        }
                    });
                }

                break;
            case ClusterEffect.Dial dial:
                _cluster.Network.Dial(this, _cluster.Peers.Single(other => other.Id == dial.Neighbour));
                break;
            case ClusterEffect.Notice notice:
                _cluster.Trace($"peer{Index}: {notice.Text}");
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
        _cluster.Time.After(duration, () => Receive(life, () =>
        {
            _cluster.TraceObject(number, $"peer{Index} has its result");
            Do(peer => peer.CheckCompleted(Now, id, result));
        }));
    }

    private void PlanWake()
    {
        var wake = Peer.NextWake;
        var latest = _cluster.Time.Now + LongestWait;
        _nextWake = wake < latest ? wake : latest;
        var number = ++_wake;
        var life = Life;
        _cluster.Time.At(_nextWake, () =>
        {
            if (number == _wake)
            {
                Receive(life, () => Do(_ => { }));
            }
        });
    }
}

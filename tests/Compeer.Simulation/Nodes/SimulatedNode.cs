using System.Diagnostics.CodeAnalysis;
using Compeer.Cluster.Model;
using Compeer.Peer;
using Compeer.Simulation.Checking;
using Compeer.Simulation.Network;

namespace Compeer.Simulation.Nodes;

/// <summary>
/// A process on a machine of its own: inputs queue up and are taken in rounds, as the daemon's loop does it. It can crash (and
/// lose everything but its disk), lose power (nobody is told), and stall (its inputs pile up while its kernel keeps its
/// connections).
/// </summary>
internal abstract class SimulatedNode : IRoundSource
{
    private readonly Dictionary<LinkId, SimulatedConnection> _connections = [];
    private readonly Dictionary<AnswerToken, LinkId> _credits = [];
    private readonly Dictionary<AnswerToken, Action<string?>> _asking = [];
    private readonly Queue<PeerInput> _inputs = [];
    private DurableState _diskBefore = DurableState.Empty;
    private SimulatedDatabase _databaseBefore = SimulatedDatabase.Empty;
    private TimeSpan _written;
    private TimeSpan _writtenBefore;
    private TimeSpan _earliestRound;
    private TimeSpan _nextRound = TimeSpan.MaxValue;
    private long _planned;
    private long _lastToken;

    protected SimulatedNode(SimulatedSite site, int index)
    {
        Site = site;
        Index = index;
        Id = new NodeId(site.KeyOf(index));
    }

    public int Index { get; }

    public string Name => $"peer{Index}";

    /// <summary>Its key's id; two nodes with one id have a cloned key.</summary>
    public NodeId Id { get; set; }

    /// <summary>What merlin.conf names.</summary>
    public HashSet<SimulatedNode> Neighbours { get; } = [];

    /// <summary>How far its wall clock is off.</summary>
    public TimeSpan ClockError
    {
        get;
        set
        {
            field = value;
            WasClockWrong |= value.Duration() > TimeSpan.FromSeconds(2);
        }
    }

    /// <summary>Whether its wall clock was ever so far off that it matters.</summary>
    public bool WasClockWrong { get; private set; }

    /// <summary>When it began with the database that it has; null before.</summary>
    public TimeSpan? FirstStart { get; private set; }

    /// <summary>What a start finds of the runs before it.</summary>
    public DurableState Disk { get; set; } = DurableState.Empty;

    /// <summary>What its database has; what was being written when it crashed is not there.</summary>
    public SimulatedDatabase Database { get; set; } = SimulatedDatabase.Empty;

    /// <summary>What the database had when its backup was made.</summary>
    public SimulatedDatabase DatabaseBackup { get; set; } = SimulatedDatabase.Empty;

    /// <summary>What the disk had when its backup was made.</summary>
    public DurableState Backup { get; set; } = DurableState.Empty;

    /// <summary>Counts the starts and ends; what belongs to an earlier life is ignored.</summary>
    public int Life { get; private set; }

    /// <summary>When its present life began.</summary>
    public TimeSpan StartedAt { get; private set; }

    /// <summary>When its last life ended.</summary>
    public TimeSpan DiedAt { get; private set; }

    public abstract bool IsAlive { get; }

    public bool IsStalled { get; private set; }

    /// <summary>When it stalled last.</summary>
    public TimeSpan StalledAt { get; private set; }

    public bool IsRunning => IsAlive && !IsStalled;

    /// <summary>Nothing answers a dial: the machine is off, or the process does not run on.</summary>
    public bool IsSilent { get; private set; }

    /// <summary>What it sends is changed on its way out: an older build, which says another hello.</summary>
    public Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? Disguise { get; set; }

    /// <summary>Others refuse it, or are confused by it: an older build, a cloned key. Nobody is promised to reach it.</summary>
    public bool IsOutcast { get; set; }

    /// <summary>Each node's monotonic clock has a beginning of its own.</summary>
    public Instant Now => new(
        Site.Time.Now + TimeSpan.FromHours(Index + 1), SimulatedSite.Origin + Site.Time.Now + ClockError);

    protected SimulatedSite Site { get; }

    /// <summary>Whether its merlin.conf names the other, by its key.</summary>
    public bool Knows(SimulatedNode other) => Neighbours.Any(neighbour => neighbour.Id == other.Id);

    /// <summary>Sets who it knows; a running one takes it up.</summary>
    public void SetNeighbours(IEnumerable<SimulatedNode> others)
    {
        Neighbours.Clear();
        Neighbours.UnionWith(others.Where(other => other != this));
        Receive(Life, NeighboursInput());
    }

    /// <summary>kill -9, or with <paramref name="silently"/> the power is cut.</summary>
    public void Crash(bool silently)
    {
        Forget();
        DiedAt = Site.Time.Now;
        IsSilent = silently;
        IsStalled = false;
        _inputs.Clear();
        _connections.Clear();
        _credits.Clear();
        _asking.Clear();
        Life++;
        Site.Network.Crashed(this, silently);
    }

    /// <summary>What was written last did not reach the disk: that of the file, and every other time that of the database too.</summary>
    /// <returns>When the database was written before that; null when nothing of it is lost.</returns>
    public TimeSpan? LoseLastWrite()
    {
        Disk = _diskBefore;
        if (Life % 2 != 0)
        {
            return null;
        }

        Database = _databaseBefore;
        return _writtenBefore;
    }

    public void Stall()
    {
        IsStalled = true;
        IsSilent = true;
        StalledAt = Site.Time.Now;
    }

    public void Resume()
    {
        if (IsStalled)
        {
            IsStalled = false;
            IsSilent = false;
            RunRound();
        }
    }

    public void LinkOpened(int life, SimulatedConnection connection, LinkId link, SimulatedNode other, bool dialledHere)
    {
        if (life == Life && IsAlive)
        {
            _connections[link] = connection;
            Receive(life, new PeerInput.LinkOpened(link, other.Id, dialledHere, $"192.0.2.{other.Index}"));
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

    public void FrameReceived(int life, LinkId link, ReadOnlyMemory<byte> frame)
    {
        var token = new AnswerToken(++_lastToken);
        _credits[token] = link;
        Receive(life, new PeerInput.Frame(link, frame) { Token = token });
    }

    /// <summary>Somebody gives something and relies on the answer, which a node that dies before never gives.</summary>
    public void Give(PeerInput input, Action<string?> answered)
    {
        var token = new AnswerToken(++_lastToken);
        _asking[token] = answered;
        Receive(Life, input with { Token = token, IsRelied = true });
    }

    public void DialFailed(int life, NodeId other, string reason) => Receive(life, new PeerInput.DialFailed(other, reason));

    /// <inheritdoc/>
    public virtual bool TryTake([NotNullWhen(true)] out PeerInput? input) => _inputs.TryDequeue(out input);

    /// <summary>Queues an input for this life.</summary>
    public void Receive(int life, PeerInput input)
    {
        if (life == Life && IsAlive)
        {
            _inputs.Enqueue(input);
            PlanRound(Site.Time.Now);
        }
    }

    /// <summary>A new process begins.</summary>
    protected void Begin()
    {
        Life++;
        StartedAt = Site.Time.Now;
        FirstStart = Database.IsNew ? StartedAt : FirstStart;
        IsSilent = false;
        IsStalled = false;
        _earliestRound = Site.Time.Now;
        _nextRound = TimeSpan.MaxValue;
        Receive(Life, NeighboursInput());
    }

    /// <summary>Its memory is gone.</summary>
    protected abstract void Forget();

    /// <summary>Takes what waits and says what is to be done.</summary>
    protected abstract IReadOnlyList<PeerEffect> TakeRound();

    /// <summary>How long it would wait for an input.</summary>
    protected abstract TimeSpan Wait();

    /// <summary>Carries out what is not about links, disk or log.</summary>
    protected abstract void Act(PeerEffect effect);

    /// <summary>A line of its log.</summary>
    protected virtual void Notify(NoticeLevel level, string text) => Site.Trace($"{Name}: {text}");

    /// <summary>Plans the next round, as the daemon's loop does: not before the shortest pause is over.</summary>
    protected void PlanRound(TimeSpan at)
    {
        at = at > _earliestRound ? at : _earliestRound;
        if (at >= _nextRound || IsStalled)
        {
            return;
        }

        _nextRound = at;
        var number = ++_planned;
        var life = Life;
        Site.Time.At(at, () =>
        {
            if (number == _planned && life == Life && IsRunning)
            {
                RunRound();
            }
        });
    }

    private PeerInput.Neighbours NeighboursInput() => new(
        [.. Neighbours.OrderBy(other => other.Index).Select(NeighbourOf)]);

    /// <summary>Nodes that it must not dial: <c>connect = no</c>.</summary>
    public HashSet<SimulatedNode> Awaited { get; } = [];

    /// <summary>What merlin.conf says of another node.</summary>
    protected virtual Neighbour NeighbourOf(SimulatedNode other) =>
        new(other.Id, other.Name, NeighbourKind.Peer, Connect: !Awaited.Contains(other), DataTimeout: null);

    /// <summary>The next round that has something in a later stage is carried out up to this one, and then the process is killed.</summary>
    public EffectStage? KillAfter { get; set; }

    private void RunRound()
    {
        var life = Life;
        CarryOutAll(TakeRound());
        if (life == Life)
        {
            _earliestRound = Site.Time.Now + PeerRound.ShortestPause;
            _nextRound = TimeSpan.MaxValue;
            PlanRound(_inputs.Count > 0 ? Site.Time.Now : Site.Time.Now + Wait());
        }
    }

    /// <summary>Carries out what a round came to, in its order.</summary>
    protected void CarryOutAll(IReadOnlyList<PeerEffect> effects)
    {
        var order = new RoundOrder(Site, this);
        foreach (var effect in order.Of(effects))
        {
            if (effect.Stage > KillAfter)
            {
                Site.Trace($"--- {Name} is killed within a round, before it comes to {effect.Stage}");
                KillAfter = null;
                Killed();
                return;
            }

            order.Check(effect);
            CarryOut(effect);
        }
    }

    /// <summary>It was killed within a round.</summary>
    protected virtual void Killed() => Crash(silently: false);

    /// <summary>The database takes a while, and has nothing of it before.</summary>
    private void Store(UnstoredValues values)
    {
        var life = Life;
        Site.Time.After(TimeSpan.FromMilliseconds(1 + ((values.Mark + values.Values.Count) % 40)), () =>
        {
            if (life == Life && IsAlive)
            {
                (_databaseBefore, Database) = (Database, Site.Planted == PlantedFault.NothingKept ? Database : Database.With(values));
                (_writtenBefore, _written) = (_written, Site.Time.Now);
                Receive(life, new PeerInput.Stored(values.Mark));
            }
        });
    }

    /// <summary>Carries out one effect of a round.</summary>
    private void CarryOut(PeerEffect effect)
    {
        switch (effect)
        {
            case PeerEffect.Persist persist:
                (_diskBefore, Disk) = Site.Planted == PlantedFault.NothingKept ? (Disk, Disk) : (Disk, persist.State);
                break;
            case PeerEffect.Store store:
                Store(store.Values);
                break;
            case PeerEffect.Send send:
                if (_connections.TryGetValue(send.Link, out var used))
                {
                    Site.Sent(send.Frame);
                    used.Send(send.Link, Disguise is null ? send.Frame : Disguise(send.Frame));
                }

                break;
            case PeerEffect.Close close:
                if (_connections.TryGetValue(close.Link, out var ended))
                {
                    ended.Close(close.Link, close.Reason);
                }

                break;
            case PeerEffect.Dial dial:
                Site.Network.Dial(this, dial.Neighbour);
                break;
            case PeerEffect.Notify notice:
                Notify(notice.Level, notice.Text);
                break;
            case PeerEffect.Answer answer:
                if (_credits.Remove(answer.Token, out var link) && _connections.TryGetValue(link, out var read))
                {
                    read.Processed(link);
                }

                if (_asking.Remove(answer.Token, out var answered))
                {
                    answered(answer.Failure);
                }

                break;
            default:
                Act(effect);
                break;
        }
    }
}

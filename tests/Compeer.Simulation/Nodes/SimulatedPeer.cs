using System.Diagnostics.CodeAnalysis;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;
using Compeer.Simulation.Checking;
using Compeer.Simulation.World;

namespace Compeer.Simulation.Nodes;

/// <summary>A whole peer: the production <see cref="MonitoringPeer"/>, driven by the production <see cref="PeerRound"/>.</summary>
internal sealed class SimulatedPeer : SimulatedNode
{
    /// <summary>Longer than any silence, grace, handover or dial may last.</summary>
    private static readonly TimeSpan LongerThanAll = TimeSpan.FromSeconds(10);

    private readonly SimulatedCluster _cluster;
    private MonitoringPeer? _peer;
    private PeerRound? _round;
    private readonly Dictionary<RunId, int> _numbers = [];
    private readonly List<int> _completed = [];
    private readonly Queue<LogEntry> _unwritten = [];
    private bool _isReloading;

    public SimulatedPeer(SimulatedCluster cluster, int index, SimulatedGroup? group = null)
        : base(cluster, index)
    {
        _cluster = cluster;
        Group = group;
        Edition = Files = group?.Edition ?? cluster.World.First;
    }

    /// <summary>The group that it is of in a tree of tiers; null where all are peers.</summary>
    public SimulatedGroup? Group { get; }

    public override bool IsAlive => _peer is not null;

    /// <summary>Its log, over all its lives, and when each line was written.</summary>
    public List<(LogEntry Entry, TimeSpan At)> LogLines { get; } = [];

    /// <summary>Lines that were at the end of its log at a start: one that is the same, to the second, is not written again.</summary>
    public List<LogEntry> Remembered { get; } = [];

    /// <summary>When its lives ended: of one that never ran on after it stalled, when it stalled.</summary>
    public List<TimeSpan> Deaths { get; } = [];

    /// <summary>From when to when it knows of nothing, but what others have: a backup from the former was put back at the latter, or its
    /// disk lost what it had confirmed between the two.</summary>
    public List<(TimeSpan From, TimeSpan To)> Forgotten { get; } = [];

    /// <summary>The configuration that it works by.</summary>
    public SimulatedEdition Edition { get; private set; }

    /// <summary>The configuration of its numbers: within a round it can have taken up another, which is not carried out yet.</summary>
    private SimulatedEdition InForce =>
        Peer.Configuration == Edition.Configuration ? Edition : _cluster.World.EditionOf(Peer.Configuration);

    /// <summary>The configuration in its files: taken up by a reload or a start.</summary>
    public SimulatedEdition Files { get; private set; }

    /// <summary>Whether what others take up is not good here: a plugin that only they have, say.</summary>
    public bool FindsEditionsBad { get; set; }

    /// <summary>When it last gave up all that it ran, results in flight included.</summary>
    public TimeSpan DiscardedAt { get; private set; } = TimeSpan.MinValue;

    public MonitoringPeer Peer => _peer ?? throw new InvalidOperationException($"{Name} is not running");

    public void Start()
    {
        _isReloading = false;
        TakenUp(Files);
        _peer = new MonitoringPeer(
            Files.Configuration,
            new ClusterOptions
            {
                Self = Id,
                Incarnation = Now.Wall.ToUnixTimeMilliseconds(),
                SoftwareVersion = "simulated",
                Durable = Disk,
                KeepsValues = true,
            });
        _peer.Load(Now, Database.Read());
        var tail = new LogTail();
        foreach (var line in Database.IsNew ? [] : LogLines.Skip((int)(Database.Told?.Offset ?? 0)))
        {
            Remembered.Add(line.Entry);
            tail.Add(line.Entry.At.ToUnixTimeSeconds(), line.Entry.Text.Span);
        }

        _peer.Remember(tail);
        _round = new PeerRound(_peer);
        _numbers.Clear();
        Begin();
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

    /// <summary>An operator gives an external command.</summary>
    public void Command(string command) =>
        Receive(Life, new PeerInput.Command(Encoding.UTF8.GetBytes($"[{Now.Wall.ToUnixTimeSeconds()}] {command}")));

    /// <summary>What operators changed of the object of this number, as this peer has it.</summary>
    public OperatorSettings SettingsOf(int number) =>
        InForce.IndexOf(number) is >= 0 and int index ? Peer.SettingsOf(new CheckableId(index)) : OperatorSettings.None;

    /// <summary>What was told about the objects of the configuration that it has taken up, as this peer has it.</summary>
    public Func<int, NotificationState> Told()
    {
        (var told, var edition) = (Peer.EngineSnapshot(Now).Told, InForce);
        return number => edition.IndexOf(number) is >= 0 and int index
            ? told.GetValueOrDefault(new CheckableId(index), NotificationState.None)
            : NotificationState.None;
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
    public bool Owns(int number) => InForce.IndexOf(number) is >= 0 and int index && Peer.Owns(new CheckableId(index));

    /// <summary>The state it has of the object of this number; null when its configuration does not have it.</summary>
    public CheckState? StateOf(int number) =>
        _cluster.Planted == PlantedFault.OldState && Index == 0 && number == 0 ? CheckState.Pending(0)
        : InForce.IndexOf(number) is >= 0 and int index ? Peer.StateOf(new CheckableId(index)) : null;

    /// <inheritdoc/>
    public override bool TryTake([NotNullWhen(true)] out PeerInput? input)
    {
        var any = base.TryTake(out input);
        if (input is PeerInput.CheckCompleted completed && _numbers.Remove(completed.Result.Run, out var number))
        {
            _completed.Add(number);
        }

        return any;
    }

    protected override Neighbour NeighbourOf(SimulatedNode other)
    {
        var peer = base.NeighbourOf(other);
        var theirs = ((SimulatedPeer)other).Group;
        return theirs == Group ? peer
            : theirs == Group!.Parent ? peer with { Kind = NeighbourKind.Master }
            : peer with
            {
                Kind = NeighbourKind.Poller,
                HostGroups = [theirs!.Name],
                Takeover = theirs.Takeover,
                Notifies = theirs.Notifies,
            };
    }

    protected override void Forget()
    {
        (_peer, _round) = (null, null);
        _unwritten.Clear();
        Deaths.Add(IsStalled ? StalledAt : _cluster.Time.Now);
    }

    protected override void Killed()
    {
        _cluster.Checkers.Disturbed($"{Name} is killed within a round");
        base.Killed();
    }

    protected override TimeSpan Wait() => _round!.WaitFrom(Now);

    protected override IReadOnlyList<PeerEffect> TakeRound()
    {
        _completed.Clear();
        var refused = Refusals();
        var effects = _round!.Run(this);
        if (Refusals() == refused)
        {
            _completed.ForEach(number => _cluster.Checkers.ResultTaken(this, number));
        }

        _cluster.TraceHolding(this);
        return effects;
    }

    protected override void Notify(NoticeLevel level, string text)
    {
        base.Notify(level, text);
        if (text.StartsWith("this node did nothing for", StringComparison.Ordinal)
            || text.EndsWith("Starting anew", StringComparison.Ordinal))
        {
            DiscardedAt = _cluster.Time.Now;
        }

        _cluster.Checkers.Noticed(this, level, text);
    }

    protected override void Act(PeerEffect effect)
    {
        switch (effect)
        {
            case PeerEffect.StartCheck start:
                Run(start.Check);
                break;
            case PeerEffect.Follow follow:
                TakenUp(_cluster.World.EditionOf(follow.Configuration));
                _isReloading = false;
                BeginReload();
                break;
            case PeerEffect.Exchange exchange:
                Exchange(exchange.Effect);
                break;
            case PeerEffect.RunCommand run:
                Run(run.Command);
                break;
            case PeerEffect.WriteLog line:
                Write(line.Entry);
                break;
            case PeerEffect.MarkLog marked:
                AfterWriting(() => Receive(Life, new PeerInput.Logged(marked.Mark, new LogPosition(1, LogLines.Count))));
                break;
            case PeerEffect.FetchEntries wanted:
                AfterWriting(() => Receive(Life, Database.Read(wanted.Fetch)));
                break;
            case PeerEffect.WritePerformance or PeerEffect.ReadCommands or PeerEffect.Order or PeerEffect.LookFor:
                // What checks find is not looked at here.
                break;
            default:
                throw new InvalidOperationException($"unknown effect {effect.GetType().Name}");
        }
    }

    /// <summary>The log is written by a thread of its own, a little later: what is not there when the process is killed never is.</summary>
    private void Write(LogEntry line)
    {
        _unwritten.Enqueue(line);
        AfterWriting(() => LogLines.Add((_unwritten.Dequeue(), _cluster.Time.Now)));
    }

    private void AfterWriting(Action action)
    {
        var life = Life;
        _cluster.Time.After(TimeSpan.FromMilliseconds(3), () =>
        {
            if (life == Life && IsAlive)
            {
                action();
            }
        });
    }

    /// <summary>A command that does what it should, after a short time.</summary>
    private void Run(CommandToRun command)
    {
        var life = Life;
        if (command.Kind == CommandKind.Notification)
        {
            if (_cluster.Planted == PlantedFault.NotificationSwallowed)
            {
                return;
            }

            _cluster.TraceObject(_cluster.Checkers.Notifications.NumberOf(command), $"{Name} tells {command.Contact} {command.Ticket}");
            _cluster.Checkers.NotificationStarted(this, command);
        }

        _cluster.Time.After(_cluster.CommandTime, () => Receive(life, new PeerInput.CommandEnded(
            command, new CommandResult(CheckOutcome.Exited, 0, default, default, _cluster.CommandTime))));
    }

    /// <summary>What the daemon does with files, with the name of an edition as its whole content.</summary>
    private void Exchange(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Behind behind:
                Receive(Life, new PeerInput.Exchange(new ConfigurationInput.Want([behind.Version.Hash])));
                break;
            case ClusterEffect.Content piece:
                Receive(Life, new PeerInput.Exchange(
                    new ConfigurationInput.Taken(piece.Hash, piece.Offset + piece.Data.Length, IsWhole: true)));
                if (FindsEditionsBad)
                {
                    var refused = new RefusedConfiguration(piece.Hash, "hosts.cfg:3: not good here");
                    Receive(Life, new PeerInput.Exchange(new ConfigurationInput.Refuse(refused)));
                }
                else if (_cluster.World.EditionOf(piece.Hash) is { } edition && edition.Number > Files.Number)
                {
                    Reload(edition);
                }

                break;
            case ClusterEffect.ReadContent read:
                var content = read.Hash == Edition.Configuration.Version.Hash ? Encoding.UTF8.GetBytes(read.Hash) : null;
                Receive(Life, new PeerInput.Exchange(
                    new ConfigurationInput.Read(read.Link, read.Hash, read.Offset, content?.Length, content)));
                break;
            case ClusterEffect.FilesPartner:
                // No file is kept the same here.
                break;
            default:
                throw new InvalidOperationException($"unknown effect {effect.GetType().Name}");
        }
    }

    private long Refusals() => Peer.Refused.Values.Sum();

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

    private void Run(CheckToRun check)
    {
        var number = Edition.NumberOf(check.Id.Index);
        if (_cluster.Idle == this
            || _cluster.Planted is PlantedFault.CheckLeftOut && number == 0 || _cluster.Planted is PlantedFault.IdlePeer && Index == 0)
        {
            return;
        }

        _numbers[check.Run] = number;

        var life = Life;
        var started = Now;
        var duration = _cluster.Durations(_cluster.Random);
        var result = _cluster.World.Check(number, _cluster.Time.Now, started.Wall, duration) with { Run = check.Run };
        if (duration > LongerThanAll)
        {
            _cluster.Reach("plugin longer than every timeout");
        }

        _cluster.TraceObject(number, $"{Name} starts it, for {duration.TotalSeconds:0.000} s");
        _cluster.Checkers.CheckStarted(this, number, duration);
        _cluster.Time.After(duration, () =>
        {
            _cluster.TraceObject(number, $"{Name} gets its result");
            Receive(life, new PeerInput.CheckCompleted(check.Id, result));
        });
    }
}

using System.Collections.Immutable;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Configuration.Retained;
using Compeer.Configuration.Text;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Import;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Peer;

/// <summary>One whole peer without its shell: the engine and the cluster machine joined. It is pure and driven by a
/// <see cref="PeerRound"/>, so that the daemon and the cluster simulation run the very same code. Single-threaded: it belongs to
/// the loop.</summary>
public sealed class MonitoringPeer : IRegisterSource
{
    /// <summary>What a database has is carried on after so many events: all of it together would be several times what is kept of it.
    /// </summary>
    private const int MostAtOnce = 1024;

    private readonly MonitoringEngine _engine;
    private readonly ClusterMachine _cluster;
    private readonly Transition _transition = new();
    private readonly ClusterEffects _clusterEffects = new();
    private readonly CheckStateEncoder _encoder = new();
    private readonly ClusterOptions _options;
    private readonly Exchanges _exchanges;
    private readonly ObeyedWords _obeyed;
    private readonly EngineOutcome _fromEngine;
    private readonly ClusterOutcome _fromCluster;

    /// <summary>Makes a peer that owns nothing yet.</summary>
    public MonitoringPeer(PeerConfiguration configuration, ClusterOptions options)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
        _options = options;
        _engine = new MonitoringEngine(configuration.ForEngine);
        _cluster = new ClusterMachine(options, configuration.ForCluster, this);
        _exchanges = new Exchanges(_engine, _cluster, _transition, _clusterEffects, Outbox);
        _obeyed = new ObeyedWords(_cluster.Storage);
        _fromEngine = new EngineOutcome(_cluster, _exchanges, Owners, _transition, _clusterEffects, Outbox);
        _fromCluster = new ClusterOutcome(_engine, _cluster, _exchanges, Owners, _obeyed, _transition, _clusterEffects, Refusals);
    }

    /// <summary>The configuration it works by; it gives the meaning of every <see cref="CheckableId"/>.</summary>
    public PeerConfiguration Configuration { get; private set; }

    /// <summary>How many results and states were not taken since the start, and why.</summary>
    public ImmutableDictionary<RefusalReason, long> Refused => Refusals.Totals;

    /// <summary>When <see cref="Advance"/> must be called next, on the monotonic clock.</summary>
    internal TimeSpan NextWake =>
        _engine.NextWake is { } engine && engine < _cluster.NextWake ? engine : _cluster.NextWake;

    /// <summary>What is to be done.</summary>
    internal RoundOutbox Outbox { get; } = new();

    internal RefusalCounters Refusals { get; } = new();

    /// <summary>What inputs wait for at other peers.</summary>
    internal AwaitedOwners Owners { get; } = new();

    /// <summary>After <see cref="Leave"/>: the others have taken note and no check or notification is in flight here any more.</summary>
    public bool IsAtRest(Instant now) => _cluster.Snapshot().HandedOver
        && _engine.Snapshot(now.ForEngine).Running == 0 && _engine.Sending.Running == 0;

    /// <summary>Current state of an object.</summary>
    public CheckState StateOf(CheckableId id) => _engine[id];

    /// <summary>Whether this peer acts for the object now.</summary>
    public bool Owns(CheckableId id) => _engine.IsOwned(id);

    /// <summary>Whether a check of the object is in flight here.</summary>
    public bool IsRunning(CheckableId id) => _engine.IsRunning(id);

    /// <summary>What operators changed of an object.</summary>
    public OperatorSettings SettingsOf(CheckableId id) => _engine.SettingsOf(id);

    /// <summary>What operators changed of a contact.</summary>
    public ContactSettings SettingsOf(string contact) => _engine.SettingsOf(contact);

    /// <summary>The global switches.</summary>
    public ProgramState Program => _engine.Program;

    /// <summary>What runs an object's check once, outside of its schedule.</summary>
    /// <param name="now">The time.</param>
    /// <param name="host">The host's name.</param>
    /// <param name="service">The service's description; null for the host itself.</param>
    /// <param name="problem">Why there is nothing to be run; empty when there is.</param>
    public CheckToRun? PrepareTest(Instant now, string host, string? service, out string problem) =>
        _engine.Tests.Prepare(now.ForEngine, host, service, out problem);

    /// <summary>View of all states for readers.</summary>
    public EngineSnapshot EngineSnapshot(Instant now) => _engine.Snapshot(now.ForEngine);

    /// <summary>View of the cluster for readers.</summary>
    public ClusterSnapshot ClusterSnapshot() => _cluster.Snapshot();

    /// <summary>Payload of a register as the engine has it now; called by the cluster when it composes a frame.</summary>
    public ReadOnlyMemory<byte> Read(RegisterId id) => id.Kind switch
    {
        RegisterKind.CheckState => _encoder.Encode(_engine[new CheckableId(id.Object)]),
        _ => throw new ArgumentOutOfRangeException(nameof(id), id, "no such register"),
    };

    /// <inheritdoc/>
    public RegisterSubject SubjectOf(RegisterKey key, ReadOnlyMemory<byte> payload) => RegisterSubjects.Of(key, payload.Span);

    /// <summary>Takes the neighbours of merlin.conf, at the start and whenever they change.</summary>
    internal void SetNeighbours(Instant now, PeerInput.Neighbours neighbours)
    {
        _engine.Block(neighbours.BlockedHostGroups);
        _engine.Number(EntryRegisters.Numbering(_options, neighbours.Nodes));
        _cluster.SetNeighbours(now.ForCluster, neighbours.Nodes, _clusterEffects);
        Settle(now);
    }

    /// <summary>A link to an authenticated neighbour stands.</summary>
    internal void LinkOpened(Instant now, LinkId link, NodeId neighbour, bool dialledHere, string address)
    {
        _cluster.LinkOpened(now.ForCluster, link, neighbour, dialledHere, address, _clusterEffects);
        Settle(now);
    }

    /// <summary>A link is gone, by whoever's doing.</summary>
    internal void LinkClosed(Instant now, LinkId link, string reason)
    {
        _cluster.LinkClosed(now.ForCluster, link, reason, _clusterEffects);
        Settle(now);
    }

    /// <summary>A dial came to nothing.</summary>
    internal void DialFailed(Instant now, NodeId neighbour, string reason)
    {
        _cluster.DialFailed(now.ForCluster, neighbour, reason, _clusterEffects);
        Settle(now);
    }

    /// <summary>A whole frame arrived.</summary>
    internal void FrameReceived(Instant now, LinkId link, ReadOnlyMemory<byte> frame)
    {
        _cluster.FrameReceived(now.ForCluster, link, frame, _clusterEffects);
        Settle(now);
    }

    /// <summary>A check that a <see cref="PeerEffect.StartCheck"/> asked for came back.</summary>
    internal void CheckCompleted(Instant now, CheckableId id, in CheckResult result)
    {
        if (_engine.ObjectOf(id, result.Run) is { } present && _cluster.IsOvertaken(present.Index))
        {
            // Taken, it would stand in the place of a newer state, which this node may be the last to have.
            _engine.Discard(now.ForEngine, id, result.Run, _transition);
            _cluster.ResultDropped(now.ForCluster, present.Index, _clusterEffects);
            Refusals.Add(RefusalReason.ResultOvertaken);
        }
        else if (_engine.Complete(now.ForEngine, id, result, _transition) is var status and not CompletionStatus.Taken)
        {
            Refusals.Add(RefusalCounters.ReasonOf(status));
        }

        Settle(now);
    }

    /// <summary>Nothing is known any more of a check that a <see cref="PeerEffect.LookFor"/> asked after.</summary>
    internal void CheckLost(Instant now, CheckableId id, RunId run)
    {
        if (_engine.Lost(now.ForEngine, id, run, _transition) is { } present)
        {
            // Another owner may wait for its result.
            _cluster.ResultDropped(now.ForCluster, present.Index, _clusterEffects);
        }

        Settle(now);
    }

    /// <summary>A command that a <see cref="PeerEffect.RunCommand"/> asked for ended.</summary>
    internal void CommandEnded(Instant now, CommandToRun run, in CommandResult result)
    {
        _engine.CommandEnded(now.ForEngine, run, result, _transition);
        Settle(now);
        _exchanges.Notifications.Ended(now, run, _clusterEffects);
        Settle(now);
    }

    /// <summary>Time passed: due checks start, pulses go out, silent neighbours are noticed. Called when
    /// <see cref="NextWake"/> is reached and before any other input, so that a peer which was suspended doubts itself
    /// before it acts on anything.</summary>
    internal void Advance(Instant now)
    {
        _exchanges.History.BeginRound(now);
        _cluster.Advance(now.ForCluster, _clusterEffects);
        Settle(now);
        _engine.Advance(now.ForEngine, _transition);
        Settle(now);
    }

    /// <summary>Works by another configuration from now on, without a gap: see <see cref="MonitoringEngine.TakeUp"/> and
    /// <see cref="ClusterMachine.TakeUp"/>.</summary>
    /// <exception cref="InvalidOperationException">The change does not start from <see cref="Configuration"/>.</exception>
    internal void TakeUp(Instant now, PeerChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Before != Configuration)
        {
            throw new InvalidOperationException("the change was prepared for another configuration than the one in force");
        }

        // What time alone brings about is in the numbers of the former configuration.
        Advance(now);
        Configuration = change.After;
        Outbox.Add(new PeerEffect.Follow(change.After));
        _cluster.Storage.KeepRemoved(change.ForEngine.Former);
        _engine.TakeUp(now.ForEngine, change.ForEngine, _transition);
        _exchanges.Follow(now, change);
        _cluster.TakeUp(now.ForCluster, change.After.ForCluster, change.ForEngine.Former, _clusterEffects);
        Settle(now);
    }

    /// <summary>Something about configurations or files that travel.</summary>
    internal void Exchange(Instant now, ExchangeInput input)
    {
        _cluster.Exchange(now.ForCluster, input, _clusterEffects);
        Settle(now);
    }

    /// <summary>How far the database is.</summary>
    internal ClusterStorage Storage => _cluster.Storage;

    /// <summary>Counts what must not be lost, up to now: see <see cref="IsStored"/>.</summary>
    public long UnforgettableMark => _cluster.Storage.Unforgettable;

    /// <summary>Whether the database has everything up to this mark; true when there is no database.</summary>
    public bool IsStored(long mark) => _cluster.Storage.StoredUpTo >= mark;

    /// <summary>How long the oldest of what the database has not has waited to be given out; zero when it has everything.</summary>
    public TimeSpan UnstoredFor(Instant now) => _cluster.Storage.UnstoredFor(now.ForCluster);

    /// <summary>Figures about the history of all nodes that is kept here.</summary>
    public StreamFigures History => _cluster.Storage.Figures;

    /// <summary>Takes what the database has, before the first round or in one; what the configuration does not want is refused.</summary>
    /// <param name="now">The time.</param>
    /// <param name="stored">What it has.</param>
    /// <param name="workers">Who helps with what needs no order; the caller alone when none is given.</param>
    public void Load(Instant now, StoredValues stored, Workers? workers = null)
    {
        _cluster.Storage.Load(now.ForCluster, Retention.Of(Configuration, stored), _clusterEffects);
        Settle(now, MostAtOnce, workers is { Count: > 1 } ? new StatesAhead(_clusterEffects.Items, workers) : null);
    }

    /// <summary>Lines that the log has got after the place that the database knows of: before the first round.</summary>
    public void Remember(LogTail tail) => _exchanges.History.Remember(tail);

    /// <summary>The log has all lines that it was given before a <see cref="PeerEffect.MarkLog"/>.</summary>
    internal void Logged(Instant now, long mark, LogPosition position) =>
        _exchanges.History.Logged(now, mark, position);

    /// <summary>Entries that another node wants were fetched.</summary>
    internal void Fetched(Instant now, PeerInput.Fetched fetched)
    {
        _cluster.Storage.Fetched(fetched.Fetch, fetched.Entries, fetched.IsEnd);
        _cluster.StreamsReady(now.ForCluster, _clusterEffects);
        Settle(now);
    }

    /// <summary>The inputs of a round are taken: what is asked of the shell once in a round.</summary>
    internal void EndRound()
    {
        _obeyed.EndRound();
        _exchanges.History.EndRound();
        while (_cluster.Storage.TakeFetch() is { } fetch)
        {
            Outbox.Add(new PeerEffect.FetchEntries(fetch));
        }
    }

    /// <summary>What was written goes to the other peers now, not with what is gathered a moment longer.</summary>
    internal void Replicate(Instant now)
    {
        _cluster.Flush(now.ForCluster, _clusterEffects);
        Settle(now);
    }

    /// <summary>Answers those that wait for what was obeyed for them, as far as the database has it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="isWaiting">Whether the database works.</param>
    internal void AnswerOthers(Instant now, bool isWaiting)
    {
        while (_obeyed.Take(isWaiting) is { } words)
        {
            _cluster.Requests.Answer(now.ForCluster, words.Tag, words.Failure, _clusterEffects);
            Settle(now);
        }
    }

    /// <summary>Somebody gives an external command at this node; null when it is carried out, else why not.</summary>
    internal string? Command(Instant now, ReadOnlyMemory<byte> line)
    {
        var failure = _engine.Command(now.ForEngine, line.Span, _transition);
        Settle(now);
        return failure;
    }

    /// <summary>Takes blocks of a <c>retention.dat</c>, before the first round or in one.</summary>
    public void Import(Instant now, RetentionImport file, IReadOnlyList<RetainedBlock> blocks, bool isLast)
    {
        _engine.Import(now.ForEngine, file, blocks, isLast, _transition);
        Settle(now);
        if (isLast)
        {
            // Whoever is told that the file is taken may throw it away.
            Storage.Hurry();
        }
    }

    /// <summary>A result was found in a file, or sent; null when it is taken, else why not.</summary>
    internal string? TakeSpooled(Instant now, SpooledResult result)
    {
        var failure = _engine.TakeSpooled(now.ForEngine, result, _transition);
        Settle(now);
        return failure;
    }

    /// <summary>Leaves on purpose: everything owned here is handed over at once.</summary>
    internal void Leave(Instant now)
    {
        _cluster.Leave(now.ForCluster, _clusterEffects);
        Settle(now);
    }

    /// <summary>Carries effects of the cluster to the engine and changes of the engine to the cluster until both are
    /// at rest; what is for the shell is collected.</summary>
    private void Settle(Instant now, int mostEvents = int.MaxValue, StatesAhead? ahead = null)
    {
        var next = 0;
        do
        {
            for (; next < _clusterEffects.Items.Count; next++)
            {
                var effect = _clusterEffects.Items[next];
                if (ahead is not null && effect is ClusterEffect.Apply apply)
                {
                    _fromCluster.Store(apply, ahead.At(next));
                }
                else if (!Outbox.TryAdd(effect))
                {
                    _fromCluster.Follow(now, effect);
                }

                if (_transition.Events.Count >= mostEvents)
                {
                    _fromEngine.Carry(now);
                }
            }

            _fromEngine.Carry(now);
        }
        while (next < _clusterEffects.Items.Count);

        _clusterEffects.Clear();
    }
}

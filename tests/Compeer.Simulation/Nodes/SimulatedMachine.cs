using System.Text;
using Compeer.Cluster;
using Compeer.Cluster.Model;
using Compeer.Peer;
using Compeer.Simulation.Replication;

namespace Compeer.Simulation.Nodes;

/// <summary>A node with the production cluster machine and no engine: its values are what a test writes.</summary>
internal sealed class SimulatedMachine : SimulatedNode, IRegisterSource
{
    private readonly MachineSite _site;
    private readonly ClusterEffects _effects = new();
    private readonly RoundOutbox _outbox = new();
    private ClusterMachine? _machine;
    private int _writes;

    public SimulatedMachine(MachineSite site, int index)
        : base(site, index)
    {
        _site = site;
    }

    public override bool IsAlive => _machine is not null;

    public ClusterMachine Machine => _machine ?? throw new InvalidOperationException($"{Name} is not running");

    /// <summary>Per object its value; null when nobody wrote one.</summary>
    public byte[]?[] Values { get; private set; } = [];

    /// <summary>The objects that it acts for.</summary>
    public SortedSet<int> Held { get; } = [];

    /// <summary>About which it sends.</summary>
    public SortedSet<int> Sends { get; } = [];

    /// <summary>The objects that it has a check of in flight, until <see cref="Write(int)"/>.</summary>
    public HashSet<int> InFlight { get; } = [];

    /// <summary>Words that came for an owner of objects.</summary>
    public List<(int Object, string Words)> Asked { get; } = [];

    /// <summary>Entries of streams; they outlive a crash.</summary>
    public KeptEntries Entries { get; } = new(maxEntries: 10_000, () => false);

    /// <summary>Settings and elements that others wrote.</summary>
    public Dictionary<RegisterKey, string> Told { get; } = [];

    public RegisterSubject SubjectOf(RegisterKey key, ReadOnlyMemory<byte> payload) =>
        key.Kind == RegisterKind.OperatorSettings ? new RegisterSubject(RegisterScope.Object, key.Key) : default;

    public ReadOnlyMemory<byte> Read(RegisterId id) => Values[id.Object];

    public void Start()
    {
        Values = new byte[]?[_site.Objects.Keys.Count];
        _machine = new ClusterMachine(
            new ClusterOptions
            {
                Self = Id,
                Incarnation = Now.Wall.ToUnixTimeMilliseconds(),
                SoftwareVersion = "simulated",
                Durable = Disk,
            },
            _site.Objects,
            this,
            Entries);
        Begin();
    }

    /// <summary>Writes a value of an object and publishes it.</summary>
    public void Write(int index)
    {
        InFlight.Remove(index);
        Values[index] = Encoding.UTF8.GetBytes($"{Name} {++_writes}");
        Do((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, index), effects));
    }

    /// <summary>Writes a setting or an element; null removes it.</summary>
    public void Write(RegisterKey key, string? text) => Do((machine, now, effects) =>
        Assert.True(machine.Write(now, key, text is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(text), effects)));

    /// <summary>Writes an entry of its own stream.</summary>
    public void Append(string text) =>
        Do((machine, now, effects) => machine.Append(now, StreamKind.History, Encoding.UTF8.GetBytes(text), effects));

    /// <summary>Has words for the owner of an object.</summary>
    public void Ask(int index, string words) =>
        Do((machine, now, effects) => machine.Requests.Ask(now, index, Encoding.UTF8.GetBytes(words), effects));

    protected override void Forget()
    {
        _machine = null;
        _outbox.Take();
        InFlight.Clear();
        Held.Clear();
        Sends.Clear();
    }

    protected override TimeSpan Wait()
    {
        var wait = Machine.NextWake - Now.Monotonic;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > PeerRound.LongestWait ? PeerRound.LongestWait : wait;
    }

    protected override IReadOnlyList<PeerEffect> TakeRound()
    {
        Step((machine, now, effects) => machine.Advance(now, effects));
        while (TryTake(out var input))
        {
            Step((machine, now, effects) => Take(machine, now, input, effects));
            _outbox.Add(new PeerEffect.Answer(input.Token, Failure: null));
        }

        return _outbox.Take();
    }

    protected override void Act(PeerEffect effect)
    {
        // How it stands with files of a neighbour is for who has any.
        if (effect is not PeerEffect.Exchange { Effect: ClusterEffect.FilesPartner })
        {
            throw new InvalidOperationException($"a cluster machine has no effect {effect.GetType().Name}");
        }
    }

    private static void Take(ClusterMachine machine, ClusterTime now, PeerInput input, ClusterEffects effects)
    {
        switch (input)
        {
            case PeerInput.Neighbours neighbours:
                machine.SetNeighbours(now, neighbours.Nodes, effects);
                break;
            case PeerInput.LinkOpened opened:
                machine.LinkOpened(now, opened.Link, opened.Neighbour, opened.DialledHere, opened.Address, effects);
                break;
            case PeerInput.LinkClosed closed:
                machine.LinkClosed(now, closed.Link, closed.Reason, effects);
                break;
            case PeerInput.DialFailed failed:
                machine.DialFailed(now, failed.Neighbour, failed.Reason, effects);
                break;
            case PeerInput.Frame frame:
                machine.FrameReceived(now, frame.Link, frame.Bytes, effects);
                break;
            default:
                throw new InvalidOperationException($"a cluster machine takes no input {input.GetType().Name}");
        }
    }

    /// <summary>Something that is asked of the machine between two rounds.</summary>
    private void Do(Action<ClusterMachine, ClusterTime, ClusterEffects> call)
    {
        Step(call);
        CarryOutAll(_outbox.Take());
        PlanRound(Site.Time.Now);
    }

    private void Step(Action<ClusterMachine, ClusterTime, ClusterEffects> call)
    {
        _effects.Clear();
        call(Machine, Now.ForCluster, _effects);
        foreach (var effect in _effects.Items.ToArray().Where(effect => !_outbox.TryAdd(effect)))
        {
            Follow(effect);
        }
    }

    private void Follow(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Apply apply:
                Values[apply.Register.Object] = apply.Payload.ToArray();
                break;
            case ClusterEffect.Asked asked:
                Asked.Add((asked.Object, Encoding.UTF8.GetString(asked.Payload.Span)));
                break;
            case ClusterEffect.Gain gain:
                Assert.All(gain.Objects, index => Assert.True(Held.Add(index), $"{Name} gains object {index} twice"));
                break;
            case ClusterEffect.Lose lose:
                Assert.All(lose.Objects, index => Assert.True(Held.Remove(index), $"{Name} loses object {index} that it does not have"));
                if (!lose.DiscardRunning)
                {
                    int[] running = [.. lose.Objects.Where(InFlight.Contains)];
                    Step((machine, now, effects) => machine.HandOver(now, lose.Handover, running, effects));
                }

                break;
            case ClusterEffect.GainSending gain:
                Assert.All(gain.Objects, index => Assert.True(Sends.Add(index), $"{Name} gains the sending about object {index} twice"));
                break;
            case ClusterEffect.LoseSending lose:
                Assert.All(lose.Objects, index => Assert.True(Sends.Remove(index), $"{Name} loses the sending about object {index}"));
                if (lose.WantsAnswer)
                {
                    Step((machine, now, effects) => machine.HandOver(now, lose.Handover, [], effects));
                }

                break;
            case ClusterEffect.Changed { IsRemoval: true } changed:
                Told.Remove(changed.Register);
                break;
            case ClusterEffect.Changed changed:
                Told[changed.Register] = Encoding.UTF8.GetString(changed.Payload.Span);
                break;
            case ClusterEffect.Entered:
                // There are no people to tell; the entries are looked at where they are kept.
                break;
            default:
                throw new InvalidOperationException($"an effect no shell knows: {effect}");
        }
    }
}

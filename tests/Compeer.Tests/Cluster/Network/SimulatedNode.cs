using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Compeer.Cluster;
using Compeer.Cluster.Model;

namespace Compeer.Tests.Cluster.Network;

/// <summary>One node: the production machine, and an engine that only starts checks and counts.</summary>
internal sealed class SimulatedNode(SimulatedNetwork network, int index, NodeId id) : IRegisterSource
{
    private readonly ClusterEffects _effects = new();
    private int _writes;
    private long _run;
    private TimeSpan _lastCall;

    public int Index { get; } = index;

    public NodeId Id { get; } = id;

    public string Name => $"n{Index}";

    /// <summary>Null when the process does not run.</summary>
    public ClusterMachine? Machine { get; private set; }

    public byte[]?[] Values { get; private set; } = [];

    public SortedSet<int> Held { get; } = [];

    /// <summary>Checks in flight, with a number for the end to find its start by.</summary>
    public Dictionary<int, long> Running { get; } = [];

    public TimeSpan StalledUntil { get; set; } = TimeSpan.MinValue;

    public TimeSpan Skew { get; set; }

    /// <summary>When the earliest wake-up is that was asked for.</summary>
    public TimeSpan Wake { get; set; } = TimeSpan.MaxValue;

    public long Run => _run;

    public int Losses { get; private set; }

    public int Discards { get; private set; }

    public List<string> Notices { get; } = [];

    /// <summary>Words that came for objects of this node's.</summary>
    public List<(int Object, string Words)> Asked { get; } = [];

    /// <summary>What its disk has.</summary>
    public DurableState Durable { get; set; } = DurableState.Empty;

    public ConfigurationVersion Version { get; set; } = new(1, "one");

    public Neighbour[] Neighbours { get; set; } = [];

    public ClusterTime Time(TimeSpan now) => new(
        now + TimeSpan.FromHours(Index + 1), DateTimeOffset.UnixEpoch + TimeSpan.FromDays(20_000) + now + Skew);

    public ReadOnlyMemory<byte> Read(RegisterId id) =>
        Values[id.Object] ?? throw new InvalidOperationException($"{Name} is asked for a value it never had: {id}");

    public void Start()
    {
        _run++;
        _lastCall = network.Now;
        Values = new byte[]?[network.Options.Objects];
        Machine = new ClusterMachine(
            new ClusterOptions
            {
                Self = Id,
                Incarnation = Time(network.Now).Wall.ToUnixTimeMilliseconds(),
                SoftwareVersion = "test",
                Durable = Durable,
            },
            new PreparedObjects(network.ObjectsOf(Version)),
            this);
        Call((machine, now, effects) => machine.SetNeighbours(now, Neighbours, effects));
        Tick(_run);
    }

    /// <summary>The process is gone, with all it knew.</summary>
    public void Stop()
    {
        Machine = null;
        Held.Clear();
        Running.Clear();
        Wake = TimeSpan.MaxValue;
        StalledUntil = TimeSpan.MinValue;
    }

    /// <summary>Puts something into the machine and does what comes out.</summary>
    public void Call(Action<ClusterMachine, ClusterTime, ClusterEffects> input)
    {
        if (Machine is not { } machine)
        {
            return;
        }

        if (network.Now - _lastCall > TimeSpan.FromSeconds(1))
        {
            // As the shell must: after a pause, first of all.
            _lastCall = network.Now;
            Call((one, now, effects) => one.Advance(now, effects));
        }

        _lastCall = network.Now;
        input(machine, Time(network.Now), _effects);
        var effects = _effects.Items.ToImmutableArray();
        _effects.Clear();
        foreach (var effect in effects)
        {
            Carry(effect);
        }

        network.WakeAt(this, machine.NextWake - TimeSpan.FromHours(Index + 1));
    }

    /// <summary>A check's result, or an operator's change: writes a value and publishes it.</summary>
    public void Write(int index)
    {
        Values[index] = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Name} {_run} {++_writes} {network.Now.Ticks}"));
        network.Written(this, index);
        Call((machine, now, effects) => machine.Publish(now, new RegisterId(RegisterKind.CheckState, index), effects));
    }

    private void Carry(ClusterEffect effect)
    {
        switch (effect)
        {
            case ClusterEffect.Dial dial:
                network.Dial(this, dial.Neighbour);
                break;
            case ClusterEffect.Send send:
                network.Send(this, send.Link, send.Frame);
                break;
            case ClusterEffect.Close close:
                network.Close(this, close.Link);
                break;
            case ClusterEffect.Apply apply:
                Values[apply.Register.Object] = apply.Payload.ToArray();
                break;
            case ClusterEffect.Asked asked:
                Asked.Add((asked.Object, Encoding.UTF8.GetString(asked.Payload.Span)));
                break;
            case ClusterEffect.Persist persist:
                Durable = persist.State;
                break;
            case ClusterEffect.Gain gain:
                foreach (var index in gain.Objects)
                {
                    Assert.True(Held.Add(index), $"{Name} gains object {index} twice");
                }

                break;
            case ClusterEffect.Lose lose:
                GiveUp(lose);
                break;
            case ClusterEffect.Notice notice:
                Notices.Add(notice.Text);
                network.Log($"{Name}: {notice.Text}");
                break;
            default:
                throw new InvalidOperationException($"an effect no shell knows: {effect}");
        }
    }

    private void GiveUp(ClusterEffect.Lose lose)
    {
        Losses++;
        foreach (var index in lose.Objects)
        {
            Assert.True(Held.Remove(index), $"{Name} loses object {index} that it does not have");
        }

        if (lose.DiscardRunning)
        {
            Discards++;
            Running.Clear();
            return;
        }

        int[] running = [.. lose.Objects.Where(Running.ContainsKey)];
        Call((machine, now, effects) => machine.HandOver(now, lose.Handover, running, effects));
    }

    private void Tick(long run)
    {
        if (_run != run || Machine is null)
        {
            return;
        }

        Call((machine, now, effects) => machine.Advance(now, effects));
        var due = Held.Where(index => !network.IsQuiet && !Running.ContainsKey(index) && network.Random.Next(4) == 0);
        foreach (var index in due.ToArray())
        {
            network.CheckStarts(this, index);
            var number = network.NextNumber();
            Running[index] = number;
            var time = network.Options.MaxCheck * network.Random.NextDouble();
            network.At(this, network.Now + time, () =>
            {
                if (_run == run)
                {
                    Call((machine, now, effects) => machine.Advance(now, effects));
                }

                if (_run == run && Running.TryGetValue(index, out var present) && present == number)
                {
                    Running.Remove(index);
                    Write(index);
                }
            });
        }

        network.At(this, network.Now + TimeSpan.FromMilliseconds(200), () => Tick(run));
    }
}

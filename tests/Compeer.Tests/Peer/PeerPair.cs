using System.Diagnostics.CodeAnalysis;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Retained;
using Compeer.Configuration.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Import;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;
using Compeer.Engine.TimePeriods;
using Compeer.Peer;

namespace Compeer.Tests.Peer;

/// <summary>Two whole peers with a link between them on which frames arrive at once; the test answers their checks.</summary>
internal sealed class PeerPair
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Side[] _sides;
    private TimeSpan _time = TimeSpan.FromSeconds(100);
    private LinkId _link;
    private long _links;

    /// <summary>Two peers with the same time.</summary>
    public PeerPair(string objects)
        : this(objects, TimeSpan.Zero)
    {
    }

    private PeerPair(string objects, TimeSpan otherAhead, bool keepsValues = false)
    {
        Configuration = Compile(objects);
        _sides = [new Side(this, new NodeId(10), TimeSpan.Zero, keepsValues), new Side(this, new NodeId(20), otherAhead, keepsValues)];
        _sides[0].Other = _sides[1];
        _sides[1].Other = _sides[0];
        foreach (var side in _sides)
        {
            Neighbour neighbour = new(side.Other.Id, "other", NeighbourKind.Peer, Connect: true, DataTimeout: null);
            side.Inputs.Enqueue(new PeerInput.Neighbours([neighbour]));
        }

        Join();
    }

    public PeerConfiguration Configuration { get; }

    public IReadOnlyList<MonitoringPeer> Peers => [.. _sides.Select(side => side.Peer)];

    /// <summary>The exit code of each check by the name of its host; 0 for those that are not in it.</summary>
    public Dictionary<string, int> Codes { get; } = [];

    /// <summary>The checks that were started, in order: at which peer, of what, when.</summary>
    public List<(int Peer, string Name, TimeSpan At)> Started { get; } = [];

    /// <summary>The hosts whose checks at the first peer do not come back until <see cref="Release"/>.</summary>
    public HashSet<string> Hanging { get; } = [];

    public TimeSpan Time => _time;

    /// <summary>What a peer's clock says now.</summary>
    public DateTimeOffset WallOf(int peer) => _sides[peer].Now.Wall;

    /// <summary>What a peer wrote into its log.</summary>
    public IReadOnlyList<string> LogOf(int peer) => _sides[peer].Log;

    /// <summary>What a reader sees at a peer now.</summary>
    public EngineSnapshot ViewOf(int peer) => _sides[peer].Peer.EngineSnapshot(_sides[peer].Now);

    /// <summary>The peers whose databases write nothing for now.</summary>
    public HashSet<int> Blocked { get; } = [];

    /// <summary>What inputs were answered with by the first number that was given to them: null for yes.</summary>
    public Dictionary<long, string?> Answers { get; } = [];

    /// <summary>Something reaches a peer from outside.</summary>
    public void Give(int peer, PeerInput input) => _sides[peer].Inputs.Enqueue(input);

    /// <summary>Somebody gives an external command at a peer.</summary>
    public void Command(int peer, string command) => _sides[peer].Inputs.Enqueue(
        new PeerInput.Command(Encoding.UTF8.GetBytes($"[{WallOf(peer).ToUnixTimeSeconds()}] {command}")));

    /// <summary>Somebody imports blocks of a <c>retention.dat</c> at a peer.</summary>
    public void Import(int peer, RetentionImport file, IReadOnlyList<RetainedBlock> blocks, bool isLast) =>
        _sides[peer].Inputs.Enqueue(new PeerInput.Import(file, blocks, isLast));

    /// <summary>What the first one's clock said at a time.</summary>
    public static DateTimeOffset WallAt(TimeSpan time) => Start + time;

    public CheckableId Id(string host) => CheckableId.Of(Configuration.Objects.FindHost(host)!.Id);

    /// <summary>Which of the two owns a host.</summary>
    public int OwnerOf(string host) => _sides[0].Peer.Owns(Id(host)) ? 0 : 1;

    /// <summary>Two peers with a database each, which a test can hold up.</summary>
    public static PeerPair WithDatabases(string objects) => new(objects, TimeSpan.Zero, keepsValues: true);

    public static PeerPair WithClockAhead(string objects, TimeSpan otherAhead) => new(objects, otherAhead);

    /// <summary>The link between them is lost.</summary>
    public void Cut()
    {
        foreach (var side in _sides)
        {
            side.Inputs.Enqueue(new PeerInput.LinkClosed(_link, "cut"));
        }

        _link = default;
    }

    /// <summary>A link between them stands.</summary>
    public void Join()
    {
        _link = new LinkId(++_links);
        foreach (var side in _sides)
        {
            side.Inputs.Enqueue(new PeerInput.LinkOpened(_link, side.Other.Id, DialledHere: side == _sides[0], "192.0.2.2"));
        }
    }

    /// <summary>What hangs comes back.</summary>
    public void Release()
    {
        Hanging.Clear();
        _sides[0].Release();
    }

    /// <summary>A peer leaves on purpose.</summary>
    public void Leave(int peer) => _sides[peer].Inputs.Enqueue(new PeerInput.Leave());

    /// <summary>Lets so much time pass.</summary>
    public void Run(TimeSpan time)
    {
        for (var end = _time + time; _time < end; _time += TimeSpan.FromMilliseconds(100))
        {
            RunNow();
        }
    }

    /// <summary>Lets everything happen that happens without time passing.</summary>
    public void RunNow()
    {
        do
        {
            foreach (var side in _sides)
            {
                side.Run();
            }
        }
        while (_sides.Any(side => side.Inputs.Count > 0));
    }

    private static PeerConfiguration Compile(string objects)
    {
        var mainFile = new SourceFile(
            "/t/naemon.cfg", "cfg_file=/t/o.cfg\ninterval_length=1\ncached_host_check_horizon=0\n"u8.ToArray());
        var main = MainConfigurationReader.Read(mainFile, []).Configuration!;
        var compiled = ObjectConfigurationCompiler.Compile(main, [new SourceFile("/t/o.cfg", Encoding.UTF8.GetBytes(objects))], []);
        return new PeerConfiguration(main, compiled.Configuration!, ZoneRules.Utc, new ConfigurationVersion(1, "one"));
    }

    private sealed class Side : IRoundSource
    {
        private readonly PeerPair _pair;
        private readonly PeerRound _round;
        private readonly TimeSpan _clockAhead;
        private UnstoredValues? _unstored;

        public Side(PeerPair pair, NodeId id, TimeSpan clockAhead, bool keepsValues)
        {
            _pair = pair;
            _clockAhead = clockAhead;
            Id = id;
            Peer = new MonitoringPeer(
                pair.Configuration,
                new ClusterOptions { Self = id, Incarnation = 1_000, SoftwareVersion = "test", KeepsValues = keepsValues });
            _round = new PeerRound(Peer);
        }

        public NodeId Id { get; }

        public MonitoringPeer Peer { get; }

        public Side Other { get; set; } = null!;

        public Queue<PeerInput> Inputs { get; } = [];

        public List<string> Log { get; } = [];

        private List<PeerInput> Held { get; } = [];

        public Instant Now => new(_pair._time, Start + _pair._time + _clockAhead);

        public bool TryTake([NotNullWhen(true)] out PeerInput? input) => Inputs.TryDequeue(out input);

        public void Run()
        {
            if (_unstored is { } values && !_pair.Blocked.Contains(Array.IndexOf(_pair._sides, this)))
            {
                _unstored = null;
                Inputs.Enqueue(new PeerInput.Stored(values.Mark));
            }

            foreach (var effect in (PeerEffect[])[.. _round.Run(this)])
            {
                switch (effect)
                {
                    case PeerEffect.Send send when send.Link == _pair._link:
                        Other.Inputs.Enqueue(new PeerInput.Frame(send.Link, send.Frame));
                        break;
                    case PeerEffect.Store store:
                        _unstored = store.Values;
                        break;
                    case PeerEffect.Answer answer when answer.Token.IsWanted:
                        _pair.Answers.Add(answer.Token.Number, answer.Failure);
                        break;
                    case PeerEffect.StartCheck start:
                        Answer(start.Check);
                        break;
                    case PeerEffect.WriteLog line:
                        Log.Add(Encoding.UTF8.GetString(line.Entry.Text.Span));
                        break;
                    case PeerEffect.Notify notice:
                        Log.Add(notice.Text);
                        break;
                    default:
                        // Dials and what is to be kept are not looked at here.
                        break;
                }
            }
        }

        private void Answer(CheckToRun check)
        {
            var name = _pair.Configuration.Objects.Hosts[check.Id.Index].Name;
            _pair.Started.Add((Array.IndexOf(_pair._sides, this), name, _pair._time));
            var result = new CheckResult(
                CheckOutcome.Exited, _pair.Codes.GetValueOrDefault(name), default, default, default, Now.Wall, TimeSpan.Zero);
            var completed = new PeerInput.CheckCompleted(check.Id, result with { Run = check.Run });
            if (this == _pair._sides[0] && _pair.Hanging.Contains(name))
            {
                Held.Add(completed);
            }
            else
            {
                Inputs.Enqueue(completed);
            }
        }

        public void Release()
        {
            Held.ForEach(Inputs.Enqueue);
            Held.Clear();
        }
    }
}

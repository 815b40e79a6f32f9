using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Compeer.Cluster.Model;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;
using Compeer.Engine.TimePeriods;
using Compeer.Peer;

namespace Compeer.Benchmarks;

/// <summary>
/// What a master with many pollers costs: a whole peer with its engine, its replicated store and all objects, and pollers that are the
/// cluster's machine without an engine, over links in memory. Time is simulated; only what the master's rounds take is counted, on one
/// thread, and how much its memory grows. There is no database and no TLS: <c>bench/daemon</c> and <c>bench/replication</c> have those.
/// </summary>
internal sealed class PollerLinks : IRoundSource
{
    private const int ServicesPerHost = 10;

    private static readonly NodeId Self = new(1);
    private static readonly TimeSpan Step = PeerRound.ShortestPause;
    private static readonly DateTimeOffset Wall = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Queue<PeerInput> _inputs = [];
    private readonly Stopwatch _busy = new();
    private readonly SimulatedPoller[] _pollers;
    private readonly MonitoringPeer _master;
    private readonly PeerRound _round;
    private readonly ClusterObjects _objects;
    private TimeSpan _time = TimeSpan.FromSeconds(100);

    private PollerLinks(PeerConfiguration configuration, int pollers)
    {
        _master = new MonitoringPeer(configuration, new ClusterOptions { Self = Self, Incarnation = 1_000, SoftwareVersion = "bench" });
        _round = new PeerRound(_master);
        _pollers = [.. Enumerable.Range(0, pollers).Select(number => new SimulatedPoller(number, Self, Deliver))];
        _objects = ClusterObjectsBuilder.Build(configuration.Objects, configuration.Version);
    }

    /// <inheritdoc/>
    public Instant Now => new(_time, Wall + _time);

    /// <summary>Measures, and prints a line.</summary>
    /// <param name="pollers">How many pollers; 1 to 1,000.</param>
    /// <param name="services">Services of each.</param>
    /// <param name="results">Results a second, of all of them.</param>
    /// <param name="seconds">How long, in simulated time, after they have come together.</param>
    public static void Print(int pollers, int services, int results, int seconds)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var configuration = Configure(pollers, services / ServicesPerHost);
        var bench = new PollerLinks(configuration, pollers);
        var whole = GC.GetTotalMemory(forceFullCollection: true);
        var others = bench.Begin();
        bench.Connect();
        var sent = bench.Run(results, seconds);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        var cluster = bench._master.ClusterSnapshot();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{pollers} pollers of {services} services, {sent / (double)seconds:0} results a second, {cluster.Applied} taken of {sent}: "
            + $"{bench._busy.Elapsed.TotalSeconds / seconds:0.000} of a core, {bench._busy.Elapsed.TotalMicroseconds / sent:0.0} us each; "
            + $"{(after - before - others) / (1024.0 * 1024):0} MiB, of which {(whole - before) / (1024.0 * 1024):0} before they came"));
        if (cluster.Applied != sent || cluster.Groups.Any(group => group.Active.Length != 1 || group.Lacking > 0))
        {
            Console.WriteLine("not all came together: the figures are worth nothing");
            Environment.ExitCode = 1;
        }

        GC.KeepAlive(bench);
    }

    /// <inheritdoc/>
    public bool TryTake([NotNullWhen(true)] out PeerInput? input) => _inputs.TryDequeue(out input);

    private static PeerConfiguration Configure(int pollers, int hosts)
    {
        var main = MainConfigurationReader.Read(GeneratedConfiguration.Main, []).Configuration!;
        var text = new StringBuilder(Encoding.UTF8.GetString(GeneratedConfiguration.Objects(pollers * hosts).Content.Span));
        for (var poller = 0; poller < pollers; poller++)
        {
            text.Append("define hostgroup {\n  hostgroup_name ").Append(SimulatedPoller.GroupOf(poller)).Append("\n  members ");
            text.AppendJoin(',', Enumerable.Range(poller * hosts, hosts).Select(host => $"host{host}")).Append("\n}\n");
        }

        var file = new SourceFile("/bench/objects.cfg", Encoding.UTF8.GetBytes(text.ToString()));
        var objects = ObjectConfigurationCompiler.Compile(main, [file], []).Configuration!;
        return new PeerConfiguration(main, objects, ZoneRules.Utc, new ConfigurationVersion(1, "whole"));
    }

    /// <summary>Makes the pollers; gives what they take.</summary>
    private long Begin()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        _inputs.Enqueue(new PeerInput.Neighbours([.. _pollers.Select(poller => poller.AsNeighbour)]));
        foreach (var poller in _pollers)
        {
            poller.Begin(Now, _objects);
        }

        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }

    /// <summary>Until all check what is theirs.</summary>
    private void Connect()
    {
        for (var round = 0; round < 6_000 && !(round % 50 == 49 && IsTogether()); round++)
        {
            Turn();
        }

        _busy.Reset();
    }

    private bool IsTogether() =>
        _master.ClusterSnapshot() is var cluster && cluster.Held == 0 && cluster.Groups.Length == _pollers.Length
        && cluster.Groups.All(group => group.Active.Length == 1) && Array.TrueForAll(_pollers, poller => poller.IsActing);

    private long Run(int results, int seconds)
    {
        var first = _master.ClusterSnapshot().Applied;
        var sent = first;
        var end = _time + TimeSpan.FromSeconds(seconds);
        var began = _time;
        var next = 0;
        for (; _time < end; Turn())
        {
            for (var due = first + (long)((_time - began).TotalSeconds * results); sent < due; sent++)
            {
                _pollers[next].Result(Now);
                next = (next + 1) % _pollers.Length;
            }
        }

        for (var rest = 0; rest < 100; rest++)
        {
            Turn();
        }

        return sent;
    }

    private void Turn()
    {
        _time += Step;
        foreach (var poller in _pollers)
        {
            poller.Turn(Now);
        }

        _busy.Start();
        do
        {
            foreach (var effect in _round.Run(this))
            {
                if (effect is PeerEffect.Send send)
                {
                    _pollers[SimulatedPoller.NumberOf(send.Link)].Receive(send.Frame);
                }
                else if (effect is PeerEffect.Close close)
                {
                    throw new InvalidOperationException($"a link is closed: {close.Reason}");
                }
            }
        }
        while (_inputs.Count > 0);
        _busy.Stop();
    }

    private void Deliver(PeerInput input) => _inputs.Enqueue(input);
}

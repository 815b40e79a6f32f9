using System.Globalization;
using System.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Peer;
using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Checking;

/// <summary>Results that come in from outside at any peer, of objects that any peer owns: what is confirmed is the object's state, or a
/// later one is.</summary>
internal sealed class ConfirmationChecker(SimulatedCluster cluster)
{
    /// <summary>Whoever waits is answered within this.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(31);

    private readonly Dictionary<int, int> _confirmed = [];
    private readonly Dictionary<int, (SimulatedPeer Peer, int Life, TimeSpan At)> _waiting = [];
    private readonly HashSet<int> _open = [];
    private readonly HashSet<int> _replaced = [];
    private int _given;

    /// <summary>Results that were confirmed.</summary>
    public int Confirmed { get; private set; }

    /// <summary>Of them those of objects that another peer owned.</summary>
    public int ConfirmedForOthers { get; private set; }

    /// <summary>Results that were answered with why they were not taken.</summary>
    public List<string> Failures { get; } = [];

    /// <summary>Somebody gives a result of an object at a peer, unless another of it is on its way: which is the later one would be chance
    /// then.</summary>
    public void Give(SimulatedPeer peer, int number)
    {
        if (!_open.Add(number))
        {
            return;
        }

        var given = ++_given;
        var name = cluster.World.NameOf(number).Split(';');
        var result = new CheckResult(
            CheckOutcome.Exited, 1, Encoding.UTF8.GetBytes($"given {given}"), default, default, peer.Now.Wall, TimeSpan.Zero);
        var isForOther = !peer.Owns(number);
        cluster.Trace($"result {given} of {cluster.World.NameOf(number)} is given at {peer.Name}");
        _waiting.Add(given, (peer, peer.Life, cluster.Time.Now));
        if (cluster.Planted == PlantedFault.ConfirmedAtOnce)
        {
            Answered(given, number, isForOther, failure: null);
        }

        var spooled = new SpooledResult(name[0], name.Length > 1 ? name[1] : null, IsPassive: true, result);
        peer.Give(new PeerInput.Spooled(spooled), failure => Answered(given, number, isForOther, failure));
    }

    /// <summary>A check of an object came back: its result stands in the place of what was given.</summary>
    public void Replaced(int number)
    {
        _confirmed.Remove(number);
        if (_open.Contains(number))
        {
            // It may have been taken already, before its answer is here.
            _replaced.Add(number);
        }
    }

    /// <summary>Null, or what was confirmed and is not there at a peer that runs; or who still waits.</summary>
    public string? WhyNotKept()
    {
        foreach ((var number, var given) in _confirmed)
        {
            foreach (var peer in cluster.Running)
            {
                if (peer.StateOf(number) is { } state && NumberIn(state) < given)
                {
                    return $"result {given} of {cluster.World.NameOf(number)} was confirmed, and {peer.Name} has "
                        + $"'{Encoding.UTF8.GetString(state.Output)}'";
                }
            }
        }

        var forgotten = _waiting.FirstOrDefault(
            waiting => waiting.Value.Peer.Life == waiting.Value.Life && cluster.Time.Now - waiting.Value.At > LongestWait);
        return forgotten.Key > 0 ? $"result {forgotten.Key} was not answered at {forgotten.Value.Peer.Name}" : null;
    }

    private static int NumberIn(CheckState state) =>
        Encoding.UTF8.GetString(state.Output).Split(' ') is ["given", { } number]
            ? int.Parse(number, CultureInfo.InvariantCulture)
            : 0;

    private void Answered(int given, int number, bool isForOther, string? failure)
    {
        if (!_waiting.Remove(given))
        {
            return;
        }

        _open.Remove(number);

        cluster.Trace($"result {given} is answered: {failure ?? "taken"}");
        if (failure is null)
        {
            Confirmed++;
            ConfirmedForOthers += isForOther ? 1 : 0;
            if (!_replaced.Contains(number))
            {
                _confirmed[number] = Math.Max(given, _confirmed.GetValueOrDefault(number));
            }
        }
        else
        {
            Failures.Add(failure);
        }

        _replaced.Remove(number);
    }
}

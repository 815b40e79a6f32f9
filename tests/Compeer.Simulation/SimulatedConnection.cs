using Compeer.Cluster.Model;

namespace Compeer.Simulation;

/// <summary>One connection between two peers.</summary>
internal sealed class SimulatedConnection
{
    private readonly SimulatedNetwork _network;
    private readonly SimulatedTime _time;
    private readonly Side _dialler;
    private readonly Side _listener;

    public SimulatedConnection(
        SimulatedNetwork network, SimulatedTime time, SimulatedPeer dialler, SimulatedPeer listener, LinkId here, LinkId there)
    {
        _network = network;
        _time = time;
        _dialler = new Side(dialler, here, dialler.Life);
        _listener = new Side(listener, there, listener.Life);
    }

    public bool IsOver => _dialler.Closed && _listener.Closed;

    public bool Has(int peer) => _dialler.Peer.Index == peer || _listener.Peer.Index == peer;

    public bool Joins(int one, int other) => one != other && Has(one) && Has(other);

    public void Open()
    {
        _dialler.Peer.LinkOpened(_dialler.Life, this, _dialler.Link, _listener.Peer, dialledHere: true);
        _listener.Peer.LinkOpened(_listener.Life, this, _listener.Link, _dialler.Peer, dialledHere: false);
    }

    public void Send(LinkId from, ReadOnlyMemory<byte> frame)
    {
        var sender = SideOf(from);
        if (!sender.Closed)
        {
            sender.Outgoing.Enqueue(frame);
            Pump(sender);
        }
    }

    /// <summary>One end closes: it is told at once, the other when the news arrives.</summary>
    public void Close(LinkId from, string reason)
    {
        var closer = SideOf(from);
        if (!closer.Closed)
        {
            closer.Closed = true;
            closer.Finishing = true;
            closer.Peer.LinkClosed(closer.Life, closer.Link, reason);
            Pump(closer);
        }
    }

    /// <summary>Tells an end that the connection is gone.</summary>
    public void End(int peer, string reason)
    {
        var end = _dialler.Peer.Index == peer ? _dialler : _listener;
        if (!end.Closed)
        {
            end.Closed = true;
            end.Outgoing.Clear();
            end.Peer.LinkClosed(end.Life, end.Link, reason);
        }
    }

    /// <summary>The process at one end is gone.</summary>
    public void Abandon(int peer, bool silently)
    {
        var end = _dialler.Peer.Index == peer ? _dialler : _listener;
        end.Closed = true;
        end.Finishing = !silently;
        Pump(end);
    }

    /// <summary>Sends on what was held by a cut that is healed now.</summary>
    public void Flush()
    {
        Pump(_dialler);
        Pump(_listener);
    }

    private void Pump(Side sender)
    {
        var receiver = sender == _dialler ? _listener : _dialler;
        if (_network.IsCut(sender.Peer.Index, receiver.Peer.Index))
        {
            return;
        }

        while (sender.Outgoing.TryDequeue(out var frame))
        {
            Arrive(sender, () => Deliver(receiver, frame));
        }

        if (sender.Finishing)
        {
            sender.Finishing = false;
            Arrive(sender, () => End(receiver.Peer.Index, "the other side closed the connection"));
        }
    }

    /// <summary>After a delay, but never before what was sent earlier.</summary>
    private void Arrive(Side sender, Action action)
    {
        var at = _time.Now + _network.Delay();
        sender.LastArrival = at > sender.LastArrival ? at : sender.LastArrival;
        _time.At(sender.LastArrival, action);
    }

    private static void Deliver(Side receiver, ReadOnlyMemory<byte> frame)
    {
        if (!receiver.Closed)
        {
            receiver.Peer.FrameReceived(receiver.Life, receiver.Link, frame);
        }
    }

    private Side SideOf(LinkId link) => link == _dialler.Link ? _dialler : _listener;

    private sealed class Side(SimulatedPeer peer, LinkId link, int life)
    {
        public SimulatedPeer Peer { get; } = peer;

        public LinkId Link { get; } = link;

        /// <summary>Which life of the peer the connection belongs to; a restarted process has none of the old ones.</summary>
        public int Life { get; } = life;

        public Queue<ReadOnlyMemory<byte>> Outgoing { get; } = [];

        public TimeSpan LastArrival { get; set; }

        public bool Closed { get; set; }

        public bool Finishing { get; set; }
    }
}

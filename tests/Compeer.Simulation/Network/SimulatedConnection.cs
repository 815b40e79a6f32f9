using Compeer.Cluster.Model;
using Compeer.Simulation.Nodes;

namespace Compeer.Simulation.Network;

/// <summary>One connection between two nodes.</summary>
internal sealed class SimulatedConnection
{
    private readonly SimulatedNetwork _network;
    private readonly SimulatedTime _time;
    private readonly Side _dialler;
    private readonly Side _listener;

    public SimulatedConnection(
        SimulatedNetwork network, SimulatedTime time, SimulatedNode dialler, SimulatedNode listener, LinkId here, LinkId there)
    {
        _network = network;
        _time = time;
        _dialler = new Side(dialler, here, dialler.Life);
        _listener = new Side(listener, there, listener.Life);
    }

    public bool IsOver => _dialler.Closed && _listener.Closed;

    public bool Has(SimulatedNode node) => _dialler.Node == node || _listener.Node == node;

    public bool Joins(SimulatedNode one, SimulatedNode other) => one != other && Has(one) && Has(other);

    public void Open()
    {
        _dialler.Node.LinkOpened(_dialler.Life, this, _dialler.Link, _listener.Node, dialledHere: true);
        _listener.Node.LinkOpened(_listener.Life, this, _listener.Link, _dialler.Node, dialledHere: false);
    }

    public void Send(LinkId from, ReadOnlyMemory<byte> frame)
    {
        var sender = SideOf(from);
        if (sender.Closed)
        {
            return;
        }

        _network.CountFrame(frame.Length);
        sender.Outgoing.Enqueue(frame);
        sender.OnTheWay++;
        if (sender.OnTheWay > _network.FramesOnTheWay)
        {
            _network.CountOverflow(_dialler.Node, _listener.Node);
            sender.Outgoing.Clear();
            Close(from, $"more than {_network.FramesOnTheWay} frames behind");
            return;
        }

        Pump(sender);
    }

    /// <summary>One end closes, after what it sent: it is told at once, the other when the news arrives.</summary>
    public void Close(LinkId from, string reason)
    {
        var closer = SideOf(from);
        if (!closer.Closed)
        {
            closer.Closed = true;
            closer.Finishing = true;
            closer.Node.LinkClosed(closer.Life, closer.Link, reason);
            Pump(closer);
        }
    }

    /// <summary>Tells an end that the connection is gone.</summary>
    public void End(SimulatedNode node, string reason)
    {
        var end = SideOf(node);
        if (!end.Closed)
        {
            end.Closed = true;
            end.Outgoing.Clear();
            end.Node.LinkClosed(end.Life, end.Link, reason);
        }
    }

    /// <summary>The process at one end is gone.</summary>
    public void Abandon(SimulatedNode node, bool silently)
    {
        var end = SideOf(node);
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

    /// <summary>An end has processed a frame and takes another.</summary>
    public void Processed(LinkId at)
    {
        var receiver = SideOf(at);
        receiver.InRound--;
        TakeIn(receiver);
    }

    private void Pump(Side sender)
    {
        var receiver = OtherOf(sender);
        if (_network.IsCut(sender.Node, receiver.Node))
        {
            return;
        }

        while (sender.Outgoing.TryDequeue(out var frame))
        {
            Arrive(sender, () =>
            {
                receiver.Arrived.Enqueue(frame);
                TakeIn(receiver);
            });
        }

        if (sender.Finishing)
        {
            sender.Finishing = false;
            Arrive(sender, () =>
            {
                receiver.EndArrived = true;
                TakeIn(receiver);
            });
        }
    }

    /// <summary>After a delay, but never before what was sent earlier.</summary>
    private void Arrive(Side sender, Action action)
    {
        var at = _time.Now + _network.Delay();
        sender.LastArrival = at > sender.LastArrival ? at : sender.LastArrival;
        _time.At(sender.LastArrival, action);
    }

    /// <summary>Reads what has arrived, as far as the loop has room for it, and the end after it.</summary>
    private void TakeIn(Side receiver)
    {
        while (!receiver.Closed && receiver.InRound < _network.FramesInRound && receiver.Arrived.TryDequeue(out var frame))
        {
            OtherOf(receiver).OnTheWay--;
            receiver.InRound++;
            receiver.Node.FrameReceived(receiver.Life, receiver.Link, frame);
        }

        if (receiver.EndArrived && receiver.Arrived.Count == 0)
        {
            End(receiver.Node, "the other side closed the connection");
        }
    }

    private Side OtherOf(Side side) => side == _dialler ? _listener : _dialler;

    private Side SideOf(LinkId link) => link == _dialler.Link ? _dialler : _listener;

    private Side SideOf(SimulatedNode node) => node == _dialler.Node ? _dialler : _listener;

    private sealed class Side(SimulatedNode node, LinkId link, int life)
    {
        public SimulatedNode Node { get; } = node;

        public LinkId Link { get; } = link;

        /// <summary>Which life of the node the connection belongs to; a restarted process has none of the old ones.</summary>
        public int Life { get; } = life;

        public Queue<ReadOnlyMemory<byte>> Outgoing { get; } = [];

        public Queue<ReadOnlyMemory<byte>> Arrived { get; } = [];

        /// <summary>Frames sent from here that the other end has not taken in yet.</summary>
        public int OnTheWay { get; set; }

        public int InRound { get; set; }

        public TimeSpan LastArrival { get; set; }

        public bool Closed { get; set; }

        public bool Finishing { get; set; }

        public bool EndArrived { get; set; }
    }
}

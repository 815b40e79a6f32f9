using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Peer;

namespace Compeer.Daemon.Links;

/// <summary>
/// All links of this node: dials neighbours when the cluster asks for it, takes connections from the listener, and
/// carries frames between sockets and loop. Which link of a pair survives, when to dial and when to give up is the
/// cluster machine's decision, never made here.
/// </summary>
internal sealed class LinkHub : IAsyncDisposable
{
    private readonly NodeKey _own;
    private readonly Action<ReadOnlySpan<LoopInput>> _post;
    private readonly DaemonLog _log;

    // Not disposed of, as it has no timer: the loop may ask for something until the very end.
    private readonly CancellationTokenSource _cancellation = new();
    private readonly ConcurrentDictionary<LinkId, Link> _links = [];
    private readonly ConcurrentDictionary<NodeId, (LinkTraffic Sent, LinkTraffic Received)> _traffic = [];
    private readonly ConcurrentDictionary<Task, byte> _tasks = [];
    private ImmutableDictionary<NodeId, LinkTarget> _targets = ImmutableDictionary<NodeId, LinkTarget>.Empty;
    private readonly List<Link> _toRelease = [];
    private long _lastLink;

    /// <param name="own">This node's key.</param>
    /// <param name="post">Takes inputs for the loop, those that came together in one call.</param>
    /// <param name="log">Where refused connections are told.</param>
    public LinkHub(NodeKey own, Action<ReadOnlySpan<LoopInput>> post, DaemonLog log)
    {
        _own = own;
        _post = post;
        _log = log;
    }

    /// <summary>What was sent since the start.</summary>
    public LinkTraffic Sent { get; } = new(whole: null);

    /// <summary>What was received since the start.</summary>
    public LinkTraffic Received { get; } = new(whole: null);

    /// <summary>What was sent to a neighbour and received from it since it is one; null when there never was a link.</summary>
    public (LinkTraffic Sent, LinkTraffic Received)? TrafficWith(NodeId neighbour) =>
        _traffic.TryGetValue(neighbour, out var traffic) ? traffic : null;

    /// <summary>Replaces the neighbours; links to those that are gone are closed by the cluster machine, and their figures dropped.
    /// </summary>
    public void SetTargets(IEnumerable<LinkTarget> targets)
    {
        var present = targets.ToImmutableDictionary(target => target.Id);
        Volatile.Write(ref _targets, present);
        foreach (var former in _traffic.Keys.Where(neighbour => !present.ContainsKey(neighbour)))
        {
            _traffic.TryRemove(former, out _);
        }
    }

    /// <summary>Starts a dial; its outcome comes back as an input of the loop.</summary>
    public void Dial(NodeId neighbour)
    {
        if (_cancellation.IsCancellationRequested)
        {
            Post(new PeerInput.DialFailed(neighbour, "this node stops"));
        }
        else if (Volatile.Read(ref _targets).TryGetValue(neighbour, out var target))
        {
            Track(DialAsync(target));
        }
        else
        {
            Post(new PeerInput.DialFailed(neighbour, "it is not in merlin.conf any more"));
        }
    }

    /// <summary>Queues a frame on a link, to leave with all others of the round at <see cref="Release"/>. On the loop.</summary>
    public void Send(LinkId id, ReadOnlyMemory<byte> frame)
    {
        if (!_links.TryGetValue(id, out var link))
        {
            return;
        }

        if (!link.TrySend(frame))
        {
            link.Close($"more than {LinkOptions.FramesToSend} frames behind");
        }
        else if (!_toRelease.Contains(link))
        {
            _toRelease.Add(link);
        }
    }

    /// <summary>Lets everything go that was sent in a round. On the loop.</summary>
    public void Release()
    {
        foreach (var link in _toRelease)
        {
            link.Release();
        }

        _toRelease.Clear();
    }

    /// <summary>Closes a link after what was sent on it.</summary>
    public void Close(LinkId id, string reason)
    {
        if (_links.TryGetValue(id, out var link))
        {
            link.CloseAfterSending(reason);
        }
    }

    /// <summary>Authenticates an incoming connection; null when it was refused, which is logged with its reason.</summary>
    public async Task<IncomingLink?> AuthenticateAsync(Socket socket)
    {
        var remote = socket.RemoteEndPoint?.ToString() ?? "an unknown address";
        PublicKeyPin? shown = null;
        using var timeout = HandshakeTimeout();
        try
        {
            var stream = await LinkSecurity.AcceptAsync(
                new NetworkStream(socket, ownsSocket: true),
                _own,
                key =>
                {
                    shown = key.Length == 0 ? null : new PublicKeyPin(key);
                    return shown is not null && IsPinned(shown.Id, key);
                },
                timeout.Token).ConfigureAwait(false);
            return new IncomingLink(shown!.Id, stream, AddressOf(socket));
        }
        catch (Exception exception)
        {
            _log.Refused(remote, ReasonOf(exception, shown));
            return null;
        }
    }

    /// <summary>Carries an authenticated incoming connection until it ends.</summary>
    public Task ServeAsync(IncomingLink link) => CarryAsync(link.Neighbour, link.Stream, link.Address, dialledHere: false);

    public async ValueTask DisposeAsync()
    {
        foreach (var link in _links.Values)
        {
            link.CloseAfterSending("this node stops");
        }

        var all = Task.WhenAll(_tasks.Keys);
        await Task.WhenAny(all, Task.Delay(TimeSpan.FromMilliseconds(200))).ConfigureAwait(false);
        await _cancellation.CancelAsync().ConfigureAwait(false);
        foreach (var link in _links.Values)
        {
            link.Close("this node stops");
        }

        await Task.WhenAll(_tasks.Keys).ConfigureAwait(false);
    }

    /// <summary>Keeps a task known until it ends, so that stopping can wait for it.</summary>
    public void Track(Task task)
    {
        _tasks[task] = 0;
        _ = task.ContinueWith(
            (ended, state) => ((ConcurrentDictionary<Task, byte>)state!).TryRemove(ended, out _),
            _tasks,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private async Task DialAsync(LinkTarget target)
    {
        Socket? socket = null;
        SslStream stream;
        using (var timeout = HandshakeTimeout())
        {
            try
            {
                socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await ConnectAsync(socket, target, timeout.Token).ConfigureAwait(false);
                var wrongKey = false;
                var ownKey = false;
                try
                {
                    stream = await LinkSecurity.ConnectAsync(
                        new NetworkStream(socket, ownsSocket: true),
                        _own,
                        key =>
                        {
                            ownKey = _own.Pin.Matches(key);
                            return !(wrongKey = !target.Pin.Matches(key));
                        },
                        timeout.Token).ConfigureAwait(false);
                }
                catch (AuthenticationException) when (wrongKey)
                {
                    throw new WrongKeyException(target, ownKey);
                }
            }
            catch (Exception exception)
            {
                socket?.Dispose();
                Post(new PeerInput.DialFailed(target.Id, ReasonOf(exception, shown: null)));
                return;
            }
        }

        await CarryAsync(target.Id, stream, AddressOf(socket), dialledHere: true).ConfigureAwait(false);
    }

    private static async Task ConnectAsync(Socket socket, LinkTarget target, CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(target.Address, out var address))
        {
            await socket.ConnectAsync(new IPEndPoint(address, target.Port), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await socket.ConnectAsync(new DnsEndPoint(target.Address, target.Port), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task CarryAsync(NodeId neighbour, SslStream stream, string address, bool dialledHere)
    {
        var traffic = _traffic.GetOrAdd(neighbour, _ => (new LinkTraffic(Sent), new LinkTraffic(Received)));
        using var link = new Link(
            new LinkId(Interlocked.Increment(ref _lastLink)), neighbour, stream, traffic.Sent, traffic.Received);
        _links[link.Id] = link;
        Post(new PeerInput.LinkOpened(link.Id, neighbour, dialledHere, address));
        var reason = _cancellation.IsCancellationRequested
            ? "this node stops"
            : await link.RunAsync((frames, done) => PostFrames(link.Id, frames, done)).ConfigureAwait(false);
        _links.TryRemove(link.Id, out _);
        Post(new PeerInput.LinkClosed(link.Id, reason));
    }

    private void Post(PeerInput input) => _post([new LoopInput(input, Answered: null)]);

    private void PostFrames(LinkId link, IReadOnlyList<ReadOnlyMemory<byte>> frames, Action done)
    {
        var inputs = new LoopInput[frames.Count];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = new LoopInput(new PeerInput.Frame(link, frames[i]), done);
        }

        _post(inputs);
    }

    /// <summary>The other end's address, for people.</summary>
    private static string AddressOf(Socket socket) => socket.RemoteEndPoint is IPEndPoint remote
        ? (remote.Address.IsIPv4MappedToIPv6 ? remote.Address.MapToIPv4() : remote.Address).ToString()
        : "an unknown address";

    private bool IsPinned(NodeId id, byte[] key) =>
        Volatile.Read(ref _targets).TryGetValue(id, out var target) && target.Pin.Matches(key);

    private CancellationTokenSource HandshakeTimeout()
    {
        var timeout = CancellationTokenSource.CreateLinkedTokenSource(_cancellation.Token);
        timeout.CancelAfter(LinkOptions.HandshakeTimeout);
        return timeout;
    }

    private string ReasonOf(Exception exception, PublicKeyPin? shown) => exception switch
    {
        AuthenticationException when shown?.Id == _own.Pin.Id =>
            $"it has this node's own key ({shown.Id}): a machine was copied with its node.key, and needs one of its own",
        OperationCanceledException => $"no answer within {LinkOptions.HandshakeTimeout.TotalSeconds:0} s",
        AuthenticationException when shown is not null =>
            $"its key ({shown.Id}) is not the publickey of any node in merlin.conf",
        WrongKeyException wrong => wrong.Message,
        _ => LinkFault.Words(exception),
    };

    /// <summary>The other side shows another key than the one it is known by.</summary>
    private sealed class WrongKeyException(LinkTarget target, bool isOwn) : IOException(
        $"the key that {target.Address}:{target.Port} shows is not the publickey of {target.Name}"
        + (isOwn ? " but this node's own: the address is this node, or a machine that was copied with its node.key" : ""));
}

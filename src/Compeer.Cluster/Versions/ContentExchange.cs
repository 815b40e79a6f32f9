using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Cluster.Versions;

/// <summary>
/// Brings content, named by its hash, from neighbours that have it, piece after piece, and gives neighbours what this node has.
/// What comes is not looked at here: whoever asked knows by the hash whether it is right.
/// </summary>
/// <remarks>A neighbour that goes away, is silent about a piece for too long or does not have it is left for another one; as long
/// as the content is wanted, all are tried again after a while.</remarks>
/// <param name="context">What the parts of the machine share.</param>
/// <param name="sources">The links over which content can be asked for, the best one first.</param>
/// <param name="files">The neighbour whose files it is about; null when it is about configurations.</param>
internal sealed class ContentExchange(ClusterContext context, Func<IEnumerable<LinkId>> sources, NodeId? files = null)
{
    /// <summary>Pieces that are asked for at the same time.</summary>
    public const int MaxUnderWay = 8;

    /// <summary>Pieces that a neighbour may have asked for and not got yet; one that asks for more breaks the rules.</summary>
    public const int MaxOwed = 4 * MaxUnderWay;

    /// <summary>The largest content, bytes.</summary>
    public const long MaxContentBytes = 1L << 30;

    /// <summary>How long a neighbour may take for one piece.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>After this all neighbours are tried again.</summary>
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Fetch> _fetches = new(StringComparer.Ordinal);
    private readonly Queue<string> _waiting = new();
    private readonly Dictionary<LinkId, int> _owed = [];

    /// <summary>When <see cref="Advance"/> has something to do.</summary>
    public TimeSpan NextWake => _fetches.Count == 0 ? TimeSpan.MaxValue : _fetches.Values.Min(fetch => fetch.Deadline);

    private int PieceBytes => Math.Min(256 << 10, ProtocolLimits.MaxPayload(context.Options.MaxFrameBytes));

    /// <summary>Content is wanted; its pieces come out as <see cref="ClusterEffect.Content"/>, in order.</summary>
    public void Want(IEnumerable<string> hashes)
    {
        foreach (var hash in hashes)
        {
            if (!_fetches.ContainsKey(hash) && !_waiting.Contains(hash))
            {
                _waiting.Enqueue(hash);
            }
        }

        Start();
    }

    /// <summary>Nothing is wanted any more.</summary>
    public void WantNothing()
    {
        _waiting.Clear();
        _fetches.Clear();
    }

    /// <summary>A piece came; the rule that it breaks, or nothing. One that was not asked for is an answer that came too late.</summary>
    public string Receive(LinkId link, LinkFrame.ContentPart part)
    {
        if (!_fetches.TryGetValue(part.Hash, out var fetch) || fetch.Source != link || fetch.Received != part.Offset)
        {
            return "";
        }

        if (part.IsMissing)
        {
            fetch.Tried.Add(link);
            Ask(part.Hash, fetch);
            return "";
        }

        if (part.Total > MaxContentBytes || part.Offset + part.Data.Length > part.Total
            || (part.Data.Length == 0 && part.Offset < part.Total))
        {
            _fetches.Remove(part.Hash);
            _waiting.Enqueue(part.Hash);
            return $"a piece of {part.Data.Length} bytes at {part.Offset} of content of {part.Total} bytes";
        }

        // The next piece is asked for when the shell has put this one away: a disk that is slower than the network is not flooded.
        fetch.Received += part.Data.Length;
        fetch.Deadline = TimeSpan.MaxValue;
        context.Emit(new ClusterEffect.Content(part.Hash, part.Offset, part.Total, part.Data) { FilesOf = files });
        return "";
    }

    /// <summary>The shell has put a piece away.</summary>
    /// <param name="hash">Of the whole.</param>
    /// <param name="received">How much of it the shell has, bytes.</param>
    /// <param name="isWhole">Whether that is all.</param>
    public void Taken(string hash, long received, bool isWhole)
    {
        if (!_fetches.TryGetValue(hash, out var fetch) || fetch.Received != received || fetch.Deadline != TimeSpan.MaxValue)
        {
            return;
        }

        if (isWhole)
        {
            _fetches.Remove(hash);
            Start();
        }
        else
        {
            SendRequest(hash, fetch);
        }
    }

    /// <summary>A neighbour asks for a piece; the rule that it breaks, or nothing.</summary>
    public string Asked(LinkId link, LinkFrame.ContentRequest request)
    {
        var owed = _owed.GetValueOrDefault(link);
        if (owed >= MaxOwed)
        {
            return $"it asked for more than {MaxOwed} pieces of content at the same time";
        }

        _owed[link] = owed + 1;
        context.Emit(new ClusterEffect.ReadContent(link, request.Hash, request.Offset, Math.Min(request.Length, PieceBytes))
        {
            FilesFor = files,
        });
        return "";
    }

    /// <summary>The shell read a piece that a neighbour asked for; without a total it does not have the content.</summary>
    public void Answer(LinkId link, string hash, long offset, long? total, ReadOnlyMemory<byte> data)
    {
        if (_owed.TryGetValue(link, out var owed))
        {
            _owed[link] = owed - 1;
            context.Send(link, new LinkFrame.ContentPart(hash, offset, total ?? 0, IsMissing: total is null, data, files is not null));
        }
    }

    /// <summary>A link ended.</summary>
    public void Forget(LinkId link)
    {
        _owed.Remove(link);
        foreach (var (hash, fetch) in _fetches.Where(pair => pair.Value.Source == link).ToArray())
        {
            Ask(hash, fetch);
        }
    }

    /// <summary>Time passed, or there are other links.</summary>
    public void Advance()
    {
        foreach (var (hash, fetch) in _fetches.Where(pair => pair.Value.Deadline <= context.Monotonic).ToArray())
        {
            if (fetch.Source is { } slow)
            {
                fetch.Tried.Add(slow);
            }
            else
            {
                fetch.Tried.Clear();
            }

            Ask(hash, fetch);
        }
    }

    private void Start()
    {
        while (_fetches.Count < MaxUnderWay && _waiting.TryDequeue(out var hash))
        {
            var fetch = new Fetch();
            _fetches.Add(hash, fetch);
            Ask(hash, fetch);
        }
    }

    /// <summary>Asks the first neighbour that was not asked in vain, from the beginning: two may not have it in the same state.</summary>
    private void Ask(string hash, Fetch fetch)
    {
        fetch.Received = 0;
        fetch.Source = sources().Where(link => !fetch.Tried.Contains(link)).Select(link => (LinkId?)link).FirstOrDefault();
        if (fetch.Source is null)
        {
            fetch.Deadline = context.Monotonic + TryAgain;
            return;
        }

        SendRequest(hash, fetch);
    }

    private void SendRequest(string hash, Fetch fetch)
    {
        fetch.Deadline = context.Monotonic + Patience;
        context.Send(fetch.Source!.Value, new LinkFrame.ContentRequest(hash, fetch.Received, PieceBytes, files is not null));
    }

    private sealed class Fetch
    {
        public LinkId? Source { get; set; }

        public long Received { get; set; }

        public TimeSpan Deadline { get; set; }

        public HashSet<LinkId> Tried { get; } = [];
    }
}

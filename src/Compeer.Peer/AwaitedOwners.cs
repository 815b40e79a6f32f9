namespace Compeer.Peer;

/// <summary>What inputs that somebody relies on wait for elsewhere: the owners of objects of which this peer's engine had something to ask.
/// An input ends with the last of them; the first that says why not is what it is answered with.</summary>
internal sealed class AwaitedOwners
{
    private readonly Dictionary<long, Asking> _asked = [];
    private Asking? _current;

    /// <summary>Whether the input that is being taken waits for owners.</summary>
    public bool AreAwaited => _current is not null;

    /// <summary>An input is to be taken that somebody relies on.</summary>
    public void Begin() => _current = new Asking();

    /// <summary>The input asked an owner for something.</summary>
    /// <param name="number">What is answered.</param>
    public void Asked(long number)
    {
        _asked.Add(number, _current!);
        _current!.Left++;
    }

    /// <summary>An owner answered, or none can.</summary>
    public void Answered(long number, string? failure)
    {
        if (_asked.Remove(number, out var asking))
        {
            asking.Failure ??= failure;
            if (--asking.Left == 0 && asking.Ended is { } ended)
            {
                ended(asking.Failure);
            }
        }
    }

    /// <summary>The input was taken.</summary>
    /// <param name="ended">Called with why it failed elsewhere, or null, when the last owner answered; at once when none is to.</param>
    public void End(Action<string?> ended)
    {
        var taken = _current!;
        _current = null;
        if (taken.Left == 0)
        {
            ended(taken.Failure);
        }
        else
        {
            taken.Ended = ended;
        }
    }

    private sealed class Asking
    {
        public int Left { get; set; }

        public string? Failure { get; set; }

        public Action<string?>? Ended { get; set; }
    }
}

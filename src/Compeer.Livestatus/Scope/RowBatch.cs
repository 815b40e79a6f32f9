using System.Numerics;
using Compeer.Engine.Model;

namespace Compeer.Livestatus.Scope;

/// <summary>
/// Hosts or services that follow each other, up to <see cref="StateBlock.Size"/>, of which filters choose all at once. Which are chosen
/// is a mask of one bit each. Moves through all of a table; one thread at a time.
/// </summary>
internal sealed class RowBatch(QueryScope scope, bool isOfServices)
{
    /// <summary>Words of a mask.</summary>
    public const int Words = StateBlock.Size / 64;

    private readonly int _hosts = scope.Snapshot.Objects.Hosts.Length;
    private readonly int _count = isOfServices ? scope.Snapshot.Objects.Services.Length : scope.Snapshot.Objects.Hosts.Length;
    private StateBlock? _block;
    private int _first;
    private int _offset;
    private int _next;

    /// <summary>The moment.</summary>
    public QueryScope Scope => scope;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Goes on to the next ones; false when there are none.</summary>
    public bool MoveNext()
    {
        if (_next >= _count)
        {
            return false;
        }

        var index = _next + (isOfServices ? _hosts : 0);
        _first = _next;
        _offset = index % StateBlock.Size;
        Count = Math.Min(StateBlock.Size - _offset, _count - _next);
        _next += Count;
        _block = scope.Snapshot.Block(index / StateBlock.Size);
        return true;
    }

    /// <summary>One of them as a row.</summary>
    public Row this[int index] => isOfServices
        ? Row.Of(scope.Snapshot.Objects.Services[_first + index])
        : Row.Of(scope.Snapshot.Objects.Hosts[_first + index]);

    /// <summary>A small number of the state of each.</summary>
    public ReadOnlySpan<byte> Bytes(StateField field) => _block![field].Slice(_offset, Count);

    /// <summary>Chooses all.</summary>
    public void All(Span<ulong> mask)
    {
        for (var word = 0; word < Words; word++)
        {
            var bits = Math.Clamp(Count - (64 * word), 0, 64);
            mask[word] = bits == 64 ? ulong.MaxValue : (1UL << bits) - 1;
        }
    }

    /// <summary>How many are chosen.</summary>
    public static int CountOf(ReadOnlySpan<ulong> mask)
    {
        var count = 0;
        foreach (var word in mask)
        {
            count += BitOperations.PopCount(word);
        }

        return count;
    }
}

using Compeer.Engine.Model;

namespace Compeer.Engine.Import;

/// <summary>
/// The ids of the comments, or of the downtimes, of a <c>retention.dat</c>. Each is made of what the entry says, so that it is known when
/// the file is read again, here or at another node; its number is the file's, unless something else has that. What is remembered is
/// bounded by how many entries there may be, however long the file is.
/// </summary>
/// <param name="imported">The entry that was imported under a writer; null when there is none.</param>
/// <param name="isUsed">Whether an entry has a number.</param>
/// <param name="next">A number that none has.</param>
/// <param name="count">How many entries there are.</param>
/// <param name="most">How many there may be.</param>
internal sealed class RetainedIds(
    Func<EntryWriter, ObjectEntry?> imported, Func<ulong, bool> isUsed, Func<ulong> next, Func<int> count, int most)
{
    private readonly Dictionary<long, EntryId> _ofFile = [];
    private readonly Dictionary<EntryWriter, EntryId> _planned = [];
    private readonly HashSet<ulong> _numbers = [];

    /// <summary>Whether one more may be taken.</summary>
    public bool HasRoom => count() + _planned.Count < most;

    /// <summary>The id that an entry has already, from an earlier reading or from this one; null when it is new.</summary>
    public EntryId? Known(EntryWriter writer) =>
        imported(writer)?.Id ?? (_planned.TryGetValue(writer, out var planned) ? planned : null);

    /// <summary>An id for what is new. It counts as one that will be there, until <see cref="Taken"/>.</summary>
    /// <param name="writer">Who it is by.</param>
    /// <param name="number">The file's number.</param>
    public EntryId Plan(EntryWriter writer, long number)
    {
        var given = number > 0 ? (ulong)number : 0;
        for (var isFree = given != 0 && !isUsed(given); !isFree || !_numbers.Add(given); isFree = true)
        {
            given = next();
        }

        return _planned[writer] = new EntryId(given, writer);
    }

    /// <summary>What was planned, with another number should that be used by now.</summary>
    public EntryId Free(EntryId planned) => isUsed(planned.Number) ? Plan(planned.Writer, 0) : planned;

    /// <summary>What was planned is there.</summary>
    public void Taken(EntryId id)
    {
        _planned.Remove(id.Writer);
        _numbers.Remove(id.Number);
    }

    /// <summary>What the file calls by this number is there, or will be.</summary>
    public void Note(long number, EntryId id)
    {
        if (_ofFile.Count < most)
        {
            _ofFile[number] = id;
        }
    }

    /// <summary>What the file calls by a number; null when that is not there.</summary>
    public EntryId? Of(long number) => _ofFile.TryGetValue(number, out var id) ? id : null;
}

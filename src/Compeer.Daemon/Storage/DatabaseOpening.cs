using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Storage.Model;

namespace Compeer.Daemon.Storage;

/// <summary>Opens the database of a node; one that is damaged is kept aside, which is said, and a new one takes its place.</summary>
/// <param name="open">Opens it.</param>
/// <param name="setAside">Moves a damaged one out of the way and says where it is.</param>
/// <param name="salvage">Reads what can be read of a damaged one there.</param>
/// <param name="log">For people.</param>
/// <param name="ahead">One that was opened and read already; null for none.</param>
internal sealed class DatabaseOpening(
    Func<IValueDatabase> open,
    Func<string> setAside,
    Func<string, StoredValues> salvage,
    DaemonLog log,
    (IValueDatabase Database, StoredValues Found)? ahead)
{
    private (IValueDatabase Database, StoredValues Found)? _ahead = ahead;

    /// <summary>What could be read of a damaged one and was not given out, since no new one could be begun.</summary>
    private StoredValues? _salvaged;

    /// <summary>Whether there was a damaged one of which something could be read: the new one has none of that.</summary>
    public bool HasSalvaged { get; private set; }

    /// <summary>Whether another program held it when it was tried last: what is in its files may be half of what it has.</summary>
    public bool IsLocked { get; private set; }

    /// <summary>Opens and reads it.</summary>
    /// <param name="isSalvaged">Whether nobody else has what is in a damaged one.</param>
    /// <returns>The database and what it had, or why it cannot be used.</returns>
    public (IValueDatabase? Database, StoredValues? Found, string? Problem) Try(bool isSalvaged)
    {
        if (_ahead is var (opened, values))
        {
            _ahead = null;
            return (opened, values, null);
        }

        for (var isSecond = false; ; isSecond = true)
        {
            IValueDatabase? database = null;
            try
            {
                database = open();
                var found = database.Read();
                found = _salvaged ?? found;
                _salvaged = null;
                return (database, found, null);
            }
            catch (StorageException fault)
            {
                database?.Dispose();
                IsLocked = fault.Fault == StorageFault.Locked;
                if (isSecond || fault.Fault != StorageFault.Damaged)
                {
                    return (null, null, fault.Message);
                }

                try
                {
                    _salvaged = SetAside(fault, isSalvaged);
                }
                catch (StorageException second)
                {
                    return (null, null, $"{fault.Message}; {second.Message}");
                }
            }
        }
    }

    /// <returns>What could be read of it.</returns>
    private StoredValues SetAside(StorageException fault, bool isSalvaged)
    {
        var place = setAside();
        var values = isSalvaged ? salvage(place) : StoredValues.Empty;
        HasSalvaged |= values.Values.Count > 0;
        log.Error($"{fault.Message}; it is kept as {place}, and a new one is begun" + (values.Values.Count == 0
            ? ": what only it had is lost"
            : $" with what can be read of it, {values.Values.Count} values: what else only it had is lost"));
        return values;
    }
}

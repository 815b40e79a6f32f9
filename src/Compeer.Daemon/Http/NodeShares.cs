using Compeer.Api;

namespace Compeer.Daemon.Http;

/// <summary>Counts which member of the division handles how many checks.</summary>
internal sealed class NodeShares(int members, int totalHosts, int totalServices, DateTimeOffset takenAt)
{
    private readonly (int Handled, int Expired)[] _hosts = new (int, int)[members];
    private readonly (int Handled, int Expired)[] _services = new (int, int)[members];

    public int TotalHosts => totalHosts;

    public int TotalServices => totalServices;

    /// <summary>When the states were looked at.</summary>
    public DateTimeOffset TakenAt => takenAt;

    public void Add(int member, bool isHost, bool expired)
    {
        ref var share = ref (isHost ? _hosts : _services)[member];
        share.Handled++;
        share.Expired += expired ? 1 : 0;
    }

    /// <summary>The share of a member; of a node that is none (index -1), nothing.</summary>
    /// <param name="member">Its number among those that own objects.</param>
    /// <param name="total">What its group has.</param>
    public CheckShare Hosts(int member, int total) =>
        member < 0 ? new CheckShare(0, 0, total) : new CheckShare(_hosts[member].Handled, _hosts[member].Expired, total);

    /// <inheritdoc cref="Hosts"/>
    public CheckShare Services(int member, int total) => member < 0
        ? new CheckShare(0, 0, total)
        : new CheckShare(_services[member].Handled, _services[member].Expired, total);
}

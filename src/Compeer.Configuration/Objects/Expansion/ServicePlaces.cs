using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>
/// Which services there are: every service object on every host that it names or that is in a host group it names, in
/// the order of hosts and descriptions. Their position here is their index in the finished configuration.
/// </summary>
internal sealed class ServicePlaces
{
    /// <summary>More services than this, on all hosts, are refused: about fifty times what one machine can check.</summary>
    private const int Most = 10_000_000;

    private readonly CompilationContext _context;
    private readonly HostLists _hosts;
    private readonly int[] _seenOnHost;
    private int _round;
    private readonly List<(int Service, ServicePlace Lost)> _lost = [];
    private ServicePlace[] _places = new ServicePlace[1024];
    private int[] _firstOfHost = [];
    private int[] _rank = [];

    public ServicePlaces(CompilationContext context, HostLists hosts)
    {
        _context = context;
        _hosts = hosts;
        _seenOnHost = new int[hosts.Names.Count];
        foreach (var raw in context.ObjectsOf(ObjectType.Service))
        {
            if (context.IsRegistered(raw))
            {
                Place(raw);
            }

            if (Count > Most)
            {
                context.Error(raw, $"leads to more than {Most} services in all");
                Count = 0;
                break;
            }
        }

        Sort();
        RemoveDuplicates();
    }

    public int Count { get; private set; }

    public ServicePlace this[int index] => _places[index];

    /// <summary>Definitions that lost to another of the same service, with its index. Naemon lets what they say about service groups
    /// count all the same.</summary>
    public IReadOnlyList<(int Service, ServicePlace Lost)> Lost => _lost;

    /// <summary>The services of a host, from the first to before the last index.</summary>
    public (int First, int End) OfHost(int host) => (_firstOfHost[host], _firstOfHost[host + 1]);

    /// <summary>The service of this description on a host, or -1.</summary>
    public int Find(int host, Atom description)
    {
        if ((uint)description.Number >= (uint)_rank.Length || _rank[description.Number] == 0)
        {
            return -1;
        }

        (var low, var end) = OfHost(host);
        var high = end - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var difference = _rank[_places[middle].Description.Number] - _rank[description.Number];
            if (difference == 0)
            {
                return middle;
            }

            (low, high) = difference < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private void Place(RawId raw)
    {
        var description = _context.Resolver.Value(raw, Directive.ServiceDescription);
        var hostList = _context.Resolver.Value(raw, Directive.HostName);
        var groupList = _context.Resolver.Value(raw, Directive.HostGroupName);
        if (!description.IsValue || (!hostList.IsValue && !groupList.IsValue))
        {
            ReportIncomplete(raw, !description.IsValue);
            return;
        }

        if (description == _context.Atoms.Empty)
        {
            _context.Error(raw, Directive.ServiceDescription, "is empty");
            return;
        }

        CheckDescription(raw, description);
        var host = groupList.IsValue ? -1 : _hosts.Names.Find(hostList);
        if (host >= 0 && !_context.IsPattern(_hosts.Names.Name(host)))
        {
            // Nearly all services of large configurations name one host.
            Add(new ServicePlace(host, description, raw, FromGroup: false, IsCopy: false));
            return;
        }

        PlaceOnList(raw, description, hostList, groupList);
    }

    private void PlaceOnList(RawId raw, Atom description, Atom hostList, Atom groupList)
    {
        var before = Count;
        _round++;
        var hosts = _hosts.Expander.Expand(raw, Directive.HostName, hostList);
        var groups = _hosts.GroupExpander.Expand(raw, Directive.HostGroupName, groupList);
        if (!_context.MaySpend(
            raw, hosts.Accepted.Length + groups.Accepted.Concat(groups.Rejected).Sum(g => (long)_hosts.GroupMembers(g).Length)))
        {
            return;
        }

        foreach (var rejected in hosts.Rejected.Concat(groups.Rejected.SelectMany(_hosts.GroupMembers)))
        {
            _seenOnHost[rejected] = _round;
        }

        var original = Original(hosts, groups);
        foreach (var host in hosts.Accepted)
        {
            AddOnce(new ServicePlace(host, description, raw, FromGroup: false, IsCopy: host != original));
        }

        foreach (var group in groups.Accepted)
        {
            foreach (var host in _hosts.GroupMembers(group))
            {
                AddOnce(new ServicePlace(host, description, raw, FromGroup: true, IsCopy: host != original));
            }
        }

        if (Count == before && groupList.IsValue && groups.Problems.Count == 0 && hosts.Problems.Count == 0)
        {
            ReportEmpty(raw);
        }
    }

    /// <summary>
    /// The host that Naemon keeps the definition itself for: it goes through the hosts named and then the groups, each from the last
    /// named to the first, makes a copy for every host and uses the definition for the very last, unless that host had its turn
    /// already. -1 when there is none.
    /// </summary>
    private int Original(NameList hosts, NameList groups)
    {
        if (groups.Sequence.Length == 0)
        {
            return hosts.Sequence.Length > 0 && Array.IndexOf(hosts.Sequence, hosts.Sequence[0], 1) < 0 ? hosts.Sequence[0] : -1;
        }

        var last = _hosts.Membership.FirstAdded(groups.Sequence[0]);
        var hadItsTurn = Array.IndexOf(hosts.Sequence, last) >= 0
            || groups.Sequence.Skip(1).Any(group => Array.BinarySearch(_hosts.GroupMembers(group), last) >= 0);
        return hadItsTurn ? -1 : last;
    }

    private void ReportIncomplete(RawId raw, bool noDescription)
    {
        // As in Naemon, a service with a name and without a place is a template, even without "register 0".
        if (_context.Raw.Own(raw, Directive.Name) is null)
        {
            _context.Error(raw, noDescription ? "has no service_description" : "has neither host_name nor hostgroup_name");
        }
    }

    private void ReportEmpty(RawId raw)
    {
        if (_context.Main.AllowEmptyHostGroupAssignment != EmptyHostGroupAssignment.Allow)
        {
            _context.Warning(raw, Directive.HostGroupName, "no host is in these host groups, so the service runs nowhere");
        }
    }

    private void CheckDescription(RawId raw, Atom description)
    {
        if (_rank.Length <= description.Number)
        {
            Array.Resize(ref _rank, Math.Max(description.Number + 1, _context.Atoms.Count));
        }

        if (_rank[description.Number] == 0)
        {
            // Any value but 0 until the real ranks are known: checked, and in use.
            _rank[description.Number] = 1;
            _context.CheckName(
                _context.Resolver.Locate(raw, Directive.ServiceDescription) is { } place
                    ? _context.Raw.Position(place.Id, place.Directive)
                    : _context.Raw.Position(raw),
                "service_description",
                description);
        }
    }

    private void AddOnce(ServicePlace place)
    {
        if (_seenOnHost[place.Host] != _round)
        {
            _seenOnHost[place.Host] = _round;
            Add(place);
        }
    }

    private void Add(ServicePlace place)
    {
        if (Count == _places.Length)
        {
            Array.Resize(ref _places, _places.Length * 2);
        }

        _places[Count++] = place;
    }

    /// <summary>By host in one pass, then the few of each host by the order of descriptions.</summary>
    private void Sort()
    {
        RankDescriptions();
        _firstOfHost = new int[_hosts.Names.Count + 1];
        for (var i = 0; i < Count; i++)
        {
            _firstOfHost[_places[i].Host + 1]++;
        }

        for (var i = 1; i < _firstOfHost.Length; i++)
        {
            _firstOfHost[i] += _firstOfHost[i - 1];
        }

        var sorted = new ServicePlace[Count];
        int[] next = [.. _firstOfHost];
        for (var i = 0; i < Count; i++)
        {
            sorted[next[_places[i].Host]++] = _places[i];
        }

        _places = sorted;
        for (var host = 0; host + 1 < _firstOfHost.Length; host++)
        {
            sorted.AsSpan(_firstOfHost[host].._firstOfHost[host + 1]).Sort(Compare);
        }
    }

    /// <summary>By description; of the same the one that counts comes first: one that names the host before one through
    /// a group. What is left is ambiguous, and decided as the order of Naemon's lists decides it: a copy made for one of
    /// several hosts before a definition for one, of copies the one defined first, else the one defined last.</summary>
    private int Compare(ServicePlace a, ServicePlace b)
    {
        var byDescription = _rank[a.Description.Number].CompareTo(_rank[b.Description.Number]);
        if (byDescription != 0)
        {
            return byDescription;
        }

        if (a.FromGroup != b.FromGroup)
        {
            return a.FromGroup.CompareTo(b.FromGroup);
        }

        if (a.IsCopy != b.IsCopy)
        {
            return b.IsCopy.CompareTo(a.IsCopy);
        }

        return a.IsCopy ? a.Raw.CompareTo(b.Raw) : b.Raw.CompareTo(a.Raw);
    }

    private void RankDescriptions()
    {
        var used = new List<int>();
        for (var atom = 0; atom < _rank.Length; atom++)
        {
            if (_rank[atom] != 0)
            {
                used.Add(atom);
            }
        }

        used.Sort((a, b) => string.CompareOrdinal(_context.Atoms.Text(new Atom(a)), _context.Atoms.Text(new Atom(b))));
        for (var i = 0; i < used.Count; i++)
        {
            _rank[used[i]] = i + 1;
        }
    }

    private void RemoveDuplicates()
    {
        var kept = 0;
        for (var host = 0; host + 1 < _firstOfHost.Length; host++)
        {
            (var first, var end) = OfHost(host);
            _firstOfHost[host] = kept;
            for (var i = first; i < end; i++)
            {
                if (i > first && kept > _firstOfHost[host] && _places[kept - 1].Description == _places[i].Description)
                {
                    ReportDuplicate(_places[kept - 1], _places[i]);
                    _lost.Add((kept - 1, _places[i]));
                }
                else
                {
                    _places[kept++] = _places[i];
                }
            }
        }

        _firstOfHost[^1] = kept;
        Count = kept;
    }

    /// <summary>Naemon warns of two services of the same kind of place; that one on the host wins over one of a group is
    /// how a group's service is meant to be overridden.</summary>
    private void ReportDuplicate(ServicePlace used, ServicePlace left)
    {
        if (used.FromGroup == left.FromGroup)
        {
            _context.Diagnostics.Warning(
                _context.Raw.Position(left.Raw),
                $"service '{_context.Atoms.Text(used.Description)}' on host '{_hosts.Names.Name(used.Host)}' is defined again "
                + $"at {_context.Raw.Position(used.Raw)}, which counts");
        }
    }
}

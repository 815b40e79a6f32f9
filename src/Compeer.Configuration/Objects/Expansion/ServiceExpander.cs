using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>Expands lists of services: descriptions on a host, with <c>*</c>, <c>!</c> and regular expressions, and lists of
/// pairs of host and description as in the members of a service group.</summary>
internal sealed class ServiceExpander(CompilationContext context, HostLists hosts, ServicePlaces places)
{
    private readonly Dictionary<string, NamePattern> _patterns = new(StringComparer.Ordinal);

    /// <summary>The services on one host that a list of descriptions names.</summary>
    public void Expand(RawId raw, Directive directive, int host, Atom list, List<int> accepted, HashSet<int> rejected)
    {
        foreach (var item in context.List(list))
        {
            ExpandItem(raw, directive, host, item, accepted, rejected);
        }
    }

    /// <summary>The services in a list <c>host,description,host,description</c>.</summary>
    public (List<int> Accepted, HashSet<int> Rejected) ExpandPairs(RawId raw, Directive directive, Atom list)
    {
        var accepted = new List<int>();
        var rejected = new HashSet<int>();
        var items = list.IsValue ? context.List(list) : [];
        if (items.Length % 2 != 0)
        {
            context.Error(raw, directive, $"'{context.Atoms.Text(items[^1])}' has no description after it; "
                + "write pairs: host,description,host,description");
        }

        for (var i = 0; i + 1 < items.Length; i += 2)
        {
            foreach (var host in HostsOf(raw, directive, items[i]))
            {
                ExpandItem(raw, directive, host, items[i + 1], accepted, rejected);
            }
        }

        accepted.RemoveAll(rejected.Contains);
        return ([.. accepted.Distinct()], rejected);
    }

    /// <summary>The services of service groups, and those of a description on hosts and the hosts of host groups.</summary>
    public List<int> Expand(RawId raw, ServiceSelection selection, NameExpander serviceGroups, Func<int, int[]> groupMembers)
    {
        var accepted = new List<int>();
        var rejected = new HashSet<int>();
        var groups = serviceGroups.Expand(raw, selection.ServiceGroupDirective, selection.ServiceGroups);
        if (context.MaySpend(raw, groups.Accepted.Concat(groups.Rejected).Sum(g => (long)groupMembers(g).Length)))
        {
            rejected.UnionWith(groups.Rejected.SelectMany(groupMembers));
            accepted.AddRange(groups.Accepted.SelectMany(groupMembers));
        }

        if (selection.Descriptions.IsValue)
        {
            foreach (var host in HostsOf(raw, selection, namedWin: false))
            {
                Expand(raw, selection.DescriptionDirective, host, selection.Descriptions, accepted, rejected);
            }
        }

        accepted.RemoveAll(rejected.Contains);
        return [.. accepted.Distinct()];
    }

    /// <summary>The hosts of a selection: those named and those of the groups, without those named with <c>!</c>.</summary>
    /// <param name="raw">The object that names them.</param>
    /// <param name="selection">The lists.</param>
    /// <param name="namedWin">Whether <c>!</c> takes hosts out of the groups only: Naemon's rule for dependencies, escalations
    /// and extended information of hosts, unlike that for services.</param>
    public List<int> HostsOf(RawId raw, ServiceSelection selection, bool namedWin)
    {
        var named = hosts.Expander.Expand(raw, selection.HostDirective, selection.Hosts);
        var groups = hosts.GroupExpander.Expand(raw, selection.HostGroupDirective, selection.HostGroups);
        if (!context.MaySpend(
            raw, named.Accepted.Length + groups.Accepted.Concat(groups.Rejected).Sum(g => (long)hosts.GroupMembers(g).Length)))
        {
            return [];
        }

        var rejected = new HashSet<int>(named.Rejected);
        rejected.UnionWith(groups.Rejected.SelectMany(hosts.GroupMembers));
        var ofGroups = groups.Accepted.SelectMany(hosts.GroupMembers).Where(h => !rejected.Contains(h));
        return [.. named.Accepted.Where(h => namedWin || !rejected.Contains(h)).Concat(ofGroups).Distinct()];
    }

    private IEnumerable<int> HostsOf(RawId raw, Directive directive, Atom item)
    {
        var name = context.Atoms.Text(item);
        if (!context.IsPattern(name))
        {
            var host = hosts.Names.Find(item);
            if (host >= 0)
            {
                return [host];
            }

            context.Unmatched(raw, directive, "host", name, hosts.Names);
            return [];
        }

        return PatternOf(raw, directive, name) is { } pattern && context.MaySpend(raw, pattern.Steps * (long)hosts.Names.Count)
            ? Enumerable.Range(0, hosts.Names.Count).Where(h => pattern.IsMatch(hosts.Names.Name(h)))
            : [];
    }

    private void ExpandItem(RawId raw, Directive directive, int host, Atom item, List<int> accepted, HashSet<int> rejected)
    {
        (var first, var end) = places.OfHost(host);
        if (!context.MaySpend(raw, 1 + end - first))
        {
            return;
        }

        var text = context.Atoms.Text(item);
        var reject = text[0] == '!';
        var description = reject ? text[1..].TrimStart() : text;
        var found = Find(raw, directive, host, description);
        if (found is not null && reject)
        {
            rejected.UnionWith(found);
        }
        else if (found is not null)
        {
            accepted.AddRange(found);
        }
        else if (!reject)
        {
            ReportMissing(raw, directive, host, description);
        }
    }

    /// <summary>The services of a host that an item names; null when it names one that does not exist.</summary>
    private IEnumerable<int>? Find(RawId raw, Directive directive, int host, string description)
    {
        (var first, var end) = places.OfHost(host);
        var all = Enumerable.Range(first, end - first);
        if (description == "*" || (context.Main.UseRegexpMatching && description == ".*"))
        {
            return all;
        }

        if (context.IsPattern(description))
        {
            if (PatternOf(raw, directive, description) is not { } pattern)
            {
                return [];
            }

            List<int> matching = [.. all.Where(s => pattern.IsMatch(context.Atoms.Text(places[s].Description)))];
            return matching.Count > 0 ? matching : null;
        }

        var service = places.Find(host, context.Atoms.Find(ConfigurationText.Encode(description)));
        return service >= 0 ? [service] : null;
    }

    private NamePattern? PatternOf(RawId raw, Directive directive, string expression)
    {
        if (!_patterns.TryGetValue(expression, out var pattern))
        {
            if (!context.MaySpend(raw, NamePattern.StepsToCreate))
            {
                return null;
            }

            pattern = NamePattern.Create(expression == "*" ? ".*" : expression, out var error);
            if (pattern is null)
            {
                context.Error(raw, directive, error!);
                return null;
            }

            _patterns[expression] = pattern;
        }

        return pattern;
    }

    private void ReportMissing(RawId raw, Directive directive, int host, string description)
    {
        var name = hosts.Names.Name(host);
        if (context.IsPattern(description))
        {
            context.Error(raw, directive, $"no service on host '{name}' matches '{description}'");
            return;
        }

        (var first, var end) = places.OfHost(host);
        List<string> known = [.. Enumerable.Range(first, end - first).Select(s => context.Atoms.Text(places[s].Description))];
        var hint = context.ExpressionHint(description);
        hint = hint.Length > 0 ? hint : context.Diagnostics.Suggest(description, known);
        context.Error(raw, directive, $"there is no service '{description}' on host '{name}'{hint}");
    }
}

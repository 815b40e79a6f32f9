using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>The directives by which dependencies, escalations and extended information name hosts or services, with their
/// values as atoms.</summary>
internal sealed record ServiceSelection(
    Atom Hosts,
    Atom HostGroups,
    Atom ServiceGroups,
    Atom Descriptions,
    Directive HostDirective,
    Directive HostGroupDirective,
    Directive ServiceGroupDirective,
    Directive DescriptionDirective)
{
    /// <summary>Whether neither hosts nor host groups nor service groups are named.</summary>
    public bool HasNoPlace => !Hosts.IsValue && !HostGroups.IsValue && !ServiceGroups.IsValue;

    /// <summary>What is wrong with lists that Naemon refuses together, where it would be easy to believe that one narrows the
    /// other: a description without hosts, or hosts without a description, beside service groups.</summary>
    public string? Contradiction(ObjectType type)
    {
        var hasHosts = Hosts.IsValue || HostGroups.IsValue;
        if (!ServiceGroups.IsValue || hasHosts == Descriptions.IsValue)
        {
            return null;
        }

        var table = DirectiveSchema.Of(type);
        string Name(Directive directive) => table.Find(directive)!.Name;
        return hasHosts
            ? $"has hosts and {Name(ServiceGroupDirective)}, but no {Name(DescriptionDirective)}; hosts do not narrow service groups"
            : $"has {Name(DescriptionDirective)} and {Name(ServiceGroupDirective)}, but neither {Name(HostDirective)} nor "
                + $"{Name(HostGroupDirective)}; a description does not narrow service groups";
    }

    /// <summary>What an object names with <c>host_name</c> and its like.</summary>
    public static ServiceSelection Of(ResolvedObject values) => Create(
        values, Directive.HostName, Directive.HostGroupName, Directive.ServiceGroupName, Directive.ServiceDescription);

    /// <summary>What a dependency names with <c>dependent_host_name</c> and its like.</summary>
    public static ServiceSelection OfDependent(ResolvedObject values) => Create(
        values,
        Directive.DependentHostName,
        Directive.DependentHostGroupName,
        Directive.DependentServiceGroupName,
        Directive.DependentServiceDescription);

    private static ServiceSelection Create(
        ResolvedObject values, Directive hosts, Directive hostGroups, Directive serviceGroups, Directive descriptions) => new(
            values[hosts],
            values[hostGroups],
            values[serviceGroups],
            values[descriptions],
            hosts,
            hostGroups,
            serviceGroups,
            descriptions);
}

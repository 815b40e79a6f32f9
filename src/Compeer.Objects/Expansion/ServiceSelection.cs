using Compeer.Objects.Syntax;
using Compeer.Objects.Templates;

namespace Compeer.Objects.Expansion;

/// <summary>The directives by which dependencies, escalations and extended information name hosts or services, with their
/// values as atoms.</summary>
internal sealed record ServiceSelection(
    int Hosts,
    int HostGroups,
    int ServiceGroups,
    int Descriptions,
    Directive HostDirective,
    Directive HostGroupDirective,
    Directive ServiceGroupDirective,
    Directive DescriptionDirective)
{
    /// <summary>Whether neither hosts nor host groups nor service groups are named.</summary>
    public bool HasNoPlace => Hosts < 0 && HostGroups < 0 && ServiceGroups < 0;

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

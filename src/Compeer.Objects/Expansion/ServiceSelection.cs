using Compeer.Objects.Syntax;

namespace Compeer.Objects.Expansion;

/// <summary>The lists, as atoms, by which dependencies, escalations and extended information name hosts or services, and
/// the directives that they stand in.</summary>
internal sealed record ServiceSelection(
    int Hosts,
    int HostGroups,
    int ServiceGroups,
    int Descriptions,
    Directive HostDirective,
    Directive HostGroupDirective,
    Directive ServiceGroupDirective,
    Directive DescriptionDirective);

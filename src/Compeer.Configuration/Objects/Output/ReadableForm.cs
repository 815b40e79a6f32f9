using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Output;

/// <summary>
/// How objects are written to be read again, by a node with a main configuration of its own: the object cache's format, but nothing is
/// lost. What starts a comment is escaped, what was cancelled with <c>null</c> is cancelled again, what the main configuration
/// decides is not decided anew, and what holds without being said is not said.
/// </summary>
/// <param name="HostCheckTimeout">The limit of host checks that is not written, because the main configuration has it.</param>
/// <param name="ServiceCheckTimeout">The same of services.</param>
/// <param name="IsIncluded">Whether a host is written; references to others are left out.</param>
internal sealed record ReadableForm(TimeSpan HostCheckTimeout, TimeSpan ServiceCheckTimeout, Func<HostDefinition, bool> IsIncluded)
{
    /// <summary>What takes a value away that would be inherited.</summary>
    public const string Cancelled = "null";
}

using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Expansion;

/// <summary>A service on one host, before it is built.</summary>
/// <param name="Host">Index of the host.</param>
/// <param name="Description">The description's atom.</param>
/// <param name="Raw">The object that defines it.</param>
/// <param name="FromGroup">Whether it comes through a host group; one that names the host wins over it.</param>
/// <param name="IsCopy">Whether the definition is for several hosts and this is not the one that Naemon keeps the
/// definition itself for; decides between definitions of the same service.</param>
internal readonly record struct ServicePlace(int Host, Atom Description, RawId Raw, bool FromGroup, bool IsCopy);

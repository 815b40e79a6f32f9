namespace Compeer.Engine.Model;

/// <summary>
/// A host or a service, as a dense index: hosts first in the order of their names, then services in the order of
/// (host name, service description). It is valid within one configuration only.
/// </summary>
/// <param name="Index">From 0 to hosts + services - 1.</param>
public readonly record struct CheckableId(int Index);

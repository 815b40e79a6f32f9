namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A host within one configuration.</summary>
/// <param name="Index">Its place in <see cref="ObjectConfiguration.Hosts"/>, which stand in the order of their names.</param>
public readonly record struct HostId(int Index);

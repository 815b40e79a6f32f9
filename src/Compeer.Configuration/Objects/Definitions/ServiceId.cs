namespace Compeer.Configuration.Objects.Definitions;

/// <summary>A service within one configuration.</summary>
/// <param name="Index">Its place in <see cref="ObjectConfiguration.Services"/>, which stand in the order of (host name, service
/// description).</param>
public readonly record struct ServiceId(int Index);

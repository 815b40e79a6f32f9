namespace Compeer.Configuration.Versions;

/// <summary>A manifest that was read, or why there is none.</summary>
/// <param name="Manifest">The manifest; null when the bytes are none.</param>
/// <param name="Problem">What is wrong with them; empty when nothing is.</param>
public readonly record struct ManifestReading(ConfigurationManifest? Manifest, string Problem);

namespace Compeer.Configuration.Versions;

/// <summary>A variable of the main configuration that belongs to a configuration: other peers get it with the objects.</summary>
/// <param name="Name">Its name; <c>cfg_file</c> and <c>cfg_dir</c> stand once for each line.</param>
/// <param name="Value">Its value; of a path as in <see cref="ManifestFile.Name"/>.</param>
public readonly record struct ManifestLine(string Name, string Value);

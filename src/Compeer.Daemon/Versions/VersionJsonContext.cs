using System.Text.Json.Serialization;

namespace Compeer.Daemon.Versions;

/// <summary>How what is known of a configuration is written down.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoredVersionFile))]
[JsonSerializable(typeof(InstallationJournal))]
internal sealed partial class VersionJsonContext : JsonSerializerContext;

using Compeer.Cluster.Model;

namespace Compeer.Daemon.Versions;

/// <summary>A <see cref="StoredVersion"/> as it stands in its file.</summary>
internal sealed record StoredVersionFile(
    long Number, string Hash, string Origin, string Before, DateTimeOffset KeptAt, string Came, int Hosts, int Services)
{
    public static StoredVersionFile Of(StoredVersion version) => new(
        version.Number,
        version.Hash,
        version.Origin.ToString(),
        version.Before,
        version.KeptAt,
        version.Came,
        version.Hosts,
        version.Services);

    public StoredVersion? ToVersion() =>
        NodeId.TryParse(Origin, out var origin)
            ? new StoredVersion
            {
                Number = Number,
                Hash = Hash,
                Origin = origin,
                Before = Before ?? "",
                KeptAt = KeptAt,
                Came = Came ?? "",
                Hosts = Hosts,
                Services = Services,
            }
            : null;
}

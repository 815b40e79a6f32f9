using System.Collections.Immutable;
using Compeer.Cluster.Model;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;

namespace Compeer.Peer;

/// <summary>Makes what the cluster sees of a configuration: an opaque key, a unit and a weight for every object.</summary>
public static class ClusterObjectsBuilder
{
    /// <summary>Objects in the order of the engine: hosts, then services.</summary>
    public static ClusterObjects Build(ObjectConfiguration objects, ConfigurationVersion version)
    {
        var count = objects.Hosts.Length + objects.Services.Length;
        var texts = new KeyWriter();
        var keys = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(count);
        var groups = ImmutableArray.CreateBuilder<int>(count);
        var weights = ImmutableArray.CreateBuilder<double>(count);
        foreach (var host in objects.Hosts)
        {
            keys.Add(texts.Write(host.Name, description: null));
            groups.Add(host.Id.Index);
            weights.Add(ChecksPerMinute(host));
        }

        foreach (var service in objects.Services)
        {
            keys.Add(texts.Write(service.Host.Name, service.Description));
            groups.Add(service.Host.Id.Index);
            weights.Add(ChecksPerMinute(service));
        }

        return new ClusterObjects(version, keys.MoveToImmutable(), groups.MoveToImmutable(), weights.MoveToImmutable())
        {
            LongestCheck = objects.Hosts.Select(host => host.Checking.CheckTimeout)
                .Concat(objects.Services.Select(service => service.Checking.CheckTimeout))
                .DefaultIfEmpty(TimeSpan.Zero)
                .Max(),
            HostGroups = objects.HostGroups.ToImmutableDictionary(
                group => group.Name, group => group.Members.Select(host => host.Id.Index).ToImmutableArray(), StringComparer.Ordinal),
        };
    }

    /// <summary>From the objects alone: peers must agree on it, and <c>execute_service_checks</c> can be set at one of them
    /// only.</summary>
    private static double ChecksPerMinute(CheckableDefinition definition)
    {
        var checking = definition.Checking;
        return checking.ActiveChecksEnabled && definition.CheckCommand is not null && checking.CheckInterval > TimeSpan.Zero
            ? TimeSpan.FromMinutes(1) / checking.CheckInterval
            : 0;
    }

    /// <summary>Puts many small keys into few large arrays.</summary>
    private sealed class KeyWriter
    {
        /// <summary>Separates host name from service description in a key: the one character that no name can hold, since
        /// a configuration is read in lines.</summary>
        private const byte Separator = (byte)'\n';

        private const int ChunkBytes = 1 << 16;

        private byte[] _chunk = [];
        private int _used;

        public ReadOnlyMemory<byte> Write(string host, string? description)
        {
            var most = ((host.Length + (description?.Length ?? 0)) * ConfigurationText.MostBytesPerChar) + 1;
            if (_chunk.Length - _used < most)
            {
                _chunk = new byte[Math.Max(ChunkBytes, most)];
                _used = 0;
            }

            var start = _used;
            _used += ConfigurationText.Encode(host, _chunk.AsSpan(_used));
            if (description is not null)
            {
                _chunk[_used++] = Separator;
                _used += ConfigurationText.Encode(description, _chunk.AsSpan(_used));
            }

            return _chunk.AsMemory(start, _used - start);
        }
    }
}

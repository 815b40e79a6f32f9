using System.Buffers;
using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Output;

namespace Compeer.Configuration.Objects.Splitting;

/// <summary>
/// The part of a configuration that concerns a poller: the hosts of some host groups, and all that they need. Its definitions are those
/// of the whole, numbers included, but for the groups, which have those members only that are in the part.
/// </summary>
public sealed class ConfigurationPart
{
    private readonly ObjectConfiguration _objects;
    private readonly Func<HostDefinition, bool> _isIncluded;

    internal ConfigurationPart(ImmutableArray<string> hostGroups, ObjectConfiguration objects, Func<HostDefinition, bool> isIncluded)
    {
        HostGroups = hostGroups;
        _objects = objects;
        _isIncluded = isIncluded;
    }

    /// <summary>The host groups that it was made for, as they were given.</summary>
    public ImmutableArray<string> HostGroups { get; }

    /// <summary>Hosts in it.</summary>
    public int Hosts => _objects.Hosts.Length;

    /// <summary>Services in it.</summary>
    public int Services => _objects.Services.Length;

    /// <summary>Objects of all types in it: the blocks of its text.</summary>
    public int Objects =>
        _objects.Hosts.Length + _objects.Services.Length + _objects.Commands.Length + _objects.Contacts.Length
        + _objects.ContactGroups.Length + _objects.HostGroups.Length + _objects.ServiceGroups.Length + _objects.TimePeriods.Length
        + _objects.HostDependencies.Length + _objects.ServiceDependencies.Length
        + _objects.HostEscalations.Length + _objects.ServiceEscalations.Length;

    /// <summary>Writes it as one object file. The same part gives the same bytes, on whichever node and whenever it is made.</summary>
    /// <param name="intervalLength">The main configuration's <c>interval_length</c>, in whose units intervals are written.</param>
    /// <param name="hostCheckTimeout">Its <c>host_check_timeout</c>: hosts with another limit get a directive.</param>
    /// <param name="serviceCheckTimeout">The same of services.</param>
    /// <param name="output">Where the bytes go, piece by piece.</param>
    public void Write(
        TimeSpan intervalLength, TimeSpan hostCheckTimeout, TimeSpan serviceCheckTimeout, IBufferWriter<byte> output) =>
        ObjectFileWriter.Write(
            _objects,
            intervalLength,
            new ReadableForm(hostCheckTimeout, serviceCheckTimeout, _isIncluded),
            [
                $"Objects of the host groups {string.Join(',', HostGroups)}, as a master has them.",
                "They are sent again whenever they change there: what is changed here is lost then.",
            ],
            output);
}

using System.Buffers;
using System.Collections.Immutable;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Splitting;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration.Objects.Splitting;

/// <summary>Parts of configurations given as text.</summary>
internal static class SplitHarness
{
    public static ConfigurationPart Part(ObjectConfiguration whole, string groups, params string[] commands)
    {
        var part = ConfigurationSplit.TakeOut(whole, [.. groups.Split(',')], commands, out var unknown);
        Assert.True(part is not null, $"unknown: {string.Join(',', unknown)}");
        return part;
    }

    public static string TextOf(ConfigurationPart part, MainConfiguration? main = null)
    {
        var output = new ArrayBufferWriter<byte>();
        part.Write(
            main?.IntervalLength ?? TimeSpan.FromSeconds(60),
            main?.HostCheckTimeout ?? TimeSpan.FromSeconds(30),
            main?.ServiceCheckTimeout ?? TimeSpan.FromSeconds(60),
            output);
        return ConfigurationText.Decode(output.WrittenSpan);
    }

    /// <summary>Compiles a part alone, as the poller does.</summary>
    public static ObjectConfiguration Read(string text)
    {
        var result = ConfigurationFiles.Compile(text);
        Assert.True(result.Configuration is not null, $"{string.Join('\n', result.Diagnostics)}\n{text}");
        return result.Configuration;
    }

    public static ObjectConfiguration Compile(string objects)
    {
        var result = ConfigurationFiles.Compile(objects);
        Assert.True(result.Configuration is not null, string.Join('\n', result.Diagnostics));
        return result.Configuration;
    }

    /// <summary>The names of all that a poller gets, in the order of its types.</summary>
    public static ImmutableArray<string> Names(ObjectConfiguration part) =>
    [
        .. part.TimePeriods.Select(period => $"period {period.Name}"),
        .. part.Commands.Select(command => $"command {command.Name}"),
        .. part.Contacts.Select(contact => $"contact {contact.Name}"),
        .. part.ContactGroups.Select(group => $"contactgroup {group.Name}={string.Join(',', group.Members.Select(m => m.Name))}"),
        .. part.HostGroups.Select(group => $"hostgroup {group.Name}={string.Join(',', group.Members.Select(m => m.Name))}"),
        .. part.ServiceGroups.Select(group =>
            $"servicegroup {group.Name}={string.Join(',', group.Members.Select(m => $"{m.Host.Name}/{m.Description}"))}"),
        .. part.Hosts.Select(host => $"host {host.Name}<{string.Join(',', host.Parents.Select(p => p.Name))}"),
        .. part.Services.Select(service => $"service {service.Host.Name}/{service.Description}<"
            + string.Join(',', service.Parents.Select(p => $"{p.Host.Name}/{p.Description}"))),
        .. part.HostDependencies.Select(link => $"hostdependency {link.Dependent.Name}<{link.Master.Name}"),
        .. part.ServiceDependencies.Select(link => $"servicedependency {link.Dependent.Host.Name}<{link.Master.Host.Name}"),
        .. part.HostEscalations.Select(escalation => $"hostescalation {escalation.Host.Name}"),
        .. part.ServiceEscalations.Select(escalation => $"serviceescalation {escalation.Service.Host.Name}"),
    ];
}

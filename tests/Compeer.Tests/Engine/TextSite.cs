using Compeer.Configuration;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;
using Compeer.Tests.Configuration;

namespace Compeer.Tests.Engine;

/// <summary>A configuration from text, as an operator writes it, and the ids of its objects.</summary>
internal static class TextSite
{
    /// <summary>Reads it; findings fail the test.</summary>
    public static EngineConfiguration Of(string main, string objects)
    {
        var read = ConfigurationFiles.MainFrom(main);
        var compiled = ObjectConfigurationCompiler.Compile(read, [ConfigurationFiles.Source("test.cfg", objects)], []);
        Assert.True(compiled.Configuration is not null, string.Join('\n', compiled.Diagnostics));
        return new EngineConfiguration(read, compiled.Configuration, ZoneRules.Utc);
    }

    public static CheckableId Id(this EngineConfiguration site, string host) =>
        CheckableId.Of(site.Objects.Hosts.Single(definition => definition.Name == host).Id);

    public static CheckableId Id(this EngineConfiguration site, string host, string description) => CheckableId.Of(
        site.Objects.Services.Single(service => service.Host.Name == host && service.Description == description).Id, site.Objects);

    /// <summary>Every host and service.</summary>
    public static IReadOnlyList<CheckableId> All(this EngineConfiguration site) =>
        [.. Enumerable.Range(0, site.Objects.Hosts.Length + site.Objects.Services.Length).Select(index => new CheckableId(index))];
}

using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.TimePeriods;

namespace Compeer.Engine.Model;

/// <summary>One configuration, as an engine works by it. Immutable; made on any thread.</summary>
public sealed class EngineConfiguration
{
    /// <summary>Puts it together.</summary>
    /// <param name="main">The main configuration.</param>
    /// <param name="objects">The objects; they give the meaning of every <see cref="CheckableId"/>.</param>
    /// <param name="zone">The zone of time periods and of times in macros.</param>
    public EngineConfiguration(MainConfiguration main, ObjectConfiguration objects, ZoneRules zone)
    {
        ArgumentNullException.ThrowIfNull(main);
        ArgumentNullException.ThrowIfNull(objects);
        ArgumentNullException.ThrowIfNull(zone);
        Main = main;
        Objects = objects;
        Zone = zone;
        Table = new CheckableTable(objects);
    }

    /// <summary>The main configuration.</summary>
    public MainConfiguration Main { get; }

    /// <summary>The objects.</summary>
    public ObjectConfiguration Objects { get; }

    /// <summary>The zone of time periods and of times in macros.</summary>
    public ZoneRules Zone { get; }

    /// <summary>The host of this name, or its service of this description; null when there is none.</summary>
    public static CheckableId? Find(ObjectConfiguration objects, string host, string? description)
    {
        ArgumentNullException.ThrowIfNull(objects);
        if (description is null)
        {
            return objects.FindHost(host) is { } found ? CheckableId.Of(found.Id) : null;
        }

        var service = NameSearch.Service(objects, host, description);
        return service is null ? null : CheckableId.Of(service.Id, objects);
    }

    /// <summary>The contact of this name; null when there is none.</summary>
    public static ContactDefinition? FindContact(ObjectConfiguration objects, string name)
    {
        ArgumentNullException.ThrowIfNull(objects);
        return NameSearch.Find(objects.Contacts, name, static contact => contact.Name);
    }

    /// <summary>The definitions behind the indexes.</summary>
    internal CheckableTable Table { get; }
}

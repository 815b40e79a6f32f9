using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Compeer.Configuration.Objects.Comparison;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Engine.Site;

/// <summary>
/// From the configuration that an engine works by to another one: which object is which, whose checks get other times, and
/// the room for what is kept of each. Made on any thread, because it looks at every object; taken up once, by
/// <see cref="MonitoringEngine.TakeUp"/>, which only moves things.
/// </summary>
public sealed class EngineChange : IConfigurationStep
{
    private readonly bool[] _isRescheduled;

    private EngineChange(EngineConfiguration before, EngineConfiguration after)
    {
        Before = before;
        After = after;
        Difference = ConfigurationDiff.Between(before.Objects, after.Objects);
        Former = FormerOf(Difference, before, after);
        Later = LaterOf(Former, before.Table.Count);
        _isRescheduled = new bool[after.Table.Count];
        MarkRescheduled();
        Rescheduled = [.. Enumerable.Range(0, _isRescheduled.Length).Select(index => new CheckableId(index)).Where(IsRescheduled)];
        Fractions = [.. Rescheduled.Select(after.Table.Fraction)];
        WithOtherAttempts = [.. Changed().Where(pair =>
            pair.Old.Checking.MaxCheckAttempts != pair.New.Checking.MaxCheckAttempts).Select(pair => pair.Id)];
        WithoutFlapDetection = before.Main.FlapDetection && !after.Main.FlapDetection
            ? [.. Enumerable.Range(0, after.Table.Count).Select(index => new CheckableId(index))]
            : [.. Changed().Where(pair => pair.Old.FlapDetection.Enabled && !pair.New.FlapDetection.Enabled).Select(pair => pair.Id)];
        Site = new EngineSite(after);
    }

    /// <summary>The configuration that it starts from.</summary>
    public EngineConfiguration Before { get; }

    /// <summary>The configuration that it leads to.</summary>
    public EngineConfiguration After { get; }

    /// <summary>What is different about the objects.</summary>
    public ConfigurationDiff Difference { get; }

    /// <summary>Per new index the old one; -1 for an added object. Both are in the order of names, so it rises.</summary>
    public ImmutableArray<int> Former { get; }

    /// <summary>Per old index the new one; -1 for a removed object.</summary>
    public ImmutableArray<int> Later { get; }

    /// <summary>The objects for whose checks something changed that decides their times, ascending.</summary>
    internal ImmutableArray<CheckableId> Rescheduled { get; }

    /// <summary>Where in a window the checks of each of <see cref="Rescheduled"/> start.</summary>
    internal ImmutableArray<double> Fractions { get; }

    /// <summary>The objects whose <c>max_check_attempts</c> changed.</summary>
    internal ImmutableArray<CheckableId> WithOtherAttempts { get; }

    /// <summary>The objects of which flapping was detected and is not any more, as far as the configuration decides it.</summary>
    internal ImmutableArray<CheckableId> WithoutFlapDetection { get; }

    /// <summary>Where everything goes.</summary>
    internal EngineSite Site { get; }

    /// <summary>Finds out what lies between two configurations.</summary>
    public static EngineChange Prepare(EngineConfiguration before, EngineConfiguration after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return new EngineChange(before, after);
    }

    /// <summary>Whether the checks of an object get other times.</summary>
    internal bool IsRescheduled(CheckableId id) => _isRescheduled[id.Index];

    private static ImmutableArray<int> FormerOf(
        ConfigurationDiff difference, EngineConfiguration before, EngineConfiguration after)
    {
        var former = new int[after.Table.Count];
        Array.Fill(former, -1);
        foreach ((var old, var host) in difference.Hosts.Unchanged.Concat(difference.Hosts.Changed))
        {
            former[host.Id.Index] = old.Id.Index;
        }

        var first = after.Objects.Hosts.Length;
        var firstBefore = before.Objects.Hosts.Length;
        foreach ((var old, var service) in
            difference.Services.Unchanged.Concat(difference.Services.Changed))
        {
            former[first + service.Id.Index] = firstBefore + old.Id.Index;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(former);
    }

    private static ImmutableArray<int> LaterOf(ImmutableArray<int> former, int count)
    {
        var later = new int[count];
        Array.Fill(later, -1);
        for (var id = 0; id < former.Length; id++)
        {
            if (former[id] >= 0)
            {
                later[former[id]] = id;
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(later);
    }

    private void MarkRescheduled()
    {
        HashSet<string> periods = [.. Difference.TimePeriods.Changed.Select(pair => pair.After.Name)];
        foreach ((var id, var old, var definition) in Changed())
        {
            var then = old.Checking;
            var now = definition.Checking;
            _isRescheduled[id.Index] = then.CheckInterval != now.CheckInterval
                || then.RetryInterval != now.RetryInterval
                || then.ActiveChecksEnabled != now.ActiveChecksEnabled
                || old.CheckCommand is null != definition.CheckCommand is null
                || then.CheckPeriod?.Name != now.CheckPeriod?.Name
                || (now.CheckPeriod is { } period && periods.Contains(period.Name));
        }

        var zone = !Before.Zone.Equals(After.Zone);
        for (var index = 0; zone && index < _isRescheduled.Length; index++)
        {
            _isRescheduled[index] |= Former[index] >= 0 && After.Table[new CheckableId(index)].Checking.CheckPeriod is not null;
        }
    }

    /// <summary>The hosts and services that are in both configurations and different.</summary>
    private IEnumerable<(CheckableId Id, CheckableDefinition Old, CheckableDefinition New)> Changed()
    {
        foreach ((var old, var host) in Difference.Hosts.Changed)
        {
            yield return (CheckableId.Of(host.Id), old, host);
        }

        foreach ((var old, var service) in Difference.Services.Changed)
        {
            yield return (CheckableId.Of(service.Id, After.Objects), old, service);
        }
    }
}

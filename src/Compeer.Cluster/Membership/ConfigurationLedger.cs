using Compeer.Cluster.Model;

namespace Compeer.Cluster.Membership;

/// <summary>
/// Numbers the configurations that are taken up here (see <see cref="ConfigurationVersion"/>) and remembers over restarts what
/// was numbered and heard of.
/// <para>
/// A node that starts with other files than it ran by last takes up a change, too, but cannot know yet what the others took up
/// meanwhile. As long as it has not begun to act its number rises with what it hears.
/// </para>
/// <para>
/// Nodes that were given the same files each by hand begin a history each. When they meet, they have the same configuration, so
/// that nothing is overruled: the one with the higher number, then the one with the lower id, is the history of both.
/// </para>
/// <para>
/// A node that never had anything to monitor has no number and no history: it has nothing to lose, and takes that of the first it
/// meets. With its first objects it begins a history like any other.
/// </para>
/// </summary>
internal sealed class ConfigurationLedger(ClusterContext context)
{
    private long _highest = Math.Max(context.Durable.HighestConfigurationNumber, context.Durable.Configuration?.Number ?? 0);
    private bool _isProvisional;

    /// <summary>Numbers what this run starts with.</summary>
    /// <param name="hasObjects">Whether there is anything in it.</param>
    public void Begin(bool hasObjects)
    {
        if (context.Version.Number == 0)
        {
            var last = context.Durable.Configuration;
            var isKnown = last?.Hash == context.Version.Hash;
            _isProvisional = last is not null && !isKnown;
            context.Renumber(isKnown ? last! : Next(context.Version.Hash, last, hasObjects));
        }

        Remember();
    }

    /// <summary>The version under which files that are taken up now are known.</summary>
    /// <param name="files">The files.</param>
    /// <param name="hasObjects">Whether there is anything in them.</param>
    public ConfigurationVersion NumberOf(ConfigurationVersion files, bool hasObjects)
    {
        _isProvisional &= files.Hash == context.Version.Hash;
        return files.Number > 0 ? files
            : files.Hash == context.Version.Hash ? context.Version
            : Next(files.Hash, context.Version, hasObjects);
    }

    /// <summary>What the others run, to be heard before this node numbers anything or begins to act.</summary>
    public void Hear(IEnumerable<NodeReport> reports)
    {
        foreach (var report in reports)
        {
            Hear(report.Configuration);
        }

        Remember();
    }

    /// <summary>Another node runs this.</summary>
    public void Hear(ConfigurationVersion version)
    {
        var own = context.Version;
        if (own.Hash == version.Hash && own.History != version.History && version.History != HistoryId.None && Outranks(version, own))
        {
            context.Renumber(version);
            _isProvisional = false;
        }

        _highest = Math.Max(_highest, version.Number);
        if (_isProvisional && version >= context.Version && version.Hash != context.Version.Hash)
        {
            context.Renumber(Next(context.Version.Hash, context.Version, hasObjects: true) with { Ancestors = context.Version.Ancestors });
        }
    }

    /// <summary>This node begins to act: its number stands.</summary>
    public void Settle() => _isProvisional = false;

    /// <summary>Sees to it that the next run knows what this one does.</summary>
    public void Remember()
    {
        _highest = Math.Max(_highest, context.Version.Number);
        context.Persist(context.Durable with { Configuration = context.Version, HighestConfigurationNumber = _highest });
    }

    private static bool Outranks(ConfigurationVersion one, ConfigurationVersion other) =>
        one.Number != other.Number ? one.Number > other.Number : one.History < other.History;

    private ConfigurationVersion Next(string hash, ConfigurationVersion? before, bool hasObjects)
    {
        if (!hasObjects && (before is null || before.History == HistoryId.None))
        {
            return ConfigurationVersion.Unnumbered(hash) with { Origin = context.Self };
        }

        _highest = Math.Min(Math.Max(_highest, context.Version.Number) + 1, ConfigurationVersion.MaxNumber);
        return new ConfigurationVersion(_highest, hash)
        {
            Origin = context.Self,
            History = before is { } && before.History != HistoryId.None ? before.History : HistoryId.BegunBy(context.Run),
            Ancestors = before?.AncestorsOfNext() ?? [],
        };
    }
}

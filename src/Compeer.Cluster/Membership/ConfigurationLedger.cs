using Compeer.Cluster.Model;

namespace Compeer.Cluster.Membership;

/// <summary>
/// Numbers the configurations that are taken up here (see <see cref="ConfigurationVersion"/>) and remembers over restarts what
/// was numbered and heard of.
/// <para>
/// A node that starts with other files than it ran by last takes up a change, too, but cannot know yet what the others took up
/// meanwhile. As long as it has not begun to act its number rises with what it hears.
/// </para>
/// </summary>
internal sealed class ConfigurationLedger(ClusterContext context)
{
    private long _highest = Math.Max(context.Durable.HighestConfigurationNumber, context.Durable.ConfigurationNumber);
    private bool _isProvisional;

    /// <summary>Numbers what this run starts with.</summary>
    public void Begin()
    {
        var durable = context.Durable;
        if (context.Version.Number == 0)
        {
            var isKnown = durable.ConfigurationNumber > 0 && durable.ConfigurationHash == context.Version.Hash;
            _isProvisional = durable.ConfigurationNumber > 0 && !isKnown;
            context.Renumber(isKnown
                ? new ConfigurationVersion(durable.ConfigurationNumber, durable.ConfigurationHash) { Origin = durable.ConfigurationOrigin }
                : Next(context.Version.Hash));
        }

        Remember();
    }

    /// <summary>The version under which files that are taken up now are known.</summary>
    public ConfigurationVersion NumberOf(ConfigurationVersion files)
    {
        _isProvisional &= files.Hash == context.Version.Hash;
        return files.Number > 0 ? files
            : files.Hash == context.Version.Hash ? context.Version
            : Next(files.Hash);
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
        _highest = Math.Max(_highest, version.Number);
        if (_isProvisional && version >= context.Version && version.Hash != context.Version.Hash)
        {
            context.Renumber(Next(context.Version.Hash));
        }
    }

    /// <summary>This node begins to act: its number stands.</summary>
    public void Settle() => _isProvisional = false;

    /// <summary>Sees to it that the next run knows what this one does.</summary>
    public void Remember()
    {
        _highest = Math.Max(_highest, context.Version.Number);
        context.Persist(context.Durable with
        {
            ConfigurationNumber = context.Version.Number,
            ConfigurationHash = context.Version.Hash,
            ConfigurationOrigin = context.Version.Origin,
            HighestConfigurationNumber = _highest,
        });
    }

    private ConfigurationVersion Next(string hash)
    {
        _highest = Math.Max(_highest, context.Version.Number) + 1;
        return new ConfigurationVersion(_highest, hash) { Origin = context.Self };
    }
}

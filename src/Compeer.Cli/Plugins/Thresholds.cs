namespace Compeer.Cli.Plugins;

/// <summary>When a value is a warning, and when it is critical.</summary>
internal sealed record Thresholds(Threshold Warning, Threshold Critical)
{
    /// <summary>What a value means.</summary>
    public PluginState StateOf(double value) =>
        Critical.IsMetBy(value) ? PluginState.Critical : Warning.IsMetBy(value) ? PluginState.Warning : PluginState.Ok;
}

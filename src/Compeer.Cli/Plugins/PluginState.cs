namespace Compeer.Cli.Plugins;

/// <summary>What a monitoring plugin says of what it looked at; the number is its exit code (Monitoring Plugins guidelines).</summary>
internal enum PluginState
{
    Ok = 0,
    Warning = 1,
    Critical = 2,
    Unknown = 3,
}

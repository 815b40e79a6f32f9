using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Nodes.Syntax;

namespace Compeer.Configuration.Nodes.Reading;

/// <summary>
/// Reads what stands outside of node blocks. Most of it steered Merlin's own processes and files; it is kept, checked
/// where it has a meaning here, and never refused for being old.
/// </summary>
internal sealed class DaemonBlockReader(MerlinValues values, MerlinFindings findings)
{
    /// <summary>In seconds: with slower pulses a dead node would go unnoticed for minutes.</summary>
    private const int LongestPulseInterval = 60;

    /// <summary>What the daemon blocks said.</summary>
    public DaemonDefinition Daemon { get; private set; } = MerlinConfiguration.Empty.Daemon;

    /// <summary>What the module blocks said.</summary>
    public ModuleDefinition Module { get; private set; } = MerlinConfiguration.Empty.Module;

    /// <summary>The pulse interval; the last one in the file counts.</summary>
    public TimeSpan? PulseInterval { get; private set; }

    /// <summary>This node's own id.</summary>
    public string? Uuid { get; private set; }

    /// <summary>Keys outside any block.</summary>
    public ImmutableArray<MerlinSetting> ReadGlobals(MerlinBlock root)
    {
        var settings = ImmutableArray.CreateBuilder<MerlinSetting>();
        foreach (var statement in root.Statements)
        {
            Keep(statement, settings, "outside any block", MerlinKeys.Global);
        }

        return settings.DrainToImmutable();
    }

    /// <summary>The <c>daemon</c> block.</summary>
    public void ReadDaemon(MerlinBlock block)
    {
        var settings = Daemon.Settings.ToBuilder();
        foreach (var statement in block.Statements)
        {
            switch (statement.Key.ToUpperInvariant())
            {
                case "ADDRESS":
                    Daemon = Daemon with { Address = values.Address(statement) ?? Daemon.Address, AddressLine = statement.Line };
                    break;
                case "PORT":
                    Daemon = Daemon with { Port = values.Port(statement) ?? Daemon.Port };
                    break;
                default:
                    Keep(statement, settings, "in the daemon block", MerlinKeys.Daemon);
                    break;
            }
        }

        Daemon = Daemon with { Settings = settings.DrainToImmutable() };
        foreach (var inner in block.Blocks)
        {
            ReadInner(inner);
        }
    }

    /// <summary>The <c>module</c> block.</summary>
    public void ReadModule(MerlinBlock block)
    {
        ObjectConfigBlockReader.RefuseBlocks(block, findings);
        var settings = Module.Settings.ToBuilder();
        foreach (var statement in block.Statements)
        {
            if (string.Equals(statement.Key, "notifies", StringComparison.OrdinalIgnoreCase))
            {
                Module = Module with { Notifies = values.Flag(statement) ?? Module.Notifies };
            }
            else if (string.Equals(statement.Key, "cluster_update", StringComparison.OrdinalIgnoreCase))
            {
                Module = Module with { ClusterUpdate = values.Text(statement) ?? Module.ClusterUpdate };
            }
            else
            {
                Keep(statement, settings, "in the module block", MerlinKeys.Module);
            }
        }

        Module = Module with { Settings = settings.DrainToImmutable() };
    }

    private void ReadInner(MerlinBlock block)
    {
        switch (block.Type.ToUpperInvariant())
        {
            case "DATABASE":
                Daemon = Daemon with { Database = ObjectConfigBlockReader.Keep(block, findings) };
                break;
            case "OBJECT_CONFIG":
                Daemon = Daemon with { ObjectConfig = ObjectConfigBlockReader.Read(block, values, findings) };
                break;
            default:
                findings.Warn(
                    block.Line,
                    $"unknown block \"{block.Type}\" in the daemon block; it has no effect"
                    + SimilarName.Hint(block.Type, ["database", "object_config"]));
                break;
        }
    }

    private void Keep(
        MerlinStatement statement, ImmutableArray<MerlinSetting>.Builder settings, string place, ImmutableArray<string> known)
    {
        var key = statement.Key;
        if (string.Equals(key, "pulse_interval", StringComparison.OrdinalIgnoreCase))
        {
            PulseInterval = values.Seconds(statement, minimum: 1, LongestPulseInterval) ?? PulseInterval;
        }
        else if (string.Equals(key, "ipc_uuid", StringComparison.OrdinalIgnoreCase))
        {
            Uuid = values.Text(statement) ?? Uuid;
        }
        else if (!known.Contains(key, StringComparer.OrdinalIgnoreCase)
                 && !MerlinKeys.Prefixes.Any(prefix => key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            findings.Warn(
                statement.Line, $"unknown key \"{key}\" {place}; it has no effect" + SimilarName.Hint(key, known));
        }

        if (statement.Value is null)
        {
            findings.Warn(statement.Line, $"{key} {place} has no value");
        }

        settings.Add(new MerlinSetting(key, statement.Value ?? "", statement.Line));
    }
}

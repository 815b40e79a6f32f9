using Compeer.Cluster.Model;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>
/// What operators changed, as registers of the cluster: one for each setting of each object, the program being an object without a
/// name. All of them are remembered here, also of objects that the configuration does not have, until it does.
/// </summary>
internal sealed class OperatorRegisters
{
    /// <summary>No object has this key: names hold no line ends, and those of services have one between them.</summary>
    private static readonly ReadOnlyMemory<byte> ProgramKey = "\n"u8.ToArray();

    private readonly Dictionary<RegisterKey, SettingValue> _values = [];

    /// <summary>The register of a setting; its value is remembered.</summary>
    public RegisterKey Remember(ObjectConfiguration objects, SettingChange change)
    {
        var key = new RegisterKey(RegisterKind.OperatorSettings, KeyOf(objects, change.Id), change.Setting);
        _values[key] = change.Value;
        return key;
    }

    /// <summary>The setting that another node wrote; null when this configuration does not have its object, or the bytes mean
    /// nothing to this version.</summary>
    public SettingChange? Take(ObjectConfiguration objects, RegisterKey key, ReadOnlyMemory<byte> payload, out bool isReadable)
    {
        var value = SettingValueCodec.Decode(payload.Span);
        isReadable = value is not null;
        if (value is not { } known)
        {
            return null;
        }

        _values[key] = known;
        return ChangeOf(objects, key, known);
    }

    /// <summary>The settings of the objects that a change of configuration brought.</summary>
    public IEnumerable<SettingChange> OfAdded(ObjectConfiguration objects, Func<CheckableId, bool> isAdded) =>
        [.. _values.Select(pair => ChangeOf(objects, pair.Key, pair.Value))
            .OfType<SettingChange>()
            .Where(change => change.Id is { } id && isAdded(id))
            .OrderBy(change => change.Id!.Value.Index)
            .ThenBy(change => change.Setting)];

    /// <summary>Whether a register is a setting of the program.</summary>
    public static bool IsProgram(RegisterKey key) => key.Key.Span.SequenceEqual(ProgramKey.Span);

    /// <summary>The object that a key of a register names; null when the configuration does not have it.</summary>
    public static CheckableId? ObjectOf(ObjectConfiguration objects, ReadOnlyMemory<byte> key)
    {
        var names = ConfigurationText.Decode(key.Span);
        var end = names.IndexOf('\n', StringComparison.Ordinal);
        return end < 0
            ? EngineConfiguration.Find(objects, names, description: null)
            : EngineConfiguration.Find(objects, names[..end], names[(end + 1)..]);
    }

    private static SettingChange? ChangeOf(ObjectConfiguration objects, RegisterKey key, SettingValue value)
    {
        if (IsProgram(key))
        {
            return new SettingChange(null, key.Setting, value);
        }

        return ObjectOf(objects, key.Key) is { } found ? new SettingChange(found, key.Setting, value) : null;
    }

    /// <summary>The key of an object; null is the program.</summary>
    public static ReadOnlyMemory<byte> KeyOf(ObjectConfiguration objects, CheckableId? id)
    {
        if (id is not { } checkable)
        {
            return ProgramKey;
        }

        if (checkable.Index < objects.Hosts.Length)
        {
            return ConfigurationText.Encode(objects.Hosts[checkable.Index].Name);
        }

        var service = objects.Services[checkable.Index - objects.Hosts.Length];
        return ConfigurationText.Encode($"{service.Host.Name}\n{service.Description}");
    }
}

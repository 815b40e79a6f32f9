using Compeer.Cluster.Model;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>
/// What operators changed, as registers of the cluster: one for each setting of each object, the program being an object without a
/// name, and of each contact, in a kind of their own. All of them are remembered here, also of what the configuration does not have,
/// until it does.
/// </summary>
internal sealed class OperatorRegisters
{
    /// <summary>No object has this key: names hold no line ends, and those of services have one between them.</summary>
    private static readonly ReadOnlyMemory<byte> ProgramKey = "\n"u8.ToArray();

    private readonly Dictionary<RegisterKey, SettingValue?> _values = [];

    /// <summary>The register of a setting; its value is remembered.</summary>
    public RegisterKey Remember(ObjectConfiguration objects, SettingChange change)
    {
        var key = change.Contact is { } contact
            ? new RegisterKey(RegisterKind.ContactSettings, ConfigurationText.Encode(contact), change.Setting)
            : new RegisterKey(RegisterKind.OperatorSettings, KeyOf(objects, change.Id), change.Setting);
        _values[key] = change.Value;
        return key;
    }

    /// <summary>Whether a register is a setting.</summary>
    public static bool Has(RegisterKey key) => key.Kind is RegisterKind.OperatorSettings or RegisterKind.ContactSettings;

    /// <summary>The setting that another node wrote; null when this configuration does not have its object, or the bytes mean
    /// nothing to this version.</summary>
    public SettingChange? Take(ObjectConfiguration objects, RegisterKey key, ReadOnlyMemory<byte> payload, out bool isReadable)
    {
        isReadable = SettingValueCodec.TryDecode(payload.Span, out var value);
        if (!isReadable)
        {
            return null;
        }

        _values[key] = value;
        return ChangeOf(objects, key, value);
    }

    /// <summary>The settings of the objects and contacts that a change of configuration brought.</summary>
    public IEnumerable<SettingChange> OfAdded(ObjectConfiguration objects, Func<CheckableId, bool> isAdded, Func<string, bool> isNew) =>
        [.. _values.Select(pair => ChangeOf(objects, pair.Key, pair.Value))
            .OfType<SettingChange>()
            .Where(change => change.Id is { } id ? isAdded(id) : change.Contact is { } contact && isNew(contact))
            .OrderBy(change => change.Id?.Index ?? int.MaxValue)
            .ThenBy(change => change.Contact, StringComparer.Ordinal)
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

    /// <summary>The contact that a key of a register names; null when the configuration does not have it.</summary>
    public static ContactDefinition? ContactOf(ObjectConfiguration objects, ReadOnlyMemory<byte> key) =>
        EngineConfiguration.FindContact(objects, ConfigurationText.Decode(key.Span));

    private static SettingChange? ChangeOf(ObjectConfiguration objects, RegisterKey key, SettingValue? value)
    {
        if (key.Kind == RegisterKind.ContactSettings)
        {
            return ContactOf(objects, key.Key) is { } contact
                ? new SettingChange(null, key.Setting, value) { Contact = contact.Name }
                : null;
        }

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

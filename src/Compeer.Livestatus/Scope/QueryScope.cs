using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;

namespace Compeer.Livestatus.Scope;

/// <summary>The one moment that a query sees, and who asks. One thread at a time.</summary>
internal sealed class QueryScope
{
    private readonly Lazy<SnapshotMacros> _macros;
    private byte[] _scratch = new byte[256];

    /// <summary>Puts it together.</summary>
    /// <param name="snapshot">The moment.</param>
    /// <param name="index">What to look up in its configuration.</param>
    /// <param name="program">What the daemon says of itself.</param>
    /// <param name="user">Who asks; null may see everything.</param>
    /// <param name="timeOffset">Seconds to add to every time that is shown (<c>Localtime</c>).</param>
    public QueryScope(EngineSnapshot snapshot, ConfigurationIndex index, ProgramFacts program, Authorization? user, long timeOffset)
    {
        Snapshot = snapshot;
        Index = index;
        Program = program;
        User = user;
        TimeOffset = timeOffset;
        Periods = new SnapshotPeriods(snapshot);
        Entries = new EntryIndex(snapshot);
        _macros = new(() => new SnapshotMacros(snapshot));
    }

    /// <summary>The states.</summary>
    public EngineSnapshot Snapshot { get; }

    /// <summary>The configuration.</summary>
    public ConfigurationIndex Index { get; }

    /// <summary>What the daemon says of itself.</summary>
    public ProgramFacts Program { get; }

    /// <summary>Who asks; null may see everything.</summary>
    public Authorization? User { get; }

    /// <summary>Seconds to add to every time that is shown.</summary>
    public long TimeOffset { get; }

    /// <summary>Which time periods it is in.</summary>
    public SnapshotPeriods Periods { get; }

    /// <summary>Comments, downtimes and acknowledgements.</summary>
    public EntryIndex Entries { get; }

    /// <summary>Replaces macros.</summary>
    public SnapshotMacros Macros => _macros.Value;

    /// <summary>Which object a definition is.</summary>
    public CheckableId IdOf(CheckableDefinition definition) => definition switch
    {
        HostDefinition host => CheckableId.Of(host.Id),
        ServiceDefinition service => CheckableId.Of(service.Id, Snapshot.Objects),
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition, "nothing that is checked"),
    };

    /// <summary>The state of a host or service.</summary>
    public CheckState StateOf(CheckableDefinition definition) => Snapshot[IdOf(definition)];

    /// <summary>How a host or service is checked.</summary>
    public CheckSettings CheckingOf(CheckableDefinition definition) => Snapshot.CheckingOf(IdOf(definition));

    /// <summary>When notifications about a host or service are sent.</summary>
    public NotificationSettings NotifyingOf(CheckableDefinition definition) => Snapshot.NotifyingOf(IdOf(definition));

    /// <summary>What was told about a host or service.</summary>
    public NotificationState ToldOf(CheckableDefinition definition) =>
        Snapshot.Told.GetValueOrDefault(IdOf(definition), NotificationState.None);

    /// <summary>A contact of which operators changed something; null for any other.</summary>
    public EffectiveContact? ChangedOf(ContactDefinition contact) => Snapshot.ChangedContacts.GetValueOrDefault(contact.Name);

    /// <summary>How and when a contact is notified about hosts or services.</summary>
    public ContactNotificationSettings NotificationsOf(ContactDefinition contact, bool isHost) => isHost
        ? ChangedOf(contact)?.HostNotifications ?? contact.HostNotifications
        : ChangedOf(contact)?.ServiceNotifications ?? contact.ServiceNotifications;

    /// <summary>A switch of a host or service: as an operator turned it, else as it is configured.</summary>
    public bool IsOn(CheckableDefinition definition, OperatorSetting setting, bool configured) =>
        Snapshot.SettingsOf(IdOf(definition))[setting]?.IsOn ?? configured;

    /// <summary>A time as UTC ticks, as the client is shown it: seconds since 1970; 0 for never.</summary>
    public long Shown(long ticks) =>
        (ticks == 0 ? 0 : (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) + TimeOffset;

    /// <summary>A time span in units of <c>interval_length</c>.</summary>
    public double Units(TimeSpan time) => time / Snapshot.Configuration.Main.IntervalLength;

    /// <summary>The bytes of a text; good until the next call.</summary>
    public ReadOnlySpan<byte> Bytes(string text)
    {
        var most = text.Length * ConfigurationText.MostBytesPerChar;
        if (_scratch.Length < most)
        {
            _scratch = new byte[2 * most];
        }

        return _scratch.AsSpan(0, ConfigurationText.Encode(text, _scratch));
    }
}

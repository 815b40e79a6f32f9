using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine.Model;
using Compeer.Engine.Snapshot;
using Compeer.Livestatus.Log;

namespace Compeer.Livestatus.Scope;

/// <summary>The one moment that a query sees, and who asks. One thread at a time.</summary>
internal sealed class QueryScope
{
    private readonly Lazy<SnapshotMacros> _macros;
    private readonly Lazy<HashSet<CheckableId>> _executing;
    private readonly string _hiddenVariables;
    private object? _tallied;
    private ServiceTally? _tally;
    private byte[] _scratch = new byte[256];

    /// <summary>Puts it together.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="index">What to look up in its configuration.</param>
    /// <param name="user">Who asks; null may see everything.</param>
    /// <param name="timeOffset">Seconds to add to every time that is shown (<c>Localtime</c>).</param>
    /// <param name="hiddenVariables">Custom variables that begin so are not shown; empty for none.</param>
    public QueryScope(LivestatusMoment moment, ConfigurationIndex index, Authorization? user, long timeOffset, string hiddenVariables)
    {
        var snapshot = moment.Snapshot;
        Snapshot = snapshot;
        _hiddenVariables = hiddenVariables;
        Index = index;
        Program = moment.Program;
        User = user;
        TimeOffset = timeOffset;
        Periods = new SnapshotPeriods(snapshot);
        Entries = new EntryIndex(snapshot);
        _executing = new(() => [.. snapshot.Executing]);
        _macros = new(() => new SnapshotMacros(snapshot));
    }

    /// <summary>The states.</summary>
    public EngineSnapshot Snapshot { get; }

    /// <summary>The configuration.</summary>
    public ConfigurationIndex Index { get; }

    /// <summary>What the daemon says of itself.</summary>
    public ProgramFacts Program { get; }

    /// <summary>The monitoring log.</summary>
    public ILogArchive Log => Program.Log;

    /// <summary>Who asks; null may see everything.</summary>
    public Authorization? User { get; }

    /// <summary>Seconds to add to every time that is shown.</summary>
    public long TimeOffset { get; }

    /// <summary>Whether the query has to end, because its time is over or the daemon stops: asked now and then by what reads much for few
    /// rows.</summary>
    public Func<bool> IsTimeToEnd { get; set; } = static () => false;

    /// <summary>Which time periods it is in.</summary>
    public SnapshotPeriods Periods { get; }

    /// <summary>Comments, downtimes and acknowledgements.</summary>
    public EntryIndex Entries { get; }

    /// <summary>The contacts of hosts and services.</summary>
    public ContactNames Contacts { get; } = new();

    /// <summary>Replaces macros.</summary>
    public SnapshotMacros Macros => _macros.Value;

    /// <summary>Which object a definition is.</summary>
    public CheckableId IdOf(CheckableDefinition definition) => definition switch
    {
        HostDefinition host => CheckableId.Of(host.Id),
        ServiceDefinition service => CheckableId.Of(service.Id, Snapshot.Objects),
        _ => throw new ArgumentOutOfRangeException(nameof(definition), definition, "nothing that is checked"),
    };

    /// <summary>Whether this node is checking a host or service.</summary>
    public bool IsExecuting(CheckableId id) => !Snapshot.Executing.IsEmpty && _executing.Value.Contains(id);

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

    /// <summary>Custom variables without those that are not shown.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Shown(ImmutableArray<KeyValuePair<string, string>> variables) =>
        _hiddenVariables.Length == 0 || variables.IsDefaultOrEmpty ? variables
            : variables.RemoveAll(variable => variable.Key.StartsWith(_hiddenVariables, StringComparison.Ordinal));

    /// <summary>A time as UTC ticks, as the client is shown it: seconds since 1970; 0 for never.</summary>
    public long Shown(long ticks) =>
        (ticks == 0 ? 0 : (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond) + TimeOffset;

    /// <summary>A time span in units of <c>interval_length</c>.</summary>
    public double Units(TimeSpan time) => time / Snapshot.Configuration.Main.IntervalLength;

    /// <summary>The services of an object, counted; those of the last object are kept: rows ask for several numbers of one.</summary>
    /// <param name="item">The object.</param>
    /// <param name="services">Its services.</param>
    public ServiceTally TallyOf<T>(T item, Func<T, QueryScope, IEnumerable<ServiceDefinition>> services)
        where T : class
    {
        if (!ReferenceEquals(_tallied, item))
        {
            _tally = new ServiceTally(services(item, this), this);
            _tallied = item;
        }

        return _tally!;
    }

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

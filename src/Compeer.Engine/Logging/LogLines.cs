using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.States;

namespace Compeer.Engine.Logging;

/// <summary>
/// The lines of the log, in Naemon's formats: what each event says to people. Grammar of an alert:
/// <c>HOST ALERT: host;state;SOFT|HARD;attempt;output</c>,
/// <c>SERVICE ALERT: host;service;state;SOFT|HARD;attempt;output</c>.
/// </summary>
/// <remarks>Bytes of plugins stay as they are, but control characters other than the tab become blanks, so that one entry is one
/// line.</remarks>
internal sealed class LogLines
{
    private readonly TextBuffer _line = new();

    /// <summary>The line of an event, as far as the main configuration asks for one; null for none.</summary>
    /// <param name="configuration">What the ids of the event mean.</param>
    /// <param name="happened">The event.</param>
    public LogEntry? Of(EngineConfiguration configuration, in MonitoringEvent happened) => happened.Kind switch
    {
        EventKind.Alert when !happened.IsMarked || LogsSoft(configuration, happened.Id) =>
            Alert(configuration.Table[happened.Id], happened),
        EventKind.ImproperExit => ImproperExit(configuration.Table[happened.Id], happened.At.Wall),
        EventKind.ReturnCodeOutOfBounds => OutOfBounds(configuration.Table[happened.Id], happened.Code, happened.At.Wall),
        EventKind.HostMadeHard => HostMadeHard(configuration.Table[happened.Id], happened.At.Wall),
        EventKind.FlappingChanged => Flapping(configuration.Table[happened.Id], happened),
        EventKind.CommandGiven when LogsCommand(configuration, happened.IsMarked) =>
            Line("EXTERNAL COMMAND: "u8, happened.Value!.Value.Text, happened.At.Wall),
        EventKind.Said => Line([], happened.Value!.Value.Text, happened.At.Wall),
        EventKind.PassiveResultTaken when configuration.Main.LogPassiveChecks && !happened.IsMarked =>
            Passive(configuration.Table[happened.Id], happened),
        EventKind.EventHandled when configuration.Main.Handlers.LogsEventHandlers => Handled(configuration.Table[happened.Id], happened),
        EventKind.CheckOrphaned => Orphaned(configuration.Table[happened.Id], happened.State!, happened.At.Wall),
        EventKind.ResultsStale => Stale(configuration.Table[happened.Id], happened),
        EventKind.DowntimeStarted or EventKind.DowntimeEnded or EventKind.DowntimeCancelled
            when happened is { IsMarked: true, Code: 0 } => Downtime(configuration.Table[happened.Id], happened.Kind, happened.At.Wall),
        EventKind.ContactNotified when LogsNotification(configuration, happened.IsMarked) =>
            Line(configuration.Table.IsHost(happened.Id) ? "HOST NOTIFICATION: "u8 : "SERVICE NOTIFICATION: "u8, happened),
        EventKind.NotificationSuppressed or EventKind.ContactLeftOut when configuration.Main.Notifications.SuppressionIsLogged =>
            Suppressed(configuration.Table[happened.Id], happened),
        EventKind.FlappingDisabled => FlappingDisabled(configuration.Table[happened.Id], happened.At.Wall),
        _ => null,
    };

    /// <summary>The state at start (INITIAL) or after a rotation of the log (CURRENT).</summary>
    public LogEntry State(CheckableDefinition subject, CheckState state, bool isInitial, DateTimeOffset at)
    {
        Start(isInitial ? "INITIAL "u8 : "CURRENT "u8);
        _line.Add(subject is HostDefinition ? "HOST STATE: "u8 : "SERVICE STATE: "u8);
        StateFields(subject, state.State, state.IsSoft, state.Attempt, state.Output);
        return End(at);
    }

    private static bool LogsSoft(EngineConfiguration configuration, CheckableId id) => configuration.Table.IsHost(id)
        ? configuration.Main.LogHostRetries
        : configuration.Main.LogServiceRetries;

    private LogEntry Alert(CheckableDefinition subject, in MonitoringEvent happened)
    {
        var state = happened.State!;
        Start(subject is HostDefinition ? "HOST ALERT: "u8 : "SERVICE ALERT: "u8);
        StateFields(subject, state.State, happened.IsMarked, happened.Code, state.Output);
        return End(happened.At.Wall);
    }

    private static bool LogsCommand(EngineConfiguration configuration, bool isResult) =>
        isResult ? configuration.Main.LogPassiveChecks : configuration.Main.LogExternalCommands;

    private static bool LogsNotification(EngineConfiguration configuration, bool isGlobal) => isGlobal
        ? configuration.Main.Notifications.GlobalAreLogged
        : configuration.Main.Notifications.AreLogged;

    private LogEntry Line(ReadOnlySpan<byte> start, in MonitoringEvent happened) =>
        Line(start, happened.Value!.Value.Text, happened.At.Wall);

    /// <summary><c>HOST NOTIFICATION SUPPRESSED: host;why</c>, <c>HOST CONTACT NOTIFICATION SUPPRESSED: contact;host;why</c>.</summary>
    private LogEntry Suppressed(CheckableDefinition subject, in MonitoringEvent happened)
    {
        Start(subject is HostDefinition ? "HOST "u8 : "SERVICE "u8);
        if (happened.Value is { } contact)
        {
            _line.Add("CONTACT NOTIFICATION SUPPRESSED: "u8);
            _line.Add(contact.Text);
            Separator();
        }
        else
        {
            _line.Add("NOTIFICATION SUPPRESSED: "u8);
        }

        Names(subject);
        Separator();
        _line.Add(NotificationWords.Of((NotificationReason)happened.Code));
        return End(happened.At.Wall);
    }

    private LogEntry Line(ReadOnlySpan<byte> start, string? text, DateTimeOffset at)
    {
        Start(start);
        _line.Add(text);
        return End(at);
    }

    private LogEntry Passive(CheckableDefinition subject, in MonitoringEvent happened)
    {
        Start(subject is HostDefinition ? "PASSIVE HOST CHECK: "u8 : "PASSIVE SERVICE CHECK: "u8);
        Names(subject);
        Separator();
        _line.AddNumber(happened.Code);
        Separator();
        _line.Add(happened.State!.Output);
        return End(happened.At.Wall);
    }

    /// <summary><c>…;STARTED; Service appears to have started flapping (31.6% change >= 30.0% threshold)</c>; Naemon has another sign
    /// for hosts.</summary>
    private LogEntry Flapping(CheckableDefinition subject, in MonitoringEvent happened)
    {
        var state = happened.State!;
        var isHost = subject is HostDefinition;
        FlappingStart(subject);
        _line.Add(state.IsFlapping ? ";STARTED; "u8 : ";STOPPED; "u8);
        _line.Add(isHost ? "Host"u8 : "Service"u8);
        _line.Add(state.IsFlapping ? " appears to have started flapping ("u8 : " appears to have stopped flapping ("u8);
        _line.AddNumber(state.StateHistory.PercentChange, decimals: 1);
        _line.Add((state.IsFlapping, isHost) switch
        {
            (true, true) => "% change > "u8,
            (true, false) => "% change >= "u8,
            _ => "% change < "u8,
        });
        _line.AddNumber(happened.Threshold, decimals: 1);
        _line.Add("% threshold)"u8);
        return End(happened.At.Wall);
    }

    /// <summary><c>HOST DOWNTIME ALERT: host;STARTED; Host has entered a period of scheduled downtime</c>; with several at once, the first
    /// that begins and the last that ends are told.</summary>
    private LogEntry Downtime(CheckableDefinition subject, EventKind kind, DateTimeOffset at)
    {
        var isHost = subject is HostDefinition;
        Start(isHost ? "HOST DOWNTIME ALERT: "u8 : "SERVICE DOWNTIME ALERT: "u8);
        Names(subject);
        if (kind == EventKind.DowntimeCancelled)
        {
            _line.Add(";CANCELLED; Scheduled downtime for "u8);
            _line.Add(isHost ? "host"u8 : "service"u8);
            _line.Add(" has been cancelled."u8);
            return End(at);
        }

        _line.Add(kind == EventKind.DowntimeStarted ? ";STARTED; "u8 : ";STOPPED; "u8);
        _line.Add(isHost ? "Host"u8 : "Service"u8);
        _line.Add(kind == EventKind.DowntimeStarted ? " has entered a period of scheduled downtime"u8
            : " has exited from a period of scheduled downtime"u8);
        return End(at);
    }

    private LogEntry FlappingDisabled(CheckableDefinition subject, DateTimeOffset at)
    {
        FlappingStart(subject);
        _line.Add(";DISABLED; Flap detection has been disabled"u8);
        return End(at);
    }

    private void FlappingStart(CheckableDefinition subject)
    {
        Start(subject is HostDefinition ? "HOST FLAPPING ALERT: "u8 : "SERVICE FLAPPING ALERT: "u8);
        Names(subject);
    }

    /// <summary><c>GLOBAL SERVICE EVENT HANDLER: host;service;CRITICAL;SOFT;1;restart!http</c>.</summary>
    private LogEntry Handled(CheckableDefinition subject, in MonitoringEvent happened)
    {
        var state = happened.State!;
        Start(happened.IsMarked ? "GLOBAL "u8 : []);
        _line.Add(subject is HostDefinition ? "HOST EVENT HANDLER: "u8 : "SERVICE EVENT HANDLER: "u8);
        Names(subject);
        Separator();
        _line.Add(subject is HostDefinition ? StateNames.Host(state.State) : StateNames.Service(state.State));
        Separator();
        _line.Add(StateNames.Type(state.IsSoft));
        Separator();
        _line.AddNumber(state.Attempt);
        Separator();
        _line.Add(happened.Value!.Value.Text);
        return End(happened.At.Wall);
    }

    private LogEntry Stale(CheckableDefinition subject, in MonitoringEvent happened)
    {
        Start("Warning: The results of "u8);
        Quoted(subject);
        _line.Add(" are stale by "u8);
        Age(happened.Code);
        _line.Add(" (threshold="u8);
        Age(happened.Value!.Value.Number);
        _line.Add(").  I'm forcing an immediate check of the "u8);
        _line.Add(subject is HostDefinition ? "host."u8 : "service."u8);
        return End(happened.At.Wall);
    }

    /// <summary><c>0d 1h 2m 3s</c>.</summary>
    private void Age(long seconds)
    {
        var age = TimeSpan.FromSeconds(seconds);
        _line.AddNumber((long)age.TotalDays);
        _line.Add("d "u8);
        _line.AddNumber(age.Hours);
        _line.Add("h "u8);
        _line.AddNumber(age.Minutes);
        _line.Add("m "u8);
        _line.AddNumber(age.Seconds);
        _line.Add((byte)'s');
    }

    private LogEntry HostMadeHard(CheckableDefinition service, DateTimeOffset at)
    {
        Start("SERVICE INFO: "u8);
        Names(service);
        _line.Add("; Service switch to hard down state due to host down."u8);
        return End(at);
    }

    private LogEntry ImproperExit(CheckableDefinition subject, DateTimeOffset at)
    {
        Start("Warning:  Check of "u8);
        Quoted(subject);
        _line.Add(" did not exit properly!"u8);
        return End(at);
    }

    private LogEntry Orphaned(CheckableDefinition subject, CheckState state, DateTimeOffset at)
    {
        Start("Warning: The check of "u8);
        Quoted(subject);
        _line.Add(" looks like it was orphaned (results never came back"u8);
        if (subject is ServiceDefinition)
        {
            _line.Add("; last_check="u8);
            _line.AddNumber(Seconds(state.LastCheckTicks));
            _line.Add("; next_check="u8);
            _line.AddNumber(Seconds(state.NextCheckTicks));
        }

        _line.Add(").  I'm scheduling an immediate check of the "u8);
        _line.Add(subject is ServiceDefinition ? "service..."u8 : "host..."u8);
        return End(at);

        static long Seconds(long ticks) => ticks == 0 ? 0 : (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
    }

    private LogEntry OutOfBounds(CheckableDefinition subject, int code, DateTimeOffset at)
    {
        Start("Warning: Return code of "u8);
        _line.AddNumber(code);
        _line.Add(" for check of "u8);
        Quoted(subject);
        _line.Add(" was out of bounds."u8);
        _line.Add((code, subject) switch
        {
            (126, ServiceDefinition) => " Make sure the plugin you're trying to run is executable."u8,
            (126 or 127, _) => " Make sure the plugin you're trying to run actually exists."u8,
            _ => [],
        });
        return End(at);
    }

    private void StateFields(CheckableDefinition subject, byte state, bool soft, int attempt, ReadOnlySpan<byte> output)
    {
        Names(subject);
        Separator();
        _line.Add(subject is HostDefinition ? StateNames.Host(state) : StateNames.Service(state));
        Separator();
        _line.Add(StateNames.Type(soft));
        Separator();
        _line.AddNumber(attempt);
        Separator();
        _line.Add(output.Length <= EngineLimits.LoggedOutput ? output : output[..EngineLimits.LoggedOutput]);
    }

    private void Names(CheckableDefinition subject)
    {
        if (subject is ServiceDefinition service)
        {
            _line.Add(service.Host.Name);
            Separator();
            _line.Add(service.Description);
        }
        else
        {
            _line.Add(((HostDefinition)subject).Name);
        }
    }

    private void Quoted(CheckableDefinition subject)
    {
        if (subject is ServiceDefinition service)
        {
            _line.Add("service '"u8);
            _line.Add(service.Description);
            _line.Add("' on host '"u8);
            _line.Add(service.Host.Name);
        }
        else
        {
            _line.Add("host '"u8);
            _line.Add(((HostDefinition)subject).Name);
        }

        _line.Add((byte)'\'');
    }

    private void Separator() => _line.Add((byte)';');

    private void Start(ReadOnlySpan<byte> text)
    {
        _line.Truncate(0);
        _line.Add(text);
    }

    private LogEntry End(DateTimeOffset at)
    {
        var text = _line.ToArray();
        foreach (ref var value in text.AsSpan())
        {
            if (value is (< 0x20 and not (byte)'\t') or 0x7F)
            {
                value = (byte)' ';
            }
        }

        return new LogEntry(at, text);
    }
}

using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Objects.Expansion;
using Compeer.Configuration.Objects.Schema;
using Compeer.Configuration.Objects.Syntax;
using Compeer.Configuration.Objects.Templates;
using Compeer.Configuration.Text;

namespace Compeer.Configuration.Objects.Building;

/// <summary>
/// Builds the settings that hosts or services share: one instance for each distinct combination of values. What a
/// service takes from its host is put into its values before, so that it is part of the combination.
/// </summary>
internal sealed class SettingsBuilder(
    CompilationContext context, ObjectType type, CommandBuilder commands, TimePeriodBuilder periods)
{
    private static readonly Directive[] CheckDirectives =
    [
        Directive.CheckPeriod, Directive.CheckInterval, Directive.RetryInterval, Directive.MaxCheckAttempts,
        Directive.CheckTimeout, Directive.ActiveChecksEnabled, Directive.PassiveChecksEnabled, Directive.IsVolatile,
        Directive.InitialState,
    ];

    private static readonly Directive[] NotificationDirectives =
    [
        Directive.NotificationPeriod, Directive.NotificationInterval, Directive.NotificationsEnabled,
        Directive.FirstNotificationDelay, Directive.NotificationOptions,
    ];

    private static readonly Directive[] FlapDirectives =
    [
        Directive.FlapDetectionEnabled, Directive.LowFlapThreshold, Directive.HighFlapThreshold,
        Directive.FlapDetectionOptions,
    ];

    private static readonly Directive[] ProcessingDirectives =
    [
        Directive.EventHandler, Directive.EventHandlerEnabled, Directive.CheckFreshness, Directive.FreshnessThreshold,
        Directive.StalkingOptions, Directive.ProcessPerfData, Directive.Obsess, Directive.RetainStatusInformation,
        Directive.RetainNonStatusInformation, Directive.HourlyValue,
    ];

    private static readonly Directive[] PresentationDirectives =
    [
        Directive.Notes, Directive.NotesUrl, Directive.ActionUrl, Directive.IconImage, Directive.IconImageAlt,
        Directive.VrmlImage, Directive.StatusMapImage, Directive.Coordinates2D, Directive.Coordinates3D,
    ];

    private readonly ValueReader _read = new(context);
    private readonly SettingsCache<CheckSettings> _checks = new(CheckDirectives);
    private readonly SettingsCache<NotificationSettings> _notifications = new(NotificationDirectives);
    private readonly SettingsCache<FlapDetectionSettings> _flaps = new(FlapDirectives);
    private readonly SettingsCache<ProcessingSettings> _processing = new(ProcessingDirectives);
    private readonly SettingsCache<PresentationSettings> _presentations = new(PresentationDirectives);

    public CheckSettings Check(RawId raw, ResolvedObject values) =>
        _checks.TryGet(values, out var known) ? known : CreateCheck(raw, values);

    public NotificationSettings Notification(RawId raw, ResolvedObject values) =>
        _notifications.TryGet(values, out var known) ? known : CreateNotification(raw, values);

    public FlapDetectionSettings FlapDetection(ResolvedObject values) =>
        _flaps.TryGet(values, out var known)
            ? known
            : _flaps.Keep(CreateFlapDetection(values), isComplete: true);

    public ProcessingSettings Processing(RawId raw, ResolvedObject values) =>
        _processing.TryGet(values, out var known) ? known : CreateProcessing(raw, values);

    public PresentationSettings Presentation(ResolvedObject values) =>
        _presentations.TryGet(values, out var known)
            ? known
            : _presentations.Keep(CreatePresentation(values), isComplete: true);

    private CheckSettings CreateCheck(RawId raw, ResolvedObject values)
    {
        var isHost = type == ObjectType.Host;
        var timeout = isHost ? context.Main.HostCheckTimeout : context.Main.ServiceCheckTimeout;
        var period = periods.Find(raw, Directive.CheckPeriod, values[Directive.CheckPeriod]);
        var own = _read.Integer(values, Directive.CheckTimeout, 0);
        var settings = new CheckSettings
        {
            CheckInterval = _read.Interval(values[Directive.CheckInterval], 5),
            RetryInterval = _read.Interval(values[Directive.RetryInterval], 1),
            MaxCheckAttempts = _read.Integer(values, Directive.MaxCheckAttempts, 1),
            CheckTimeout = own > 0 ? TimeSpan.FromSeconds(own) : timeout,
            CheckPeriod = period,
            ActiveChecksEnabled = _read.Boolean(values, Directive.ActiveChecksEnabled, fallback: true),
            PassiveChecksEnabled = _read.Boolean(values, Directive.PassiveChecksEnabled, fallback: true),
            IsVolatile = _read.Boolean(values, Directive.IsVolatile, fallback: false),
            InitialState = InitialState(values),
        };
        return _checks.Keep(settings, period is not null || !values[Directive.CheckPeriod].IsValue);
    }

    private byte InitialState(ResolvedObject values) =>
        _read.Options(type, values, Directive.InitialState, StateOptions.Ok) switch
        {
            StateOptions.Down or StateOptions.Warning => 1,
            StateOptions.Unreachable or StateOptions.Critical => 2,
            StateOptions.Unknown => 3,
            _ => 0,
        };

    private NotificationSettings CreateNotification(RawId raw, ResolvedObject values)
    {
        var period =
            periods.Find(raw, Directive.NotificationPeriod, values[Directive.NotificationPeriod]);
        var settings = new NotificationSettings
        {
            Enabled = _read.Boolean(values, Directive.NotificationsEnabled, fallback: true),
            Interval = _read.Interval(values[Directive.NotificationInterval], 30),
            FirstDelay = _read.Interval(values[Directive.FirstNotificationDelay], 0),
            Period = period,
            Options = _read.Options(type, values, Directive.NotificationOptions, StateOptions.All),
        };
        return _notifications.Keep(settings, period is not null || !values[Directive.NotificationPeriod].IsValue);
    }

    private FlapDetectionSettings CreateFlapDetection(ResolvedObject values) => new()
    {
        Enabled = _read.Boolean(values, Directive.FlapDetectionEnabled, fallback: true),
        LowThreshold = _read.Number(values, Directive.LowFlapThreshold, 0),
        HighThreshold = _read.Number(values, Directive.HighFlapThreshold, 0),
        Options = _read.Options(type, values, Directive.FlapDetectionOptions, StateOptions.All),
    };

    private ProcessingSettings CreateProcessing(RawId raw, ResolvedObject values)
    {
        var handler = commands.Call(raw, Directive.EventHandler, values[Directive.EventHandler]);
        var settings = new ProcessingSettings
        {
            EventHandler = handler,
            EventHandlerEnabled = _read.Boolean(values, Directive.EventHandlerEnabled, fallback: true),
            CheckFreshness = _read.Boolean(values, Directive.CheckFreshness, fallback: false),
            FreshnessThreshold = _read.Integer(values, Directive.FreshnessThreshold, 0),
            StalkingOptions = _read.Options(type, values, Directive.StalkingOptions, StateOptions.None),
            ProcessPerformanceData = _read.Boolean(values, Directive.ProcessPerfData, fallback: true),
            Obsess = _read.Boolean(values, Directive.Obsess, fallback: true),
            RetainStatusInformation = _read.Boolean(values, Directive.RetainStatusInformation, fallback: true),
            RetainNonStatusInformation = _read.Boolean(values, Directive.RetainNonStatusInformation, fallback: true),
            HourlyValue = _read.Unsigned(values, Directive.HourlyValue, 1),
        };
        return _processing.Keep(settings, handler is not null || !values[Directive.EventHandler].IsValue);
    }

    private PresentationSettings CreatePresentation(ResolvedObject values)
    {
        Span<double> flat = stackalloc double[2];
        Span<double> space = stackalloc double[3];
        var hasFlat = values[Directive.Coordinates2D].IsValue
            && NumberParser.TryNumbers(_read.Bytes(values, Directive.Coordinates2D), flat, out _);
        var hasSpace = values[Directive.Coordinates3D].IsValue
            && NumberParser.TryNumbers(_read.Bytes(values, Directive.Coordinates3D), space, out _);
        var settings = new PresentationSettings
        {
            Notes = _read.Text(values, Directive.Notes),
            NotesUrl = _read.Text(values, Directive.NotesUrl),
            ActionUrl = _read.Text(values, Directive.ActionUrl),
            IconImage = _read.Text(values, Directive.IconImage),
            IconImageAlt = _read.Text(values, Directive.IconImageAlt),
            VrmlImage = _read.Text(values, Directive.VrmlImage),
            StatusMapImage = _read.Text(values, Directive.StatusMapImage),
            Coordinates2D = hasFlat ? ((int)flat[0], (int)flat[1]) : null,
            Coordinates3D = hasSpace ? (space[0], space[1], space[2]) : null,
        };
        return settings == PresentationSettings.None ? PresentationSettings.None : settings;
    }
}

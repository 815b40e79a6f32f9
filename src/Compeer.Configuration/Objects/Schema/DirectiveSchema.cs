using Compeer.Configuration.Objects.Definitions;
using static Compeer.Configuration.Objects.Schema.Directive;
using static Compeer.Configuration.Objects.Schema.DirectiveKind;
using Row = (Compeer.Configuration.Objects.Schema.Directive, Compeer.Configuration.Objects.Schema.DirectiveKind, string[]);

namespace Compeer.Configuration.Objects.Schema;

/// <summary>
/// Which directives each object type has, with all their spellings: those of Naemon 1.4 and of Nagios 4. To add one:
/// an entry in <see cref="Directive"/>, a row here, its use in the builder of its type, a line in
/// docs/compatibility-configuration.md.
/// </summary>
internal static class DirectiveSchema
{
    private static readonly DirectiveTable[] Tables = Create();

    public static DirectiveTable Of(ObjectType type) => Tables[(int)type];

    /// <summary>The types that have a directive of this name, for messages.</summary>
    public static IEnumerable<ObjectType> TypesWith(ReadOnlySpan<byte> name)
    {
        var types = new List<ObjectType>();
        foreach (var table in Tables)
        {
            if (table.Find(name) is not null)
            {
                types.Add(table.Type);
            }
        }

        return types;
    }

    private static DirectiveTable[] Create()
    {
        var tables = new DirectiveTable[ObjectTypeNames.Count];
        Add(tables, ObjectType.TimePeriod, false, TimePeriodRows());
        Add(tables, ObjectType.Command, false, [(CommandName, Plain, ["command_name"]), (CommandLine, Plain, ["command_line"])]);
        Add(tables, ObjectType.Contact, true, ContactRows());
        Add(tables, ObjectType.ContactGroup, false, GroupRows(ContactGroupName, "contactgroup", withNotes: false));
        Add(tables, ObjectType.Host, true, HostRows());
        Add(tables, ObjectType.HostGroup, false, GroupRows(HostGroupName, "hostgroup", withNotes: true));
        Add(tables, ObjectType.Service, true, ServiceRows());
        Add(tables, ObjectType.ServiceGroup, false, GroupRows(ServiceGroupName, "servicegroup", withNotes: true));
        Add(tables, ObjectType.HostDependency, false, HostDependencyRows());
        Add(tables, ObjectType.ServiceDependency, false, ServiceDependencyRows());
        Add(tables, ObjectType.HostEscalation, false, EscalationRows(forServices: false));
        Add(tables, ObjectType.ServiceEscalation, false, EscalationRows(forServices: true));
        Add(tables, ObjectType.HostExtendedInfo, false, HostExtendedInfoRows());
        Add(tables, ObjectType.ServiceExtendedInfo, false, ServiceExtendedInfoRows());
        return tables;
    }

    private static void Add(DirectiveTable[] tables, ObjectType type, bool customVariables, IReadOnlyList<Row> rows) =>
        tables[(int)type] = new DirectiveTable(
            type,
            customVariables,
            [(Use, Plain, ["use"]), (Name, Plain, ["name"]), (Register, DirectiveKind.Boolean, ["register"]), .. rows]);

    private static Row[] TimePeriodRows() =>
    [
        (TimePeriodName, Plain, ["timeperiod_name"]),
        (Alias, Plain, ["alias"]),
        (Exclude, Plain, ["exclude"]),
        (Sunday, TimeRanges, ["sunday"]),
        (Monday, TimeRanges, ["monday"]),
        (Tuesday, TimeRanges, ["tuesday"]),
        (Wednesday, TimeRanges, ["wednesday"]),
        (Thursday, TimeRanges, ["thursday"]),
        (Friday, TimeRanges, ["friday"]),
        (Saturday, TimeRanges, ["saturday"]),
    ];

    private static Row[] ContactRows() =>
    [
        (ContactName, Plain, ["contact_name"]),
        (Alias, Plain, ["alias"]),
        (ContactGroups, List, ["contactgroups", "contact_groups"]),
        (Email, FreeText, ["email"]),
        (Pager, FreeText, ["pager"]),
        (Address1, FreeText, ["address1"]),
        (Address2, FreeText, ["address2"]),
        (Address3, FreeText, ["address3"]),
        (Address4, FreeText, ["address4"]),
        (Address5, FreeText, ["address5"]),
        (Address6, FreeText, ["address6"]),
        (HostNotificationPeriod, FreeText, ["host_notification_period"]),
        (HostNotificationCommands, List, ["host_notification_commands"]),
        (HostNotificationOptions, Options, ["host_notification_options"]),
        (HostNotificationsEnabled, DirectiveKind.Boolean, ["host_notifications_enabled"]),
        (ServiceNotificationPeriod, FreeText, ["service_notification_period"]),
        (ServiceNotificationCommands, List, ["service_notification_commands"]),
        (ServiceNotificationOptions, Options, ["service_notification_options"]),
        (ServiceNotificationsEnabled, DirectiveKind.Boolean, ["service_notifications_enabled"]),
        (CanSubmitCommands, DirectiveKind.Boolean, ["can_submit_commands"]),
        (RetainStatusInformation, DirectiveKind.Boolean, ["retain_status_information"]),
        (RetainNonStatusInformation, DirectiveKind.Boolean, ["retain_nonstatus_information"]),
        (MinimumValue, DirectiveKind.Unsigned, ["minimum_value", "minimum_importance"]),
    ];

    private static Row[] GroupRows(Directive name, string type, bool withNotes)
    {
        Row[] rows =
        [
            (name, Plain, [type + "_name"]),
            (Alias, Plain, ["alias"]),
            (Members, AppendedList, ["members"]),
            (GroupMembers, AppendedList, [type + "_members"]),
        ];
        return withNotes
            ? [.. rows, (Notes, FreeText, ["notes"]), (NotesUrl, FreeText, ["notes_url"]), (ActionUrl, FreeText, ["action_url"])]
            : rows;
    }

    private static Row[] HostRows() =>
    [
        (HostName, Plain, ["host_name"]),
        (Address, Plain, ["address"]),
        (Alias, Plain, ["alias"]),
        (HostGroups, List, ["hostgroups", "host_groups"]),
        (CheckCommand, FreeText, ["check_command"]),
        (ActiveChecksEnabled, DirectiveKind.Boolean, ["active_checks_enabled", "checks_enabled"]),
        (InitialState, State, ["initial_state"]),
        (FreshnessThreshold, NonNegativeInteger, ["freshness_threshold"]),
        (VrmlImage, FreeText, ["vrml_image"]),
        (StatusMapImage, FreeText, ["statusmap_image", "gd2_image"]),
        (Directive.Coordinates2D, DirectiveKind.Coordinates2D, ["2d_coords"]),
        (Directive.Coordinates3D, DirectiveKind.Coordinates3D, ["3d_coords"]),
        (Obsess, DirectiveKind.Boolean, ["obsess", "obsess_over_host"]),
        (RetryInterval, AnyNumber, ["retry_interval", "retry_check_interval"]),
        .. CheckableRows(),
    ];

    private static Row[] ServiceRows() =>
    [
        (HostName, List, ["host_name", "host", "hosts"]),
        (HostGroupName, List, ["hostgroup_name", "hostgroup", "hostgroups"]),
        (ServiceDescription, FreeText, ["service_description", "description"]),
        (ServiceGroups, List, ["servicegroups", "service_groups"]),
        (CheckCommand, ServiceCommand, ["check_command"]),
        (ActiveChecksEnabled, DirectiveKind.Boolean, ["active_checks_enabled"]),
        (IsVolatile, DirectiveKind.Boolean, ["is_volatile"]),
        (InitialState, State, ["initial_state"]),
        (FreshnessThreshold, Integer, ["freshness_threshold"]),
        (Obsess, DirectiveKind.Boolean, ["obsess", "obsess_over_service"]),
        (RetryInterval, Number, ["retry_interval", "retry_check_interval"]),
        (Directive.Ignored, DirectiveKind.Ignored, ["parallelize_check"]),
        .. CheckableRows(),
    ];

    private static Row[] CheckableRows() =>
    [
        (DisplayName, FreeText, ["display_name"]),
        (Parents, List, ["parents"]),
        (ContactGroups, List, ["contact_groups"]),
        (Contacts, List, ["contacts"]),
        (CheckPeriod, FreeText, ["check_period"]),
        (CheckTimeout, PositiveInteger, ["check_timeout"]),
        (CheckInterval, Number, ["check_interval", "normal_check_interval"]),
        (MaxCheckAttempts, PositiveInteger, ["max_check_attempts"]),
        (PassiveChecksEnabled, DirectiveKind.Boolean, ["passive_checks_enabled"]),
        (Directive.EventHandler, FreeText, ["event_handler"]),
        (EventHandlerEnabled, DirectiveKind.Boolean, ["event_handler_enabled"]),
        (CheckFreshness, DirectiveKind.Boolean, ["check_freshness"]),
        (LowFlapThreshold, Percentage, ["low_flap_threshold"]),
        (HighFlapThreshold, Percentage, ["high_flap_threshold"]),
        (FlapDetectionEnabled, DirectiveKind.Boolean, ["flap_detection_enabled"]),
        (FlapDetectionOptions, ReplacedOptions, ["flap_detection_options"]),
        (NotificationPeriod, FreeText, ["notification_period"]),
        (NotificationOptions, Options, ["notification_options"]),
        (NotificationsEnabled, DirectiveKind.Boolean, ["notifications_enabled"]),
        (NotificationInterval, Number, ["notification_interval"]),
        (FirstNotificationDelay, Number, ["first_notification_delay"]),
        (StalkingOptions, Options, ["stalking_options"]),
        (ProcessPerfData, DirectiveKind.Boolean, ["process_perf_data"]),
        (RetainStatusInformation, DirectiveKind.Boolean, ["retain_status_information"]),
        (RetainNonStatusInformation, DirectiveKind.Boolean, ["retain_nonstatus_information"]),
        (HourlyValue, DirectiveKind.Unsigned, ["hourly_value", "importance"]),
        (Notes, FreeText, ["notes"]),
        (NotesUrl, FreeText, ["notes_url"]),
        (ActionUrl, FreeText, ["action_url"]),
        (IconImage, FreeText, ["icon_image"]),
        (IconImageAlt, FreeText, ["icon_image_alt"]),
        (Directive.Obsolete, DirectiveKind.Obsolete, ["failure_prediction_enabled", "failure_prediction_options"]),
    ];

    private static Row[] HostDependencyRows() =>
    [
        (HostName, List, ["host_name", "host", "master_host", "master_host_name"]),
        (HostGroupName, List, ["hostgroup_name", "hostgroup", "hostgroups"]),
        (DependentHostName, List, ["dependent_host_name", "dependent_host"]),
        (DependentHostGroupName, List, ["dependent_hostgroup_name", "dependent_hostgroup", "dependent_hostgroups"]),
        .. DependencyRows(),
    ];

    private static Row[] ServiceDependencyRows() =>
    [
        (HostName, List, ["host_name", "host", "master_host", "master_host_name"]),
        (HostGroupName, List, ["hostgroup_name", "hostgroup", "hostgroups"]),
        (ServiceGroupName, List, ["servicegroup_name", "servicegroup", "servicegroups"]),
        (ServiceDescription, List, ["service_description", "description", "master_description", "master_service_description"]),
        (DependentHostName, List, ["dependent_host_name", "dependent_host"]),
        (DependentHostGroupName, List, ["dependent_hostgroup_name", "dependent_hostgroup", "dependent_hostgroups"]),
        (DependentServiceGroupName, List,
            ["dependent_servicegroup_name", "dependent_servicegroup", "dependent_servicegroups"]),
        (DependentServiceDescription, List, ["dependent_service_description", "dependent_description"]),
        .. DependencyRows(),
    ];

    private static Row[] DependencyRows() =>
    [
        (DependencyPeriod, FreeText, ["dependency_period"]),
        (InheritsParent, DirectiveKind.Boolean, ["inherits_parent"]),
        (ExecutionFailureOptions, Options, ["execution_failure_options", "execution_failure_criteria"]),
        (NotificationFailureOptions, Options, ["notification_failure_options", "notification_failure_criteria"]),
    ];

    private static Row[] EscalationRows(bool forServices)
    {
        Row[] rows =
        [
            (HostName, List, ["host_name", "host"]),
            (HostGroupName, List, ["hostgroup_name", "hostgroup", "hostgroups"]),
            (ContactGroups, List, ["contact_groups"]),
            (Contacts, List, ["contacts"]),
            (EscalationPeriod, FreeText, ["escalation_period"]),
            (FirstNotification, Integer, ["first_notification"]),
            (LastNotification, Integer, ["last_notification"]),
            (NotificationInterval, AnyNumber, ["notification_interval"]),
            (EscalationOptions, Options, ["escalation_options"]),
        ];
        return forServices
            ?
            [
                .. rows,
                (ServiceDescription, List, ["service_description", "description"]),
                (ServiceGroupName, List, ["servicegroup_name", "servicegroup", "servicegroups"]),
            ]
            : rows;
    }

    private static Row[] HostExtendedInfoRows() =>
    [
        .. ExtendedInfoRows(),
        (VrmlImage, FreeText, ["vrml_image"]),
        (StatusMapImage, FreeText, ["statusmap_image", "gd2_image"]),
        (Directive.Coordinates2D, DirectiveKind.Coordinates2D, ["2d_coords"]),
        (Directive.Coordinates3D, DirectiveKind.Coordinates3D, ["3d_coords"]),
    ];

    private static Row[] ServiceExtendedInfoRows() =>
        [.. ExtendedInfoRows(), (ServiceDescription, FreeText, ["service_description"])];

    private static Row[] ExtendedInfoRows() =>
    [
        (HostName, FreeText, ["host_name"]),
        (HostGroupName, FreeText, ["hostgroup_name", "hostgroup"]),
        (Notes, FreeText, ["notes"]),
        (NotesUrl, FreeText, ["notes_url"]),
        (ActionUrl, FreeText, ["action_url"]),
        (IconImage, FreeText, ["icon_image"]),
        (IconImageAlt, FreeText, ["icon_image_alt"]),
    ];
}

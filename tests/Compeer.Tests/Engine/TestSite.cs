using System.Collections.Immutable;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;
using Variable = System.Collections.Generic.KeyValuePair<string, string>;

namespace Compeer.Tests.Engine;

/// <summary>A small configuration put together in code, and the ids of its objects.</summary>
internal sealed class TestSite
{
    public static readonly SourcePosition Nowhere = new("test.cfg", 1);

    public static readonly MainConfiguration DefaultMain = new()
    {
        Path = "/opt/monitor/etc/naemon.cfg",
        ObjectFiles = [],
        ObjectDirectories = [],
        ResourceFiles = ["/opt/monitor/etc/resource.cfg"],
        IncludeFiles = [],
        IncludeDirectories = [],
        IntervalLength = TimeSpan.FromSeconds(60),
        ServiceCheckTimeout = TimeSpan.FromSeconds(60),
        HostCheckTimeout = TimeSpan.FromSeconds(30),
        ServiceCheckTimeoutState = 2,
        UseAggressiveHostChecking = false,
        MaxConcurrentChecks = 0,
        ExecuteServiceChecks = true,
        ExecuteHostChecks = true,
        LogFile = "/opt/monitor/var/naemon.log",
        LockFile = null,
        LogServiceRetries = true,
        LogHostRetries = true,
        LogInitialStates = true,
        LogCurrentStates = true,
        IllegalMacroOutputCharacters = "`~$&|'\"<>",
        TimeZone = null,
        AdminEmail = "admin@example.org",
        AdminPager = null,
        WithoutEffect = [],
        Notifications = new NotificationVariables { SuppressionIsLogged = false },
    };

    public static readonly CheckSettings DefaultChecking = new()
    {
        CheckInterval = TimeSpan.FromMinutes(5),
        RetryInterval = TimeSpan.FromMinutes(1),
        MaxCheckAttempts = 3,
        CheckTimeout = TimeSpan.FromSeconds(60),
        CheckPeriod = null,
        ActiveChecksEnabled = true,
        PassiveChecksEnabled = true,
        IsVolatile = false,
        InitialState = 0,
    };

    private readonly List<(string Name, CheckSettings Checking, string? Command, Variable[] Variables)> _hosts = [];
    private readonly List<(string Host, string Description, CheckSettings Checking, string Command, Variable[] Variables)>
        _services = [];

    private readonly List<(string Child, string Parent)> _parents = [];
    private readonly List<(string Dependent, string Master)> _hostDependencies = [];
    private readonly List<((string Host, string Description) Dependent, (string Host, string Description) Master)>
        _serviceDependencies = [];

    private readonly List<(string Name, string[] Hosts)> _hostGroups = [];
    private readonly List<(string Name, (string Host, string Description)[] Services)> _serviceGroups = [];

    public MainConfiguration Main { get; init; } = DefaultMain;

    public ZoneRules Zone { get; init; } = ZoneRules.Utc;

    public Dictionary<string, string> Resources { get; } = new() { ["USER1"] = "/usr/lib/nagios/plugins" };

    public List<TimePeriodDefinition> Periods { get; } = [];

    public ObjectConfiguration Objects { get; private set; } = null!;

    public static TimePeriodDefinition Period(string name, params (int Day, int Start, int End)[] ranges) => new()
    {
        Name = name,
        Alias = name,
        Position = Nowhere,
        Weekdays =
        [
            .. Enumerable.Range(0, 7).Select(day => ranges.Where(range => range.Day == day)
                .OrderBy(range => range.Start)
                .Select(range => new TimeRange(range.Start, range.End))
                .ToImmutableArray()),
        ],
    };

    public static CommandCall Call(string commandLine, params string[] arguments) =>
        new(new CommandDefinition("check-it", commandLine, Nowhere), [.. arguments]);

    public TestSite Host(
        string name,
        CheckSettings? checking = null,
        string? command = "check_host $HOSTADDRESS$",
        params Variable[] variables)
    {
        _hosts.Add((name, checking ?? DefaultChecking, command, variables));
        return this;
    }

    public TestSite Service(
        string host,
        string description,
        CheckSettings? checking = null,
        string command = "check_it",
        params Variable[] variables)
    {
        _services.Add((host, description, checking ?? DefaultChecking, command, variables));
        return this;
    }

    /// <summary>The child is reached through the parent; a parent's name is before its child's.</summary>
    public TestSite Parent(string child, string parent)
    {
        _parents.Add((child, parent));
        return this;
    }

    public TestSite DependsOn(string dependent, string master)
    {
        _hostDependencies.Add((dependent, master));
        return this;
    }

    public TestSite DependsOn((string Host, string Description) dependent, (string Host, string Description) master)
    {
        _serviceDependencies.Add((dependent, master));
        return this;
    }

    public TestSite HostGroup(string name, params string[] hosts)
    {
        _hostGroups.Add((name, hosts));
        return this;
    }

    public TestSite ServiceGroup(string name, params (string Host, string Description)[] services)
    {
        _serviceGroups.Add((name, services));
        return this;
    }

    public EngineConfiguration Configuration => new(Main, Objects, Zone);

    public MonitoringEngine Build()
    {
        var byName = new Dictionary<string, HostDefinition>();
        foreach (var host in _hosts.OrderBy(host => host.Name, StringComparer.Ordinal))
        {
            byName.Add(host.Name, MakeHost(host, byName));
        }

        ImmutableArray<HostDefinition> hosts = [.. byName.Values];
        ImmutableArray<ServiceDefinition> services =
        [
            .. _services.OrderBy(service => service.Host, StringComparer.Ordinal)
                .ThenBy(service => service.Description, StringComparer.Ordinal)
                .Select((service, index) => MakeService(service, index, byName)),
        ];
        Objects = new ObjectConfiguration
        {
            Hosts = hosts,
            Services = services,
            Commands = [],
            Contacts = [],
            ContactGroups = [],
            HostGroups =
            [
                .. _hostGroups.OrderBy(group => group.Name, StringComparer.Ordinal).Select(group => new HostGroupDefinition
                {
                    Name = group.Name,
                    Alias = $"all of {group.Name}",
                    Members = [.. group.Hosts.Select(name => byName[name])],
                    Position = Nowhere,
                }),
            ],
            ServiceGroups =
            [
                .. _serviceGroups.OrderBy(group => group.Name, StringComparer.Ordinal).Select(group => new ServiceGroupDefinition
                {
                    Name = group.Name,
                    Alias = $"all of {group.Name}",
                    Members = [.. group.Services.Select(member =>
                        services.Single(service => (service.Host.Name, service.Description) == member))],
                    Position = Nowhere,
                }),
            ],
            TimePeriods = [.. Periods.OrderBy(period => period.Name, StringComparer.Ordinal)],
            HostDependencies = [.. _hostDependencies.Select(pair => new HostDependencyDefinition
            {
                Dependent = byName[pair.Dependent],
                Master = byName[pair.Master],
                Kind = DependencyKind.Execution,
                FailureOptions = default,
                InheritsParent = false,
                Period = null,
                Position = Nowhere,
            }).OrderBy(dependency => dependency.Dependent.Name, StringComparer.Ordinal)],
            ServiceDependencies = [.. _serviceDependencies.Select(pair => new ServiceDependencyDefinition
            {
                Dependent = services.Single(service => (service.Host.Name, service.Description) == pair.Dependent),
                Master = services.Single(service => (service.Host.Name, service.Description) == pair.Master),
                Kind = DependencyKind.Execution,
                FailureOptions = default,
                InheritsParent = false,
                Period = null,
                Position = Nowhere,
            }).OrderBy(dependency => dependency.Dependent.Id.Index)],
            Resources = Resources.ToImmutableDictionary(),
        };
        return new MonitoringEngine(Configuration);
    }

    public CheckableId Id(string host) => CheckableId.Of(Objects.Hosts.Single(definition => definition.Name == host).Id);

    public CheckableId Id(string host, string description) => CheckableId.Of(
        Objects.Services.Single(service => service.Host.Name == host && service.Description == description).Id, Objects);

    public IReadOnlyList<CheckableId> All() =>
        [.. Enumerable.Range(0, Objects.Hosts.Length + Objects.Services.Length).Select(index => new CheckableId(index))];

    private HostDefinition MakeHost(
        (string Name, CheckSettings Checking, string? Command, Variable[] Variables) host,
        Dictionary<string, HostDefinition> before) => new()
        {
            Id = new HostId(before.Count),
            Parents = [.. _parents.Where(pair => pair.Child == host.Name).Select(pair => before[pair.Parent])],
            Name = host.Name,
            Alias = $"alias of {host.Name}",
            Address = $"addr.{host.Name}",
            DisplayName = host.Name,
            CheckCommand = host.Command is null ? null : Call(host.Command),
            Checking = host.Checking,
            CustomVariables = [.. host.Variables],
            Contacts = [],
            ContactGroups = [],
            Position = Nowhere,
        };

    private static ServiceDefinition MakeService(
        (string Host, string Description, CheckSettings Checking, string Command, Variable[] Variables) service,
        int index,
        Dictionary<string, HostDefinition> hosts) => new()
        {
            Id = new ServiceId(index),
            Host = hosts[service.Host],
            Description = service.Description,
            DisplayName = service.Description,
            CheckCommand = Call(service.Command),
            Checking = service.Checking,
            CustomVariables = [.. service.Variables],
            Contacts = [],
            ContactGroups = [],
            Position = Nowhere,
        };
}

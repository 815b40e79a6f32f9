using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Configuration.Objects.Comparison;

/// <summary>
/// Whether definitions of two configurations say the same. Settings that many objects share are compared once for each
/// pair of instances, so that a million services that share ten of them cost a million lookups and ten comparisons.
/// </summary>
internal sealed class DefinitionEquality
{
    private readonly Dictionary<(object, object), bool> _known = new(ReferencePairs.Instance);

    public bool Same(HostDefinition a, HostDefinition b) =>
        a.Name == b.Name && a.Alias == b.Alias && a.Address == b.Address
        && SameNames(a.Parents, b.Parents, p => p.Name)
        && SameCheckable(a, b);

    public bool Same(ServiceDefinition a, ServiceDefinition b) =>
        a.Host.Name == b.Host.Name && a.Description == b.Description
        && SameList(a.Parents, b.Parents, (x, y) => x.Host.Name == y.Host.Name && x.Description == y.Description)
        && SameCheckable(a, b);

    public static bool Same(CommandDefinition a, CommandDefinition b) => a.Name == b.Name && a.CommandLine == b.CommandLine;

    public bool Same(TimePeriodDefinition a, TimePeriodDefinition b) => Once(a, b, SameWithExclusions);

    public bool Same(ContactDefinition a, ContactDefinition b) => Once(a, b, (x, y) =>
        x.Name == y.Name && x.Alias == y.Alias && x.Email == y.Email && x.Pager == y.Pager
        && x.Addresses.SequenceEqual(y.Addresses)
        && SameNotifications(x.HostNotifications, y.HostNotifications)
        && SameNotifications(x.ServiceNotifications, y.ServiceNotifications)
        && x.CanSubmitCommands == y.CanSubmitCommands
        && x.RetainStatusInformation == y.RetainStatusInformation
        && x.RetainNonStatusInformation == y.RetainNonStatusInformation
        && x.MinimumValue == y.MinimumValue
        && x.CustomVariables.SequenceEqual(y.CustomVariables));

    public static bool Same(ContactGroupDefinition a, ContactGroupDefinition b) =>
        a.Name == b.Name && a.Alias == b.Alias && SameNames(a.Members, b.Members, m => m.Name);

    public static bool Same(HostGroupDefinition a, HostGroupDefinition b) =>
        a.Name == b.Name && a.Alias == b.Alias && a.Presentation == b.Presentation
        && SameNames(a.Members, b.Members, m => m.Name);

    public static bool Same(ServiceGroupDefinition a, ServiceGroupDefinition b) =>
        a.Name == b.Name && a.Alias == b.Alias && a.Presentation == b.Presentation
        && SameList(a.Members, b.Members, (x, y) => x.Host.Name == y.Host.Name && x.Description == y.Description);

    public bool Same(HostDependencyDefinition a, HostDependencyDefinition b) =>
        a.Dependent.Name == b.Dependent.Name && a.Master.Name == b.Master.Name && a.Kind == b.Kind
        && a.FailureOptions == b.FailureOptions && a.InheritsParent == b.InheritsParent && SamePeriod(a.Period, b.Period);

    public bool Same(ServiceDependencyDefinition a, ServiceDependencyDefinition b) =>
        a.Dependent.Host.Name == b.Dependent.Host.Name && a.Dependent.Description == b.Dependent.Description
        && a.Master.Host.Name == b.Master.Host.Name && a.Master.Description == b.Master.Description && a.Kind == b.Kind
        && a.FailureOptions == b.FailureOptions && a.InheritsParent == b.InheritsParent && SamePeriod(a.Period, b.Period);

    public bool Same(HostEscalationDefinition a, HostEscalationDefinition b) =>
        a.Host.Name == b.Host.Name && SameEscalation(a.Settings, b.Settings);

    public bool Same(ServiceEscalationDefinition a, ServiceEscalationDefinition b) =>
        a.Service.Host.Name == b.Service.Host.Name && a.Service.Description == b.Service.Description
        && SameEscalation(a.Settings, b.Settings);

    /// <summary>Step by step, because periods may exclude each other in a circle.</summary>
    private static bool SameWithExclusions(TimePeriodDefinition a, TimePeriodDefinition b)
    {
        var found = new HashSet<(object, object)>(ReferencePairs.Instance) { (a, b) };
        var open = new Stack<(TimePeriodDefinition A, TimePeriodDefinition B)>([(a, b)]);
        while (open.TryPop(out var pair))
        {
            if (!SameHours(pair.A, pair.B) || pair.A.Exclusions.Length != pair.B.Exclusions.Length)
            {
                return false;
            }

            foreach (var (one, other) in pair.A.Exclusions.Zip(pair.B.Exclusions))
            {
                if (found.Add((one, other)))
                {
                    open.Push((one, other));
                }
            }
        }

        return true;
    }

    private static bool SameHours(TimePeriodDefinition a, TimePeriodDefinition b) =>
        a.Name == b.Name && a.Alias == b.Alias
        && SameList(a.Weekdays, b.Weekdays, (d, e) => d.SequenceEqual(e))
        && SameList(a.Exceptions, b.Exceptions, SameException);

    private static bool SameException(DateRange a, DateRange b) =>
        a.Kind == b.Kind && a.Start == b.Start && a.End == b.End && a.SkipInterval == b.SkipInterval
        && a.Times.SequenceEqual(b.Times);

    private static bool SameList<T>(ImmutableArray<T> a, ImmutableArray<T> b, Func<T, T, bool> same)
    {
        var equal = a.Length == b.Length;
        for (var i = 0; equal && i < a.Length; i++)
        {
            equal = same(a[i], b[i]);
        }

        return equal;
    }

    private static bool SameNames<T>(ImmutableArray<T> a, ImmutableArray<T> b, Func<T, string> name) =>
        SameList(a, b, (x, y) => name(x) == name(y));

    private bool SameCheckable(CheckableDefinition a, CheckableDefinition b) =>
        a.DisplayName == b.DisplayName
        && SameCall(a.CheckCommand, b.CheckCommand)
        && Once(a.Checking, b.Checking, (x, y) =>
            x with { CheckPeriod = null } == y with { CheckPeriod = null } && SamePeriod(x.CheckPeriod, y.CheckPeriod))
        && Once(a.Notifying, b.Notifying, (x, y) =>
            x with { Period = null } == y with { Period = null } && SamePeriod(x.Period, y.Period))
        && Once(a.FlapDetection, b.FlapDetection, (x, y) => x == y)
        && Once(a.Processing, b.Processing, (x, y) =>
            x with { EventHandler = null } == y with { EventHandler = null } && SameCall(x.EventHandler, y.EventHandler))
        && Once(a.Presentation, b.Presentation, (x, y) => x == y)
        && a.CustomVariables.SequenceEqual(b.CustomVariables)
        && SameNames(a.Contacts, b.Contacts, c => c.Name)
        && SameNames(a.ContactGroups, b.ContactGroups, g => g.Name);

    private bool SameEscalation(EscalationSettings a, EscalationSettings b) => Once(a, b, (x, y) =>
        x.FirstNotification == y.FirstNotification && x.LastNotification == y.LastNotification
        && x.NotificationInterval == y.NotificationInterval && x.Options == y.Options && SamePeriod(x.Period, y.Period)
        && SameNames(x.Contacts, y.Contacts, c => c.Name)
        && SameNames(x.ContactGroups, y.ContactGroups, g => g.Name));

    private bool SameNotifications(ContactNotificationSettings a, ContactNotificationSettings b) =>
        a.Enabled == b.Enabled && a.Options == b.Options && SamePeriod(a.Period, b.Period)
        && SameList(a.Commands, b.Commands, SameCall);

    private bool SamePeriod(TimePeriodDefinition? a, TimePeriodDefinition? b) =>
        a is null || b is null ? ReferenceEquals(a, b) : Same(a, b);

    private bool SameCall(CommandCall? a, CommandCall? b) =>
        a is null || b is null
            ? ReferenceEquals(a, b)
            : Once(a, b, (x, y) => Same(x.Command, y.Command) && x.Arguments.SequenceEqual(y.Arguments));

    private bool Once<T>(T a, T b, Func<T, T, bool> same)
        where T : class
    {
        if (ReferenceEquals(a, b))
        {
            return true;
        }

        if (!_known.TryGetValue((a, b), out var equal))
        {
            equal = same(a, b);
            _known[(a, b)] = equal;
        }

        return equal;
    }

    private sealed class ReferencePairs : IEqualityComparer<(object A, object B)>
    {
        public static readonly ReferencePairs Instance = new();

        public bool Equals((object A, object B) x, (object A, object B) y) =>
            ReferenceEquals(x.A, y.A) && ReferenceEquals(x.B, y.B);

        public int GetHashCode((object A, object B) pair) => HashCode.Combine(
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.A),
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.B));
    }
}

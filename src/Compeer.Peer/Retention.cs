using Compeer.Cluster.Model;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>
/// Which of the values that an earlier run left this configuration wants: Naemon's options of retention, in the main configuration
/// (<c>use_retained_program_state</c>, <c>use_retained_scheduling_info</c>, the attribute masks) and at hosts and services
/// (<c>retain_status_information</c>, <c>retain_nonstatus_information</c>). What is refused is deleted from this node's database; other
/// nodes that run have it still, and so it comes back from them.
/// </summary>
internal static class Retention
{
    /// <summary>What is to be taken of it, and what is refused.</summary>
    public static StoredValues Of(PeerConfiguration configuration, StoredValues stored)
    {
        var rules = configuration.Main.Retention;
        var (values, refused) = (new List<Update>(stored.Values.Count), new List<Update>(stored.Refused));
        var objects = configuration.Objects;
        var isStateForgotten = objects.Hosts.Any(host => !host.Processing.RetainStatusInformation)
            || objects.Services.Any(service => !service.Processing.RetainStatusInformation);
        foreach (var update in stored.Values)
        {
            // To find a hundred thousand objects by their names takes long enough to be left out where it makes no difference.
            var isWanted = update.Kind == RegisterKind.CheckState && !isStateForgotten;
            if (isWanted || IsWanted(rules, objects, update))
            {
                values.Add(rules.KeepsSchedule || update.Kind != RegisterKind.CheckState ? update : Unscheduled(update));
            }
            else
            {
                refused.Add(update);
            }
        }

        return stored with { Values = values, Refused = refused };
    }

    /// <summary>The bit of a setting among Naemon's modified attributes (<c>MODATTR_*</c>, common.h); 0 for one without.</summary>
    internal static uint AttributeOf(OperatorSetting setting) => setting switch
    {
        OperatorSetting.ActiveChecks => 2,
        OperatorSetting.PassiveChecks => 4,
        OperatorSetting.FlapDetection => 16,
        OperatorSetting.CheckCommand => 512,
        OperatorSetting.CheckInterval => 1024,
        OperatorSetting.RetryInterval => 2048,
        OperatorSetting.MaxCheckAttempts => 4096,
        OperatorSetting.CheckPeriod => 16384,
        OperatorSetting.Notifications => 1,
        OperatorSetting.NotificationPeriod => 65536,
        _ => 0,
    };

    /// <summary>The same for a global switch, and whether it is about hosts, about services, or both.</summary>
    internal static (uint Bit, bool OfHosts, bool OfServices) AttributeOf(ProgramSetting setting) => setting switch
    {
        ProgramSetting.HostChecks => (2, true, false),
        ProgramSetting.ServiceChecks => (2, false, true),
        ProgramSetting.PassiveHostChecks => (4, true, false),
        ProgramSetting.PassiveServiceChecks => (4, false, true),
        ProgramSetting.FlapDetection => (16, true, true),
        ProgramSetting.Notifications => (1, true, true),
        ProgramSetting.HostFreshness => (128, true, false),
        ProgramSetting.ServiceFreshness => (128, false, true),
        _ => (0, false, false),
    };

    private static bool IsWanted(RetentionVariables rules, ObjectConfiguration objects, Update update)
    {
        if (update.Kind == RegisterKind.OperatorSettings && OperatorRegisters.IsProgram(new RegisterKey(update.Kind, update.Key)))
        {
            var (bit, ofHosts, ofServices) = AttributeOf((ProgramSetting)update.Setting);
            return rules.KeepsProgramState && !(ofHosts && (rules.ForgottenOfProgramForHosts & bit) != 0)
                && !(ofServices && (rules.ForgottenOfProgramForServices & bit) != 0);
        }

        if (update.Kind is not (RegisterKind.CheckState or RegisterKind.OperatorSettings)
            || OperatorRegisters.ObjectOf(objects, update.Key) is not { } id)
        {
            return true;
        }

        var isHost = id.Index < objects.Hosts.Length;
        CheckableDefinition definition = isHost ? objects.Hosts[id.Index] : objects.Services[id.Index - objects.Hosts.Length];
        if (update.Kind == RegisterKind.CheckState)
        {
            return definition.Processing.RetainStatusInformation;
        }

        var forgotten = isHost ? rules.ForgottenOfHosts : rules.ForgottenOfServices;
        return definition.Processing.RetainNonStatusInformation
            && (forgotten & AttributeOf((OperatorSetting)update.Setting)) == 0;
    }

    /// <summary>Without the time that was planned: the next check comes an interval after the last one.</summary>
    private static Update Unscheduled(Update update) =>
        CheckStateCodec.Decode(update.Payload.Span) is { IsWhole: true, State: { } state }
            ? update with { Payload = CheckStateCodec.Encode(state with { NextCheckTicks = 0 }) }
            : update;
}

using Compeer.Cluster.Model;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Events;
using Compeer.Engine.Model;

namespace Compeer.Peer;

/// <summary>
/// Which of the values that an earlier run left this configuration wants: Naemon's options of retention, in the main configuration
/// (<c>use_retained_program_state</c>, <c>use_retained_scheduling_info</c>, the attribute masks) and at hosts, services and contacts
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
        var encoder = new CheckStateEncoder();
        var isStateForgotten = objects.Hosts.Any(host => !host.Processing.RetainStatusInformation)
            || objects.Services.Any(service => !service.Processing.RetainStatusInformation);
        foreach (var update in stored.Values)
        {
            // To find a hundred thousand objects by their names takes long enough to be left out where it makes no difference.
            var isWanted = update.Kind == RegisterKind.CheckState && !isStateForgotten;
            if (isWanted || IsWanted(rules, objects, update))
            {
                values.Add(rules.KeepsSchedule || update.Kind != RegisterKind.CheckState ? update : Unscheduled(update, encoder));
            }
            else
            {
                refused.Add(update);
            }
        }

        return stored with { Values = values, Refused = refused };
    }

    private static bool IsWanted(RetentionVariables rules, ObjectConfiguration objects, Update update)
    {
        if (update.Kind == RegisterKind.OperatorSettings && OperatorRegisters.IsProgram(new RegisterKey(update.Kind, update.Key)))
        {
            var setting = (ProgramSetting)update.Setting;
            return rules.KeepsProgramState
                && (rules.ForgottenOfProgramForHosts & ModifiedAttributes.OfHosts(setting)) == 0
                && (rules.ForgottenOfProgramForServices & ModifiedAttributes.OfServices(setting)) == 0;
        }

        if (update.Kind == RegisterKind.ContactSettings)
        {
            var setting = (ContactSetting)update.Setting;
            return (rules.ForgottenOfContactsForHosts & ModifiedAttributes.OfContactForHosts(setting)) == 0
                && (rules.ForgottenOfContactsForServices & ModifiedAttributes.OfContactForServices(setting)) == 0
                && OperatorRegisters.ContactOf(objects, update.Key) is not { RetainNonStatusInformation: false };
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
            && (forgotten & ModifiedAttributes.Of((OperatorSetting)update.Setting)) == 0;
    }

    /// <summary>Without the time that was planned: the next check comes an interval after the last one.</summary>
    private static Update Unscheduled(Update update, CheckStateEncoder encoder) =>
        CheckStateCodec.Decode(update.Payload.Span) is { IsWhole: true, State: { } state }
            ? update with { Payload = encoder.Encode(state with { NextCheckTicks = 0 }).ToArray() }
            : update;
}

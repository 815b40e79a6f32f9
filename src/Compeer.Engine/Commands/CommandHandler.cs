using Compeer.Configuration.Text;
using Compeer.Engine.Checks;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.Site;
using Compeer.Engine.States;

namespace Compeer.Engine.Commands;

/// <summary>Takes external commands: reads them, says so in the log, and does what they ask for, or has the object's owner do it.</summary>
internal sealed class CommandHandler(
    EngineState engine,
    SettingHandler settings,
    RequestedChecks checks,
    PassiveResults results,
    EntryCommands entries,
    NotificationCommand notifications)
{
    /// <summary>Why a result from outside is not taken.</summary>
    public const string NoPassiveResults = "passive results of it are not accepted";

    private const int LongestShown = 4096;

    private readonly ContactCommands _contacts = new(engine, settings);
    private readonly AttributeCommands _attributes = new(engine, settings);

    /// <summary>Takes one command.</summary>
    /// <param name="now">The time.</param>
    /// <param name="line">The command, one line without its end.</param>
    /// <param name="transition">What follows.</param>
    /// <returns>Null when it was done or is on its way; else why not.</returns>
    public string? Take(EngineTime now, ReadOnlySpan<byte> line, Transition transition)
    {
        var text = ConfigurationText.Decode(line.Trim(" \t\r\n"u8));
        if (CommandParser.Parse(text, engine.Site.Objects, out var error) is not { } command)
        {
            Say(now, $"Warning: External command parse error {text} ({error})", transition);
            Say(now, $"External command error: {error}", transition);
            return error;
        }

        var words = $"{command.Name};{command.RawArguments}";
        if (command.Name != "LOG")
        {
            engine.Emit(MonitoringEvent.CommandGiven(now, words, IsResult(command)), transition);
        }

        var failure = Do(now, command, transition);
        if (failure is not null)
        {
            // The reason is to be in the line, however long the command is.
            var shown = words.Length <= LongestShown ? words : words[..LongestShown];
            Say(now, $"Error: External command failed -> {shown} ({failure})", transition);
        }

        return failure;
    }

    /// <summary>Does what another node asks this one for as the owner of an object.</summary>
    /// <returns>Null when it is done; else why not.</returns>
    public string? Obey(EngineTime now, CheckableId id, ObjectRequest request, Transition transition)
    {
        switch (request)
        {
            case ObjectRequest.Schedule schedule:
                checks.Schedule(now, id, schedule.At, schedule.IsForced, transition);
                return null;
            case ObjectRequest.Result result:
                return results.Take(now, id, result, transition) ? null : NoPassiveResults;
            default:
                if (!notifications.Obey(now, id, request, transition))
                {
                    throw new ArgumentOutOfRangeException(nameof(request), request, "not for this handler");
                }

                return null;
        }
    }

    private static bool IsResult(ParsedCommand command) =>
        command.Name is "PROCESS_SERVICE_CHECK_RESULT" or "PROCESS_HOST_CHECK_RESULT";

    private string? Do(EngineTime now, ParsedCommand command, Transition transition)
    {
        if (SettingCommands.Switch(command.Name) is { } objectSwitch)
        {
            var value = SettingValue.Of(objectSwitch.IsOn);
            foreach (var id in CommandObjects.Of(engine.Site, objectSwitch.Scope, command))
            {
                Change(now, id, objectSwitch.Setting, value, transition);
            }

            return null;
        }

        if (SettingCommands.ProgramSwitch(command.Name) is { } programSwitch)
        {
            if (!PresentSettings.IsSo(engine.Site.Program, programSwitch.Setting, programSwitch.IsOn))
            {
                settings.Change(now, programSwitch.Setting, SettingValue.Of(programSwitch.IsOn), isGivenHere: true, transition);
            }

            return null;
        }

        if (SettingCommands.ProgramCall(command.Name) is { } programCall)
        {
            if (ChangedSettings.Call(engine.Site.Objects, command.Text(0)) is null)
            {
                return "there is no such command";
            }

            settings.Change(now, programCall, SettingValue.Of(command.Text(0)), isGivenHere: true, transition);
            return null;
        }

        if (EntryCommands.Takes(command.Name))
        {
            return entries.Do(now, command, transition);
        }

        if (ContactCommands.Takes(command.Name))
        {
            return _contacts.Do(now, command, transition);
        }

        if (AttributeCommands.Takes(command.Name))
        {
            return _attributes.Do(now, command, transition);
        }

        return SettingCommands.Value(command.Name) is { } setting
            ? Change(now, command, setting, transition)
            : DoAtOwner(now, command, transition);
    }

    private string? Change(EngineTime now, ParsedCommand command, OperatorSetting setting, Transition transition)
    {
        (var value, var failure) = setting switch
        {
            OperatorSetting.CheckInterval or OperatorSetting.RetryInterval => Interval(command.Number(1)),
            OperatorSetting.MaxCheckAttempts => command.Number(1) is >= 1 and <= int.MaxValue
                ? (SettingValue.Of(command.Number(1)), null)
                : (default, "the number of attempts begins at 1"),
            OperatorSetting.CheckPeriod or OperatorSetting.NotificationPeriod => (SettingValue.Of(command.Period(1).Name), null),
            _ => ChangedSettings.Call(engine.Site.Objects, command.Text(1)) is null
                ? (default(SettingValue), "there is no such command")
                : (SettingValue.Of(command.Text(1)), null),
        };
        if (failure is null)
        {
            var id = CommandObjects.Itself(engine.Site, command);
            if (setting == OperatorSetting.CheckInterval)
            {
                Change(now, id, setting, value, transition);
            }
            else
            {
                settings.Change(now, id, setting, value, isGivenHere: true, transition);
            }
        }

        return failure;
    }

    /// <summary>Gives a setting a value, unless that changes nothing.</summary>
    private void Change(EngineTime now, CheckableId id, OperatorSetting setting, SettingValue value, Transition transition)
    {
        if (!PresentSettings.IsSo(engine.Site.Effective(id), setting, value))
        {
            settings.Change(now, id, setting, value, isGivenHere: true, transition);
        }
    }

    private (SettingValue Value, string? Failure) Interval(long units)
    {
        var longest = TimeSpan.FromDays(36_500);
        var unit = engine.Site.Main.IntervalLength;
        return units < 0 || units > longest / unit ? (default, "no such interval") : (SettingValue.Of(units * unit), null);
    }

    private string? DoAtOwner(EngineTime now, ParsedCommand command, Transition transition)
    {
        switch (command.Name)
        {
            case "SCHEDULE_HOST_CHECK" or "SCHEDULE_SVC_CHECK" or "SCHEDULE_FORCED_HOST_CHECK" or "SCHEDULE_FORCED_SVC_CHECK"
                or "SCHEDULE_HOST_SVC_CHECKS" or "SCHEDULE_FORCED_HOST_SVC_CHECKS":
                var isForced = command.Name.Contains("_FORCED_", StringComparison.Ordinal);
                var scope = command.Name.EndsWith("_HOST_SVC_CHECKS", StringComparison.Ordinal)
                    ? CommandScope.ServicesOfHost
                    : CommandScope.Itself;
                foreach (var id in CommandObjects.Of(engine.Site, scope, command))
                {
                    Order(now, id, new ObjectRequest.Schedule(CommandTime.Of(command.Number(1)), isForced), transition);
                }

                return null;
            case "PROCESS_SERVICE_CHECK_RESULT" or "PROCESS_HOST_CHECK_RESULT":
                return TakeResult(now, command, transition);
            case "CHANGE_CUSTOM_HOST_VAR" or "CHANGE_CUSTOM_SVC_VAR":
                return ChangeVariable(now, command, transition);
            case "PROCESS_FILE":
                transition.CommandFiles.Add(new CommandFile(command.Text(0), IsRemoved: command.Number(1) != 0));
                return null;
            case "LOG":
                Say(now, command.RawArguments, transition);
                return null;
            case "SHUTDOWN_PROGRAM" or "SHUTDOWN_PROCESS":
                transition.ProgramOrders.Add(ProgramOrder.Stop);
                return null;
            case "RESTART_PROGRAM" or "RESTART_PROCESS":
                transition.ProgramOrders.Add(ProgramOrder.Reload);
                return null;
            case "SAVE_STATE_INFORMATION":
                // What this program needs is in the database, or on its way there; the file is for others.
                transition.ProgramOrders.Add(ProgramOrder.SaveState);
                return null;
            case "READ_STATE_INFORMATION":
                return "what outlives a restart is read at the start only";
            default:
                if (NotificationCommand.RequestOf(command, out var failure) is { } request)
                {
                    Order(now, CommandObjects.Itself(engine.Site, command), request, transition);
                    return null;
                }

                if (failure is not null)
                {
                    return failure;
                }

                // Commands of modules are told and are nobody's business here.
                return command.Name[0] == '_' ? null : "this version does not carry it out";
        }
    }

    private string? ChangeVariable(EngineTime now, ParsedCommand command, Transition transition)
    {
        var id = CommandObjects.Itself(engine.Site, command);
        if (CustomVariable.Find(engine.Site.Table[id].CustomVariables, command.Text(1)) is not { } name)
        {
            return $"it has no custom variable '{command.Text(1)}'";
        }

        var value = CustomVariable.Of(name, command.Text(2));
        if (value.Text!.Length > SettingValue.LongestText)
        {
            return "the value is too long";
        }

        settings.Change(now, id, CustomVariable.SettingOf(name), value, isGivenHere: true, transition);
        return null;
    }

    private string? TakeResult(EngineTime now, ParsedCommand command, Transition transition)
    {
        var id = CommandObjects.Itself(engine.Site, command);
        var effective = engine.Site.Effective(id);
        var code = command.Number(1);
        if (!effective.TakesPassiveResults)
        {
            return NoPassiveResults;
        }

        if (effective.IsHost && code is (< 0 or > 2))
        {
            return $"{code} is no state of a host";
        }

        // Naemon takes any other code of a service for UNKNOWN.
        var state = code is < 0 or > 3 ? PluginState.Unknown : (int)code;
        var output = ConfigurationText.Encode(command.Text(2));
        Order(now, id, new ObjectRequest.Result(state, output, CommandTime.Of(command.EntryTime)), transition);
        return null;
    }

    /// <summary>Has the owner of an object do something.</summary>
    public void Order(EngineTime now, CheckableId id, ObjectRequest request, Transition transition)
    {
        if (engine.Site.IsOwned[id.Index])
        {
            Obey(now, id, request, transition);
        }
        else
        {
            transition.Orders.Add(new ObjectOrder(id, request));
        }
    }

    private void Say(EngineTime now, string text, Transition transition) =>
        engine.Emit(MonitoringEvent.Said(now, text), transition);
}

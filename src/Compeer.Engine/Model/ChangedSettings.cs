using System.Collections.Immutable;
using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>What operators changed of one object, with its names resolved in one configuration.</summary>
internal sealed class ChangedSettings
{
    /// <summary>Resolves. A command or time period that the configuration does not have counts as unchanged.</summary>
    public ChangedSettings(OperatorSettings settings, CheckableDefinition definition, ObjectConfiguration objects)
    {
        Settings = settings;
        var checking = definition.Checking;
        Checking = checking with
        {
            ActiveChecksEnabled = settings[OperatorSetting.ActiveChecks]?.IsOn ?? checking.ActiveChecksEnabled,
            PassiveChecksEnabled = settings[OperatorSetting.PassiveChecks]?.IsOn ?? checking.PassiveChecksEnabled,
            MaxCheckAttempts = (int)(settings[OperatorSetting.MaxCheckAttempts]?.Number ?? checking.MaxCheckAttempts),
            CheckInterval = Time(settings, OperatorSetting.CheckInterval, checking.CheckInterval),
            RetryInterval = Time(settings, OperatorSetting.RetryInterval, checking.RetryInterval),
            CheckPeriod = Text(settings, OperatorSetting.CheckPeriod) is { } period
                ? NameSearch.Find(objects.TimePeriods, period, static found => found.Name) ?? checking.CheckPeriod
                : checking.CheckPeriod,
        };
        Notifying = definition.Notifying with
        {
            Enabled = settings[OperatorSetting.Notifications]?.IsOn ?? definition.Notifying.Enabled,
            Period = Text(settings, OperatorSetting.NotificationPeriod) is { } notificationPeriod
                ? NameSearch.Find(objects.TimePeriods, notificationPeriod, static found => found.Name) ?? definition.Notifying.Period
                : definition.Notifying.Period,
        };
        CheckCommand = Text(settings, OperatorSetting.CheckCommand) is { } command
            ? Call(objects, command) ?? definition.CheckCommand
            : definition.CheckCommand;
        CustomVariables = CustomVariable.Over(
            definition.CustomVariables, settings.Values.Select(pair => ((uint)pair.Key, pair.Value)));
        EventHandler = Text(settings, OperatorSetting.EventHandler) is { } handler
            ? Call(objects, handler) ?? definition.Processing.EventHandler
            : definition.Processing.EventHandler;
    }

    /// <summary>Its custom variables.</summary>
    public ImmutableArray<KeyValuePair<string, string>> CustomVariables { get; }

    /// <summary>What is run at changes of its state.</summary>
    public CommandCall? EventHandler { get; }

    /// <summary>What was changed.</summary>
    public OperatorSettings Settings { get; }

    /// <summary>How the object is checked.</summary>
    public CheckSettings Checking { get; }

    /// <summary>When notifications about it are sent.</summary>
    public NotificationSettings Notifying { get; }

    /// <summary>What is run to check it.</summary>
    public CommandCall? CheckCommand { get; }

    /// <summary>The call of a command as a directive of the configuration writes it, <c>name!argument!argument</c>, <c>\!</c> standing
    /// for itself; null when there is no such command.</summary>
    public static CommandCall? Call(ObjectConfiguration objects, string text)
    {
        List<string> parts = [];
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '!' && (i == 0 || text[i - 1] != '\\'))
            {
                parts.Add(text[start..i]);
                start = i + 1;
            }
        }

        parts.Add(text[start..]);
        var command = NameSearch.Find(objects.Commands, parts[0], static found => found.Name);
        return command is null ? null : new CommandCall(
            command,
            [.. parts.Skip(1).Take(EngineLimits.Arguments).Select(part => part.Replace("\\!", "!", StringComparison.Ordinal))]);
    }

    /// <summary>A call as the configuration writes it: what <see cref="Call"/> reads.</summary>
    public static string TextOf(CommandCall call) => call.Arguments.IsEmpty
        ? call.Command.Name
        : string.Join('!', [call.Command.Name, .. call.Arguments.Select(one => one.Replace("!", "\\!", StringComparison.Ordinal))]);

    private static TimeSpan Time(OperatorSettings settings, OperatorSetting setting, TimeSpan configured) =>
        settings[setting] is { } value ? new TimeSpan(value.Number) : configured;

    private static string? Text(OperatorSettings settings, OperatorSetting setting) => settings[setting]?.Text;
}

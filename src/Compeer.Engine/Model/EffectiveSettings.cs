using Compeer.Configuration.Objects.Definitions;

namespace Compeer.Engine.Model;

/// <summary>What holds for a host or service now: its definition, what operators changed of it, and the switches of the program. The
/// rules read this, never the definition alone.</summary>
/// <param name="Definition">What the configuration says.</param>
/// <param name="Changes">What operators changed; null for nothing.</param>
/// <param name="Program">The program's switches.</param>
internal readonly record struct EffectiveSettings(CheckableDefinition Definition, ChangedSettings? Changes, ProgramState Program)
{
    /// <summary>How it is checked.</summary>
    public CheckSettings Checking => Changes is { } changes ? changes.Checking : Definition.Checking;

    /// <summary>When notifications about it are sent.</summary>
    public NotificationSettings Notifying => Changes is { } changes ? changes.Notifying : Definition.Notifying;

    /// <summary>What is run to check it; null when nothing is.</summary>
    public CommandCall? CheckCommand => Changes is { } changes ? changes.CheckCommand : Definition.CheckCommand;

    /// <summary>Whether it is a host.</summary>
    public bool IsHost => Definition is HostDefinition;

    /// <summary>Whether results from outside are taken.</summary>
    public bool TakesPassiveResults =>
        (IsHost ? Program.PassiveHostChecks : Program.PassiveServiceChecks) && Checking.PassiveChecksEnabled;

    /// <summary>Whether it is looked for flapping.</summary>
    public bool DetectsFlapping => Program.FlapDetection
        && (Changes?.Settings[OperatorSetting.FlapDetection]?.IsOn ?? Definition.FlapDetection.Enabled);

    /// <summary>Whether event handlers are run for it, the global ones included.</summary>
    public bool RunsEventHandlers => Program.EventHandlers
        && (Changes?.Settings[OperatorSetting.EventHandlerEnabled]?.IsOn ?? Definition.Processing.EventHandlerEnabled);

    /// <summary>Its own event handler; null for none.</summary>
    public CommandCall? EventHandler => Changes is { } changes ? changes.EventHandler : Definition.Processing.EventHandler;

    /// <summary>Whether the obsessing command is run for its results.</summary>
    public bool IsObsessed => (IsHost ? Program.HostObsession : Program.ServiceObsession)
        && (Changes?.Settings[OperatorSetting.Obsession]?.IsOn ?? Definition.Processing.Obsess);

    /// <summary>The per cent of changes below which its flapping ends and from which it begins.</summary>
    public (double Low, double High) FlapThresholds
    {
        get
        {
            var own = Definition.FlapDetection;
            (var low, var high) = IsHost ? Program.HostFlapThresholds : Program.ServiceFlapThresholds;
            return (own.LowThreshold > 0 ? own.LowThreshold : low, own.HighThreshold > 0 ? own.HighThreshold : high);
        }
    }

    /// <summary>Whether its checks have times: not without a command (a host that has none is taken to be UP), not with active checks of
    /// it off. While those of its kind are off for the whole program each turn passes by unused (Naemon): that all are on again is no
    /// burst.</summary>
    public bool IsScheduled => Checking.ActiveChecksEnabled && CheckCommand is not null;

    /// <summary>Whether it may be checked by schedule: it is scheduled, and checks of its kind are not off for the whole program.</summary>
    public bool CanBeChecked => (IsHost ? Program.HostChecks : Program.ServiceChecks) && IsScheduled;
}

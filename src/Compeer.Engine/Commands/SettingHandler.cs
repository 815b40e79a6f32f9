using Compeer.Engine.Events;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Ownership;
using Compeer.Engine.Site;

namespace Compeer.Engine.Commands;

/// <summary>Changes settings, by a command given here or at another node, and does what follows for objects that this node owns.</summary>
internal sealed class SettingHandler(EngineState engine, ObjectOwnership ownership, FlappingEnd flapping)
{
    /// <summary>A setting of an object has this value from now on.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">The object.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="value">The value; null for the definition's.</param>
    /// <param name="isGivenHere">Whether the other nodes are to be told.</param>
    /// <param name="transition">What follows.</param>
    public void Change(
        EngineTime now, CheckableId id, OperatorSetting setting, SettingValue? value, bool isGivenHere, Transition transition)
    {
        engine.Emit(MonitoringEvent.Changed(now, id, setting, value), transition);
        if (isGivenHere)
        {
            transition.Settings.Add(new SettingChange(id, (uint)setting, value));
        }

        switch (setting)
        {
            case OperatorSetting.MaxCheckAttempts:
                ownership.FitAttempt(now, id, transition);
                break;
            case OperatorSetting.ActiveChecks or OperatorSetting.CheckInterval or OperatorSetting.RetryInterval
                or OperatorSetting.CheckPeriod:
                ownership.FitTime(now, id, transition);
                break;
            case OperatorSetting.FlapDetection:
                flapping.Look(now, id, transition);
                break;
            default:
                // The rules read it when they need it; the times of checks follow where it takes effect.
                break;
        }
    }

    /// <summary>A setting has a value because another node says so, or because an object came that has one.</summary>
    public void Set(EngineTime now, SettingChange change, Transition transition)
    {
        var setting = (OperatorSetting)change.Setting;
        if (change.Contact is { } contact)
        {
            var ofContact = (ContactSetting)change.Setting;
            if (Enum.IsDefined(ofContact) || CustomVariable.Is(ofContact))
            {
                Change(now, contact, ofContact, change.Value, isGivenHere: false, transition);
            }
        }
        else if (change.Id is { } id && (Enum.IsDefined(setting) || CustomVariable.Is(setting)))
        {
            Change(now, id, setting, change.Value, isGivenHere: false, transition);
        }
        else if (change.Id is null && Enum.IsDefined((ProgramSetting)change.Setting))
        {
            Change(now, (ProgramSetting)change.Setting, change.Value, isGivenHere: false, transition);
        }
    }

    /// <summary>A setting of a contact has this value from now on; null for the definition's.</summary>
    public void Change(
        EngineTime now, string contact, ContactSetting setting, SettingValue? value, bool isGivenHere, Transition transition)
    {
        engine.Emit(MonitoringEvent.Changed(now, new ContactName(contact), setting, value), transition);
        if (isGivenHere)
        {
            transition.Settings.Add(new SettingChange(null, (uint)setting, value) { Contact = contact });
        }
    }

    /// <summary>A switch of the program has this value from now on; null for the main configuration's.</summary>
    public void Change(EngineTime now, ProgramSetting setting, SettingValue? value, bool isGivenHere, Transition transition)
    {
        engine.Emit(MonitoringEvent.Changed(now, setting, value), transition);
        if (isGivenHere)
        {
            transition.Settings.Add(new SettingChange(null, (uint)setting, value));
        }

        if (setting == ProgramSetting.FlapDetection)
        {
            flapping.LookAtAll(now, transition);
        }
    }
}

using Compeer.Configuration.Retained;
using Compeer.Engine.Commands;
using Compeer.Engine.Events;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Import;

/// <summary>
/// Takes a <c>retention.dat</c> of Naemon, Nagios or op5 into the cluster, block by block: what operators did goes to every node as if it
/// had been done here; states and what was told are taken for objects of which nothing newer is known. What is there stays, so that
/// a second reading changes nothing. One for each reading of a file; it belongs to the engine's thread.
/// </summary>
public sealed class RetentionImport
{
    private RetainedEntries? _entries;

    /// <summary>Whether it is only looked at what would be taken.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>What came of it up to now.</summary>
    public ImportReport Report { get; } = new();

    internal void Take(
        EngineTime now,
        IReadOnlyList<RetainedBlock> blocks,
        bool isLast,
        EngineState engine,
        SettingHandler settings,
        ObjectEntries entries,
        Transition transition)
    {
        _entries ??= new RetainedEntries(engine, entries.Downtimes, Report, IsDryRun);
        foreach (var block in blocks)
        {
            Take(now, block, engine, settings, transition);
        }

        if (isLast)
        {
            _entries.End(now, transition);
        }
    }

    private void Take(EngineTime now, RetainedBlock block, EngineState engine, SettingHandler settings, Transition transition)
    {
        switch (block.Type)
        {
            case "info":
                break;
            case "program":
                TakeProgram(now, new RetainedValues(block, RetainedKeys.OfProgram, Report), engine, settings, transition);
                break;
            case "contact":
                TakeContact(now, new RetainedValues(block, RetainedKeys.OfContacts, Report), engine, settings, transition);
                break;
            case "host" or "service":
                TakeCheckable(now, new RetainedValues(block, RetainedKeys.OfCheckables, Report), engine, settings, transition);
                break;
            case "hostcomment" or "servicecomment":
                var comment = new RetainedValues(block, RetainedKeys.OfComments, Report);
                if (Find(comment, engine) is { } commented)
                {
                    _entries!.Comment(now, commented, comment, transition);
                }

                break;
            case "hostdowntime" or "servicedowntime":
                var downtime = new RetainedValues(block, RetainedKeys.OfDowntimes, Report);
                if (Find(downtime, engine) is { } planned)
                {
                    _entries!.Downtime(now, planned, downtime, transition);
                }

                break;
            default:
                Report.NotUnderstood($"{block.Type} {{ }}");
                break;
        }
    }

    private void TakeProgram(
        EngineTime now, RetainedValues values, EngineState engine, SettingHandler settings, Transition transition)
    {
        foreach (var (setting, value) in RetainedSettings.OfProgram(values, engine.Site.Configuration, Report.Refuse))
        {
            Change(
                engine.Site.Program.Changed.ContainsKey(setting),
                () => settings.Change(now, setting, value, isGivenHere: true, transition));
        }
    }

    private void TakeContact(
        EngineTime now, RetainedValues values, EngineState engine, SettingHandler settings, Transition transition)
    {
        var name = values.Text("contact_name");
        if (NameSearch.Find(engine.Site.Objects.Contacts, name, static found => found.Name) is not { } contact)
        {
            Report.NotKnown($"contact {name}");
            return;
        }

        foreach (var (setting, value) in RetainedSettings.OfContact(values, contact, engine.Site.Objects, Report.Refuse))
        {
            Change(
                engine.Site.Contacts.SettingsOf(name)[setting] is not null,
                () => settings.Change(now, name, setting, value, isGivenHere: true, transition));
        }
    }

    private void TakeCheckable(
        EngineTime now, RetainedValues values, EngineState engine, SettingHandler settings, Transition transition)
    {
        if (Find(values, engine) is not { } id)
        {
            return;
        }

        // The settings first: a hard state's attempt is the most that there may be.
        var site = engine.Site;
        foreach (var (setting, value) in RetainedSettings.Of(values, site.Table[id], site.Configuration, Report.Refuse))
        {
            Change(
                (site.Settings[id]?.Settings ?? OperatorSettings.None)[setting] is not null,
                () => settings.Change(now, id, setting, value, isGivenHere: true, transition));
        }

        var effective = site.Effective(id);
        var before = site.States[id.Index];
        if (RetainedStates.StateOf(values, effective, site.Main.Retention.KeepsSchedule) is not { } state)
        {
            return;
        }

        // An object of another owner has its state from there: an older one would come to nothing.
        var isNewer = !before.HasBeenChecked || (site.IsOwned[id.Index] && state.LastCheckTicks > before.LastCheckTicks);
        var isSameProblem = state.State != 0 && state.State == (isNewer ? state : before).State
            && site.AcknowledgementOf(id, now.Wall).Kind == 0;
        _entries!.Acknowledged(id, values, isSameProblem);
        if (isNewer)
        {
            Report.Take("states");
            Do(() => engine.Emit(MonitoringEvent.Fitted(now, id, state), transition));
        }
        else
        {
            Report.Keep("states");
        }

        // A node that is killed may have stored the state and not what was told.
        var told = RetainedStates.ToldOf(values, effective);
        var isFromHere = state.LastCheckTicks == before.LastCheckTicks && state.State == before.State
            && site.Told[id] == NotificationState.None;
        if (told != NotificationState.None && (isNewer || isFromHere))
        {
            Report.Take("notification progress");
            Do(() => engine.Emit(MonitoringEvent.Noted(now, id, told with { LastTicket = site.Told[id].LastTicket }), transition));
        }
    }

    private void Do(Action change)
    {
        if (!IsDryRun)
        {
            change();
        }
    }

    private void Change(bool isThere, Action change)
    {
        if (isThere)
        {
            Report.Keep("settings");
            return;
        }

        Report.Take("settings");
        Do(change);
    }

    private CheckableId? Find(in RetainedValues values, EngineState engine)
    {
        var description = values.Has("service_description") ? values.Text("service_description") : null;
        var id = EngineConfiguration.Find(engine.Site.Objects, values.Text("host_name"), description);
        if (id is null)
        {
            Report.NotKnown(description is null ? $"host {values.Text("host_name")}" : $"service {values.Text("host_name")};{description}");
        }

        return id;
    }
}

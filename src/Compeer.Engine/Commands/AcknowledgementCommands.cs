using Compeer.Engine.Acknowledgements;
using Compeer.Engine.Events;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Commands;

/// <summary>The commands about acknowledgements.</summary>
internal sealed class AcknowledgementCommands(EngineState engine, ObjectEntries entries)
{
    /// <summary>Does a command.</summary>
    /// <returns>Null when it was done; else why not.</returns>
    public string? Do(EngineTime now, ParsedCommand command, Transition transition)
    {
        var id = CommandObjects.Itself(engine.Site, command);
        if (command.Name.StartsWith("REMOVE_", StringComparison.Ordinal))
        {
            entries.Acknowledgements.RemoveAll(now, id, transition);
            return null;
        }

        // …;sticky;notify;persistent[;end];author;comment
        var words = command.Name.EndsWith("_EXPIRE", StringComparison.Ordinal) ? 5 : 4;
        var end = words == 5 && command.Number(4) > 0 ? CommandTime.Of(command.Number(4)).UtcTicks : 0;
        var failure = Refusal(now, id, end)
            ?? EntryLimits.Refusal(command.Text(words), command.Text(words + 1))
            ?? entries.Comments.Refusal(1);
        if (failure is not null)
        {
            return failure;
        }

        // Nagios takes 2 for sticky and everything else for not; Naemon takes 0 for not.
        var kind = command.Number(1) == 0 ? AcknowledgementKind.Normal : AcknowledgementKind.Sticky;
        var given = Acknowledgement.None with
        {
            EndTicks = end,
            Notifies = command.Number(2) != 0,
            IsPersistent = command.Number(3) != 0,
            Author = command.Text(words),
            Text = command.Text(words + 1),
        };
        entries.Acknowledgements.Give(now, id, kind, given, transition);
        return null;
    }

    private string? Refusal(EngineTime now, CheckableId id, long endTicks) =>
        engine.Site.States[id.Index].State == 0 ? "there is no problem to acknowledge"
        : endTicks != 0 && endTicks <= now.Wall.UtcTicks ? "its end is past"
        : null;
}

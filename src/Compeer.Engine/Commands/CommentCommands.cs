using Compeer.Engine.Comments;
using Compeer.Engine.Events;
using Compeer.Engine.Maintenance;
using Compeer.Engine.Model;
using Compeer.Engine.Site;

namespace Compeer.Engine.Commands;

/// <summary>The commands about comments.</summary>
internal sealed class CommentCommands(EngineState engine, CommentHandler comments)
{
    /// <summary>Does a command.</summary>
    /// <returns>Null when it was done; else why not.</returns>
    public string? Do(EngineTime now, ParsedCommand command, Transition transition)
    {
        switch (command.Name)
        {
            case "ADD_HOST_COMMENT" or "ADD_SVC_COMMENT":
                return Add(now, command, transition);
            case "DEL_HOST_COMMENT" or "DEL_SVC_COMMENT":
                return Delete(now, command, transition);
            default:
                comments.RemoveAll(now, CommandObjects.Itself(engine.Site, command), kind: null, transition);
                return null;
        }
    }

    private string? Add(EngineTime now, ParsedCommand command, Transition transition)
    {
        var failure = EntryLimits.Refusal(command.Text(2), command.Text(3)) ?? comments.Refusal(1);
        if (failure is null)
        {
            comments.Add(
                now,
                CommandObjects.Itself(engine.Site, command),
                CommentKind.User,
                CommandTime.Of(command.EntryTime),
                command.Text(2),
                command.Text(3),
                isPersistent: command.Number(1) != 0,
                expiresTicks: 0,
                transition);
        }

        return failure;
    }

    private string? Delete(EngineTime now, ParsedCommand command, Transition transition)
    {
        var isHost = command.Name == "DEL_HOST_COMMENT";
        var number = command.Number(0);
        if (number < 1 || engine.Site.Comments.Find((ulong)number) is not { } comment || comment.Object.Service is null != isHost)
        {
            return $"there is no comment {number} of a {(isHost ? "host" : "service")}";
        }

        comments.Remove(now, engine.Site.Find(comment.Object)!.Value, comment, transition);
        return null;
    }
}

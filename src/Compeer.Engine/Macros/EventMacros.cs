using System.Globalization;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Engine.Model;

namespace Compeer.Engine.Macros;

/// <summary>Ids of events and problems, and when problems began and ended; hosts and services alike.</summary>
internal static class EventMacros
{
    /// <summary>The macros <c>xEVENTID</c>, <c>LASTxPROBLEMID</c> and so on, x being HOST or SERVICE.</summary>
    public static bool TryAdd(
        ReadOnlySpan<char> name,
        ReadOnlySpan<char> kind,
        CheckableDefinition subject,
        EventHistory history,
        DateTimeOffset wall,
        TextBuffer output)
    {
        const string Last = "LAST";
        if (name.StartsWith(Last) && name[Last.Length..].StartsWith(kind))
        {
            return TryAddLast(name[(Last.Length + kind.Length)..], subject, history, output);
        }

        if (!name.StartsWith(kind))
        {
            return false;
        }

        switch (name[kind.Length..])
        {
            case "EVENTID":
                output.AddNumber(history.EventId);
                return true;
            case "PROBLEMID":
                AddId(subject, history.ProblemEndTicks == 0 ? history.ProblemStartTicks : 0, output);
                return true;
            case "PROBLEMSTART":
                StateMacros.AddTime(history.ProblemStartTicks, output);
                return true;
            case "PROBLEMEND":
                StateMacros.AddTime(history.ProblemEndTicks, output);
                return true;
            case "PROBLEMDURATIONSEC":
                output.AddNumber(Seconds(history, wall));
                return true;
            case "PROBLEMDURATION":
                StateMacros.AddDuration(Seconds(history, wall), output);
                return true;
            default:
                return false;
        }
    }

    private static bool TryAddLast(
        ReadOnlySpan<char> name, CheckableDefinition subject, EventHistory history, TextBuffer output)
    {
        switch (name)
        {
            case "EVENTID":
                output.AddNumber(history.LastEventId);
                return true;
            case "PROBLEMID":
                var hasEnded = history.ProblemEndTicks != 0;
                AddId(subject, hasEnded ? history.ProblemStartTicks : history.LastProblemStartTicks, output);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Nothing when there is no such problem (Naemon).</summary>
    private static void AddId(CheckableDefinition subject, long startTicks, TextBuffer output)
    {
        if (startTicks != 0)
        {
            output.Add(ProblemId.Of(subject, startTicks).ToString("D", CultureInfo.InvariantCulture));
        }
    }

    private static long Seconds(EventHistory history, DateTimeOffset wall)
    {
        if (history.ProblemStartTicks == 0)
        {
            return 0;
        }

        var end = history.ProblemEndTicks != 0 ? history.ProblemEndTicks : wall.UtcTicks;
        return Math.Max(0, (end - history.ProblemStartTicks) / TimeSpan.TicksPerSecond);
    }
}

using System.Collections.Immutable;
using System.Text;

namespace Compeer.Livestatus.Log;

/// <summary>A form of line that is known by how its text begins.</summary>
/// <param name="Beginning">How it begins.</param>
/// <param name="Class">Its class.</param>
/// <param name="Kind">What it says of the history of an object.</param>
/// <param name="Shape">Its parts.</param>
/// <param name="IsOfService">Whether it is of services.</param>
internal sealed record LogForm(ImmutableArray<byte> Beginning, LogClass Class, LogLineKind Kind, LogShape Shape, bool IsOfService)
{
    /// <summary>All of them, as naemon-livestatus' <c>LogEntry</c> knows them.</summary>
    private static readonly ImmutableArray<LogForm> All =
    [
        .. Both("{0} ALERT", LogClass.Alert, LogLineKind.State, LogShape.State),
        .. Both("CURRENT {0} STATE", LogClass.State, LogLineKind.State, LogShape.State),
        .. Both("INITIAL {0} STATE", LogClass.State, LogLineKind.InitialState, LogShape.State),
        .. Both("{0} DOWNTIME ALERT", LogClass.Alert, LogLineKind.Downtime, LogShape.Event),
        .. Both("{0} FLAPPING ALERT", LogClass.Alert, LogLineKind.Flapping, LogShape.Event),
        .. Both("{0} ACKNOWLEDGE ALERT", LogClass.Alert, LogLineKind.None, LogShape.Acknowledgement),
        .. Both("{0} NOTIFICATION", LogClass.Notification, LogLineKind.None, LogShape.Notification),
        .. Both("{0} NOTIFICATION SUPPRESSED", LogClass.Info, LogLineKind.None, LogShape.Comment),
        .. Both("{0} INFO", LogClass.Info, LogLineKind.None, LogShape.Comment),
        .. Both("{0} NOTE", LogClass.Info, LogLineKind.None, LogShape.Note),
        .. Both("PASSIVE {0} CHECK", LogClass.PassiveCheck, LogLineKind.None, LogShape.Passive),
        Of("EXTERNAL COMMAND", LogClass.Command, LogLineKind.None, LogShape.Command, isOfService: false),
        Of("TIMEPERIOD TRANSITION", LogClass.State, LogLineKind.TimePeriod, LogShape.Whole, isOfService: false),
    ];

    private static readonly ImmutableArray<LogForm>[] ByFirstByte =
        [.. Enumerable.Range(0, 128).Select(first => All.Where(form => form.Beginning[0] == first).ToImmutableArray())];

    /// <summary>The form of a text; null when it has none of these.</summary>
    public static LogForm? Find(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text[0] >= ByFirstByte.Length)
        {
            return null;
        }

        foreach (var form in ByFirstByte[text[0]])
        {
            if (text.StartsWith(form.Beginning.AsSpan()))
            {
                return form;
            }
        }

        return null;
    }

    private static IEnumerable<LogForm> Both(string name, LogClass @class, LogLineKind kind, LogShape shape) =>
    [
        Of(name.Replace("{0}", "HOST", StringComparison.Ordinal), @class, kind, shape, isOfService: false),
        Of(name.Replace("{0}", "SERVICE", StringComparison.Ordinal), @class, kind, shape, isOfService: true),
    ];

    private static LogForm Of(string name, LogClass @class, LogLineKind kind, LogShape shape, bool isOfService) =>
        new([.. Encoding.ASCII.GetBytes(name + ": ")], @class, kind, shape, isOfService);
}

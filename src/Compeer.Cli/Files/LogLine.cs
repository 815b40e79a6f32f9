using System.Globalization;

namespace Compeer.Cli.Files;

/// <summary>A line of the monitoring log.</summary>
/// <param name="Time">Seconds since 1970.</param>
/// <param name="Text">What stands behind the time.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Host">The host; empty when it names none.</param>
/// <param name="Service">The description of the service; empty for none.</param>
/// <param name="State">UP, CRITICAL and so on; empty when it is no state.</param>
/// <param name="StateType">SOFT or HARD; empty likewise.</param>
internal sealed record LogLine(
    long Time, string Text, LogLineKind Kind, string Host, string Service, string State, string StateType)
{
    private const int TimeLength = 12;

    private static readonly (string Word, LogLineKind Kind)[] Kinds =
    [
        (" EVENT HANDLER", LogLineKind.Handler),
        (" DOWNTIME ALERT", LogLineKind.Downtime),
        (" FLAPPING ALERT", LogLineKind.Flapping),
        (" NOTIFICATION", LogLineKind.Notification),
        (" ALERT", LogLineKind.Alert),
        (" STATE", LogLineKind.Initial),
    ];

    /// <summary>Whether the daemon says that it starts, or goes on with a new configuration.</summary>
    public bool IsStart => Kind == LogLineKind.Process && (Text.Contains("starting...", StringComparison.Ordinal)
        || Text.StartsWith("Finished daemonizing...", StringComparison.Ordinal)
        || Text.StartsWith("Caught SIGHUP", StringComparison.Ordinal));

    /// <summary>Whether it says that it ends.</summary>
    public bool IsStop => Kind == LogLineKind.Process && (Text.Contains("shutting down...", StringComparison.OrdinalIgnoreCase)
        || Text.StartsWith("PROGRAM_RESTART", StringComparison.Ordinal));

    /// <summary>Takes a line apart; null when it does not begin with a time.</summary>
    public static LogLine? Parse(string line)
    {
        if (line.Length < TimeLength || line[0] != '[' || line[TimeLength - 1] != ']'
            || !long.TryParse(line.AsSpan(1, TimeLength - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var time))
        {
            return null;
        }

        var text = line[TimeLength..].TrimStart(' ');
        var colon = text.IndexOf(": ", StringComparison.Ordinal);
        var type = colon < 0 ? "" : text[..colon];
        var fields = colon < 0 ? [] : text[(colon + 2)..].Split(';');
        return type == "EXTERNAL COMMAND" ? OfCommand(time, text, fields) : OfType(time, text, type, fields);
    }

    private static LogLine OfCommand(long time, string text, string[] fields)
    {
        var name = fields[0];
        var isOfService = name.Contains("_SVC", StringComparison.Ordinal) && !name.Contains("_HOST", StringComparison.Ordinal);
        var isOfHost = isOfService || (name.Contains("_HOST", StringComparison.Ordinal)
            && !name.Contains("_HOSTGROUP", StringComparison.Ordinal));
        return new LogLine(
            time, text, LogLineKind.Command, isOfHost ? At(fields, 1) : "", isOfService ? At(fields, 2) : "", "", "");
    }

    private static LogLine OfType(long time, string text, string type, string[] fields)
    {
        var isOfService = type.Contains("SERVICE", StringComparison.Ordinal);
        var isOfHost = isOfService || type.Contains("HOST", StringComparison.Ordinal);
        var kind = type == "LOG ROTATION" ? LogLineKind.Rotation
            : isOfHost ? Kinds.FirstOrDefault(known => type.Contains(known.Word, StringComparison.Ordinal)).Kind
            : LogLineKind.Process;
        if (kind is LogLineKind.None or LogLineKind.Process or LogLineKind.Rotation)
        {
            return new LogLine(time, text, kind == LogLineKind.Rotation ? kind : LogLineKind.Process, "", "", "", "");
        }

        // Who was told stands first, but not where only the object was asked about.
        var isOfContact = kind == LogLineKind.Notification
            && (!type.EndsWith("SUPPRESSED", StringComparison.Ordinal) || type.Contains("CONTACT", StringComparison.Ordinal));
        var host = isOfContact ? 1 : 0;
        var state = host + (isOfService ? 2 : 1);
        var hasState = kind is LogLineKind.Alert or LogLineKind.Initial;
        return new LogLine(
            time,
            text,
            kind,
            At(fields, host),
            isOfService ? At(fields, host + 1) : "",
            hasState ? At(fields, state) : "",
            hasState ? At(fields, state + 1) : "");
    }

    private static string At(string[] fields, int index) => index < fields.Length ? fields[index] : "";
}

using System.Globalization;

namespace Compeer.Tests.Configuration;

/// <summary>
/// Object caches, ours and that of nagios4, in one comparable form: blocks and lists sorted, numbers and options written one
/// way, values that are defaults left out, and objects of the corpus's common file (names beginning with <c>base-</c>) too.
/// </summary>
internal static class ObjectCacheText
{
    private static readonly HashSet<string> Defaults =
    [
        "initial_state o", "check_interval 5", "retry_interval 1", "active_checks_enabled 1", "passive_checks_enabled 1",
        "obsess 1", "event_handler_enabled 1", "low_flap_threshold 0", "high_flap_threshold 0", "flap_detection_enabled 1",
        "flap_detection_options a", "freshness_threshold 0", "check_freshness 0", "notification_options a",
        "notifications_enabled 1", "notification_interval 30", "first_notification_delay 0", "stalking_options n",
        "process_perf_data 1", "retain_status_information 1", "retain_nonstatus_information 1", "is_volatile 0",
        "host_notifications_enabled 1", "service_notifications_enabled 1", "can_submit_commands 1", "inherits_parent 0",
        "escalation_options a", "parallelize_check 1",
    ];

    /// <summary>Naemon and Nagios have different defaults for these; the corpus has tests of its own for them.</summary>
    private static readonly HashSet<string> ValueDirectives =
        ["hourly_value", "importance", "minimum_value", "minimum_importance"];

    private static readonly HashSet<string> Lists =
        ["contacts", "contact_groups", "exclude", "service_notification_commands", "host_notification_commands"];

    /// <summary>nagios4's cache, with what it writes wrongly corrected: it always gives the initial state as OK, and an
    /// UP among the options of hosts as <c>u</c>.</summary>
    public static string NormalizeNagios(string text) => Normalize(
        string.Join('\n', text.Split('\n').Where(l => !l.StartsWith("\tinitial_state", StringComparison.Ordinal)))
            .Replace("\tflap_detection_options\tu,", "\tflap_detection_options\to,", StringComparison.Ordinal)
            .Replace("\tstalking_options\tu,", "\tstalking_options\to,", StringComparison.Ordinal));

    /// <summary>Our cache as it is compared with nagios4's, which says nothing of <c>check_timeout</c>.</summary>
    public static string NormalizeForNagios(string text) => Normalize(
        string.Join('\n', text.Split('\n').Where(l => !l.StartsWith("\tinitial_state", StringComparison.Ordinal)
            && (NagiosVerification.IsNaemon || !l.StartsWith("\tcheck_timeout", StringComparison.Ordinal)))));

    public static string Normalize(string text)
    {
        var blocks = new List<string>();
        List<string>? block = null;
        var type = "";
        foreach (var line in text.Split('\n'))
        {
            var trimmed = line.Trim();
            if (trimmed.StartsWith("define ", StringComparison.Ordinal))
            {
                type = trimmed[7..].TrimEnd(' ', '{');
                block = [];
            }
            else if (trimmed == "}" && block is not null)
            {
                Close(type, block, blocks);
                block = null;
            }
            else if (block is not null && Directive(type, line.Trim('\t', ' ', '\r')) is { } directive)
            {
                block.Add(directive);
            }
        }

        // Naemon keeps each dependency once, nagios4 sometimes twice; a host that is in two groups has an escalation twice, which
        // says the same.
        blocks = [.. blocks.Where(b => !IsRelation(b)), .. blocks.Where(IsRelation).Distinct()];
        blocks.Sort(StringComparer.Ordinal);
        return string.Join('\n', blocks);
    }

    private static bool IsRelation(string block) =>
        block.Contains("dependency ", StringComparison.Ordinal) || block.Contains("escalation ", StringComparison.Ordinal);

    private static void Close(string type, List<string> block, List<string> blocks)
    {
        var name = block[0][(block[0].IndexOf(' ', StringComparison.Ordinal) + 1)..];
        if (!name.StartsWith("base-", StringComparison.Ordinal))
        {
            blocks.Add($"{type} {name}\n" + string.Concat(block.Skip(1).Order(StringComparer.Ordinal).Select(l => $"  {l}\n")));
        }
    }

    private static string? Directive(string type, string line)
    {
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        var key = tab < 0 ? line : line[..tab];
        var value = tab < 0 ? "" : line[(tab + 1)..];
        if (ValueDirectives.Contains(key) || (key.StartsWith('_') && value == "null"))
        {
            return null;
        }

        if (Lists.Contains(key) || (key == "members" && type != "servicegroup") || (key == "parents" && type == "host"))
        {
            value = string.Join(',', value.Split(',').Distinct().Order(StringComparer.Ordinal));
        }
        else if ((key == "members" || key == "parents") && value.Contains(',', StringComparison.Ordinal))
        {
            value = string.Join(';', value.Split(',').Chunk(2).Select(p => string.Join(',', p)).Order(StringComparer.Ordinal));
        }
        else if (key.EndsWith("_options", StringComparison.Ordinal))
        {
            value = string.Join(',', value.Split(',').Order(StringComparer.Ordinal));
        }
        else if (value.Contains('.', StringComparison.Ordinal)
            && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            value = number.ToString("0.######", CultureInfo.InvariantCulture);
        }

        var directive = $"{key} {value}".TrimEnd();
        return Defaults.Contains(directive) ? null : directive;
    }
}

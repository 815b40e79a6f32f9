using System.Globalization;

namespace Compeer.EndToEnd.Harness;

/// <summary>One run of a plugin that writes down when it ran.</summary>
/// <param name="StartedAt">Since 1970.</param>
/// <param name="Node">Name of the node that ran it.</param>
/// <param name="Object">See <see cref="ObjectName"/>.</param>
internal sealed record PluginRun(TimeSpan StartedAt, string Node, string Object)
{
    /// <summary>What else the plugin knew of it, for people.</summary>
    public string Note { get; init; } = "";

    /// <summary>The runs in lines of microseconds, node, object and perhaps a note; one that is just being written is left out.</summary>
    public static IReadOnlyList<PluginRun> Read(IEnumerable<string> lines) =>
    [
        .. lines
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length is 3 or 4)
            .Select(fields => new PluginRun(
                TimeSpan.FromMicroseconds(long.Parse(fields[0], CultureInfo.InvariantCulture)), fields[1], fields[2])
            {
                Note = fields.ElementAtOrDefault(3) ?? "",
            })
            .OrderBy(run => run.StartedAt),
    ];
}

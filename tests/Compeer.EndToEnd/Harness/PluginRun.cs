using System.Globalization;

namespace Compeer.EndToEnd.Harness;

/// <summary>One run of a plugin that writes down when it ran.</summary>
/// <param name="StartedAt">Since 1970.</param>
/// <param name="Node">Name of the node that ran it.</param>
/// <param name="Object">See <see cref="ObjectName"/>.</param>
internal sealed record PluginRun(TimeSpan StartedAt, string Node, string Object)
{
    /// <summary>The runs in lines of microseconds, node and object; a line that is just being written is left out.</summary>
    public static IReadOnlyList<PluginRun> Read(IEnumerable<string> lines) =>
    [
        .. lines
            .Select(line => line.Split(' '))
            .Where(fields => fields.Length == 3)
            .Select(fields => new PluginRun(
                TimeSpan.FromMicroseconds(long.Parse(fields[0], CultureInfo.InvariantCulture)), fields[1], fields[2]))
            .OrderBy(run => run.StartedAt),
    ];
}

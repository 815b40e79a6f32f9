using System.Globalization;
using Compeer.Configuration.Text;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Execution.Processes;

namespace Compeer.Daemon.CheckResults;

/// <summary>
/// Reads a file of check results: lines <c>name=value</c>, one empty line between results, comments from <c>#</c> on, a backslash at
/// the end of a line that goes on in the next one (Naemon <c>process_check_result_file</c>). A result needs a
/// <c>host_name</c> and an <c>output</c>; what has none is passed over, as there.
/// </summary>
internal static class CheckResultReader
{
    /// <summary>Naemon's word for a check that could not be run; EAGAIN.</summary>
    private const int NoResources = 11;

    /// <summary>Reads.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="now">What stands for a missing time.</param>
    /// <param name="longestAge">From which age on <c>file_time</c> makes the file too old; zero for never.</param>
    public static CheckResultContent Read(ReadOnlySpan<byte> bytes, DateTimeOffset now, TimeSpan longestAge)
    {
        List<SpooledResult> results = [];
        List<string> findings = [];
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        foreach (var line in Lines(ConfigurationText.Decode(bytes)))
        {
            if (line.Length == 0)
            {
                Add(values, now, results, findings);
                continue;
            }

            var separator = line.IndexOf('=', StringComparison.Ordinal);
            if (line[0] == '#' || separator <= 0)
            {
                continue;
            }

            var name = line[..separator];
            var value = line[(separator + 1)..];
            if (name == "file_time" && longestAge > TimeSpan.Zero && Number(value) is { } time && IsTooOld(time, now, longestAge))
            {
                return new CheckResultContent(results, findings, IsTooOld: true);
            }

            values[name] = value;
        }

        Add(values, now, results, findings);
        return new CheckResultContent(results, findings, IsTooOld: false);
    }

    private static bool IsTooOld(double time, DateTimeOffset now, TimeSpan longestAge) =>
        now.ToUnixTimeSeconds() - time > longestAge.TotalSeconds;

    private static IEnumerable<string> Lines(string text)
    {
        var begun = "";
        foreach (var line in text.Split('\n'))
        {
            if (line.EndsWith('\\'))
            {
                begun += line[..^1];
                continue;
            }

            yield return begun + line;
            begun = "";
        }

        yield return begun;
    }

    private static void Add(Dictionary<string, string> values, DateTimeOffset now, List<SpooledResult> results, List<string> findings)
    {
        if (values.TryGetValue("host_name", out var host) && values.TryGetValue("output", out var output))
        {
            string[] wrong = [.. values.Where(pair => IsNumber(pair.Key) && Number(pair.Value) is null).Select(pair => pair.Key)];
            if (wrong.Length == 0)
            {
                var service = values.GetValueOrDefault("service_description");
                results.Add(new SpooledResult(host, service, Flag(values, "check_type", absent: false), Of(values, output, now)));
            }
            else
            {
                findings.Add($"a result of host '{host}' is left out: '{values[wrong[0]]}' is no {wrong[0]}");
            }
        }

        values.Clear();
    }

    private static CheckResult Of(Dictionary<string, string> values, string output, DateTimeOffset now)
    {
        var started = Time(values, "start_time", now);
        var duration = Time(values, "finish_time", started) - started;
        var text = PluginOutput.Parse(ConfigurationText.Encode(output.Replace("\\n", "\n", StringComparison.Ordinal)));
        var outcome = Flag(values, "early_timeout", absent: false) ? CheckOutcome.TimedOut
            : Flag(values, "exited_ok", absent: true) ? CheckOutcome.Exited
            : CheckOutcome.NotStarted;
        var code = (int)Math.Clamp(Number(values.GetValueOrDefault("return_code", "0"))!.Value, int.MinValue, int.MaxValue);
        return new CheckResult(
            outcome,
            outcome == CheckOutcome.NotStarted ? NoResources : code,
            text.Output,
            text.LongOutput,
            text.PerformanceData,
            started,
            duration > TimeSpan.Zero ? duration : TimeSpan.Zero);
    }

    private static bool IsNumber(string name) => name is "check_type" or "early_timeout" or "exited_ok" or "return_code"
        or "start_time" or "finish_time";

    private static bool Flag(Dictionary<string, string> values, string name, bool absent) =>
        values.TryGetValue(name, out var value) ? Number(value) != 0 : absent;

    /// <summary>Seconds since 1970 with a fraction; what is out of the bounds of dates counts as missing.</summary>
    private static DateTimeOffset Time(Dictionary<string, string> values, string name, DateTimeOffset absent) =>
        values.TryGetValue(name, out var value) && Number(value) is > 0 and < 253_402_300_799 and var seconds
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : absent;

    private static double? Number(string text)
    {
        const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        return double.TryParse(text.Trim(), Plain, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
    }
}

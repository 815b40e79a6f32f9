using System.Globalization;
using System.Text.RegularExpressions;

namespace Compeer.EndToEnd.Nagios;

/// <summary>An alert of the log, and the step of the test whose result it tells of.</summary>
internal sealed partial record Alert(string Name, int Step, string State, bool IsHard, int Attempt)
{
    /// <summary>The text of a result by which its alert is known.</summary>
    public static string Text(int step) => string.Create(CultureInfo.InvariantCulture, $"step {step}");

    /// <summary>All alerts of a log by object and step. One that belongs to no step fails: a result came from elsewhere.</summary>
    public static Dictionary<(string Name, int Step), Alert> In(string log)
    {
        var alerts = new Dictionary<(string Name, int Step), Alert>();
        foreach (var line in log.Split('\n').Where(line => line.Contains(" ALERT: ", StringComparison.Ordinal)))
        {
            var match = Line().Match(line);
            Assert.True(match.Success, $"an alert of no step: {line}");
            var alert = new Alert(
                match.Groups["name"].Value,
                int.Parse(match.Groups["step"].Value, CultureInfo.InvariantCulture),
                match.Groups["state"].Value,
                match.Groups["type"].Value == "HARD",
                int.Parse(match.Groups["attempt"].Value, CultureInfo.InvariantCulture));
            Assert.True(alerts.TryAdd((alert.Name, alert.Step), alert), $"told twice: {line}");
        }

        return alerts;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{State};{(IsHard ? "HARD" : "SOFT")};{Attempt}");

    [GeneratedRegex(@"^\[\d+\] (HOST|SERVICE) ALERT: (?<name>.+);(?<state>\w+);(?<type>SOFT|HARD);(?<attempt>\d+);step (?<step>\d+)$")]
    private static partial Regex Line();
}

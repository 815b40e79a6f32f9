using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>One script in one pair: step after step both are given the same, and what each of them writes is put side by side.</summary>
internal sealed partial class ScriptRun(ComparedScript script, ScriptPair pair)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(10);

    private readonly long _begin = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
    private readonly List<IReadOnlyList<string>> _nagios = [];
    private readonly List<IReadOnlyList<string>> _ours = [];
    private readonly List<List<string>> _missing = [];
    private int _nagiosRead;
    private int _ourRead;

    /// <summary>The script.</summary>
    public ComparedScript Script => script;

    /// <summary>Runs its steps.</summary>
    public async Task RunAsync()
    {
        // What the start of the programs says of the objects is of no step.
        await EndAsync(-1);
        for (var step = 0; step < script.Steps.Length; step++)
        {
            _missing.Add(await StepAsync(step));
        }
    }

    /// <summary>Ends it, once its steps have run.</summary>
    /// <param name="status">What the files of status say of its objects then.</param>
    /// <returns>The script with what came of it.</returns>
    public async Task<string> FinishAsync(StatusPair status)
    {
        pair.Give(NagiosWording.Subjects(_nagios).Select(LastResult).Select(Timed));
        await EndAsync(script.Steps.Length);
        var answers = NagiosWording.AsNaemon(_nagios[1..]).Zip(_ours[1..], _missing).Select(step =>
        {
            var both = SideBySide.Of(
                [.. LineOrder.Apply(step.First.Select(Neutral))],
                [.. LineOrder.Apply(step.Second.Select(WithoutReason).Select(Neutral))]);
            return (IReadOnlyList<string>)[.. both, .. step.Third];
        }).ToList();
        if (answers.Count > script.Steps.Length)
        {
            answers.RemoveAt(script.Steps.Length);
        }

        // Where results get stale checks go on by themselves, and each program is at another one when both are looked at.
        if (!script.Main.Any(line => line.EndsWith("_freshness=1", StringComparison.Ordinal)))
        {
            answers[^1] = [.. answers[^1], .. status.Differences(script.Name)];
        }

        return script.With(answers);
    }

    private static string LastResult(string subject)
    {
        var kind = subject.Contains(';', StringComparison.Ordinal) ? "SERVICE" : "HOST";
        return $"[{{now}}] PROCESS_{kind}_CHECK_RESULT;{subject};0;the end";
    }

    private async Task<List<string>> StepAsync(int number)
    {
        var step = script.Steps[number];
        pair.Give(step.Commands.Select(Timed));
        var clock = Stopwatch.StartNew();
        var missing = new List<string>();
        foreach (var awaited in step.Awaited)
        {
            while (Missing(awaited) is { } who)
            {
                if (clock.Elapsed > Limits.Agreement)
                {
                    missing.Add($"{ComparedScript.Marks[3]}{who}: {Neutral(awaited)}");
                    break;
                }

                await Task.Delay(LookAgain);
            }
        }

        await EndAsync(number);
        return missing;
    }

    /// <summary>Marks the end of a step and reads up to it.</summary>
    private async Task EndAsync(int number)
    {
        var mark = ScriptLog.Mark(script.Name, number);
        pair.Give([Timed($"[{{now}}] {mark}")]);
        var clock = Stopwatch.StartNew();
        (var theirs, _nagiosRead) = await UntilAsync(pair.NagiosLog, _nagiosRead, mark, "nagios4", clock);
        (var ours, _ourRead) = await UntilAsync(pair.OurLog, _ourRead, mark, "mond", clock);
        _nagios.Add(theirs);
        _ours.Add(ours);
    }

    private string? Missing(string awaited)
    {
        // Not in the line that only repeats the command.
        bool Has(ScriptLog log, int from) => log.Of(script.Name, from).Any(line =>
            line.Contains(awaited, StringComparison.Ordinal) && !line.StartsWith("EXTERNAL", StringComparison.Ordinal));

        return !Has(pair.NagiosLog, _nagiosRead) ? "nagios4" : !Has(pair.OurLog, _ourRead) ? "mond" : null;
    }

    private async Task<(IReadOnlyList<string> Lines, int End)> UntilAsync(ScriptLog log, int from, string mark, string who, Stopwatch clock)
    {
        while (true)
        {
            var lines = log.Of(script.Name, from);
            var end = lines.ToList().FindIndex(line => line.EndsWith(mark, StringComparison.Ordinal));
            if (end >= 0)
            {
                return ([.. lines.Take(end)], from + end + 1);
            }

            if (clock.Elapsed > Limits.Start)
            {
                Assert.Fail($"{script.Name}: {who} never came to the end of step {mark}\n{string.Join('\n', lines)}\n{pair.Describe()}");
            }

            await Task.Delay(LookAgain);
        }
    }

    private string Timed(string text) => Now().Replace(text.Replace("{blank}", " ").Replace("{tab}", "\t"), match =>
        (_begin + (match.Groups["plus"].Success ? int.Parse(match.Groups["plus"].Value, CultureInfo.InvariantCulture) : 0))
            .ToString(CultureInfo.InvariantCulture));

    /// <summary>The line as it is whenever the script runs.</summary>
    private string Neutral(string line) => Seconds().Replace(
        LastBlank().Replace(StaleBy().Replace(line, "stale by {some time} ("), match => match.Value == "\t" ? "{tab}" : "{blank}")
            .Replace($"@{script.Name}", "@", StringComparison.Ordinal),
        match =>
        {
            var plus = long.Parse(match.Value, CultureInfo.InvariantCulture) - _begin;
            return plus == 0 ? "{now}" : string.Create(CultureInfo.InvariantCulture, $"{{now{plus:+0;-0}}}");
        });

    [GeneratedRegex(@"stale by \d+d \d+h \d+m \d+s \(")]
    private static partial Regex StaleBy();

    [GeneratedRegex(@"[ \t](?=[ \t]*$)")]
    private static partial Regex LastBlank();

    /// <summary>mond says why a command failed.</summary>
    private static string WithoutReason(string line) => Failed().Replace(line, "$1");

    [GeneratedRegex(@"^(Error: External command failed -> .*) \([^()]*\)$")]
    private static partial Regex Failed();

    [GeneratedRegex(@"\{now(?<plus>[+-]\d+)?\}")]
    private static partial Regex Now();

    [GeneratedRegex(@"\b[12]\d{9}\b")]
    private static partial Regex Seconds();
}

using System.Text.RegularExpressions;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>
/// Scripts of results and commands, given to <c>nagios4</c> and <c>mond</c> at the same time; behind each step stand the lines that both
/// write to their logs. COMPEER_SCRIPTS_REWRITE=1 writes what comes of them now; the difference is for review.
/// </summary>
[Collection(Alone.Name)]
public sealed partial class ScriptTests(ScriptRuns runs) : IClassFixture<ScriptRuns>
{
    public static TheoryData<string> Scripts => [.. ScriptFiles.All().Select(script => script.Name)];

    public static TheoryData<string> Random => [.. RandomScripts.All().Select(script => script.Name)];

    /// <summary>A seed gives the same script at each run: a failure replays with COMPEER_SEED and COMPEER_RANDOM_SCRIPTS=1.</summary>
    [Theory]
    [MemberData(nameof(Random))]
    public void RandomScript_InNagiosAndHere_SaysTheSame(string name)
    {
        var came = runs[name];
        var unlike = WithoutAuthors([.. came.Split('\n').Where(line => ComparedScript.Marks.Skip(1).Any(line.StartsWith))]);
        Assert.True(unlike.Count == 0, $"{string.Join('\n', unlike)}\nof {came}");
        Assert.Contains(" ALERT: ", came, StringComparison.Ordinal);
    }

    /// <summary>Each rule by which the two may differ is told to operators, in the list of docs/compatibility.md.</summary>
    [Fact]
    public void Rules_OfDifferences_StandInTheDocumentation()
    {
        var told = File.ReadAllText(Path.Combine(ScriptFiles.Root, "docs", "compatibility.md"));
        var rules = ScriptFiles.All().SelectMany(script => script.Differs).Where(rule => rule != "planted").Concat(StatusRules.Names);
        Assert.All(rules.Distinct(), rule => Assert.Contains($"| `{rule}` |", told, StringComparison.Ordinal));
    }

    [Fact]
    public void Status_OfTheProgramAndWhatAllShare_IsTheSame() => Assert.Equal([], runs.OfNobody);

    /// <summary>A rule that lets nothing pass is no rule: what it was for has been mended, or was never compared.</summary>
    [Fact]
    public void Rules_OfStatus_AreAllNeeded()
    {
        Assert.NotNull(runs);
        Assert.Equal(StatusRules.Names.Order(StringComparer.Ordinal), StatusRules.Needed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_InNagiosAndHere_SaysWhatIsWritten(string name)
    {
        var script = ScriptFiles.All().Single(script => script.Name == name);
        if (Environment.GetEnvironmentVariable("COMPEER_SCRIPTS_REWRITE") == "1")
        {
            var file = ScriptFiles.Files.Single(file => ComparedScript.ParseAll(File.ReadAllText(file)).Any(other => other.Name == name));
            File.WriteAllText(file, File.ReadAllText(file).Replace(script.Golden, runs[name], StringComparison.Ordinal));
        }
        else
        {
            Assert.Equal(script.Golden, runs[name]);
        }

        Assert.DoesNotContain($"\n{ComparedScript.Marks[3]}", runs[name], StringComparison.Ordinal);
        var differs = ComparedScript.Marks.Skip(1).Any(mark => runs[name].Contains($"\n{mark}", StringComparison.Ordinal));
        Assert.True(differs == (script.Differs.Length > 0), $"what differs has a rule, and a rule something that differs:\n{runs[name]}");
    }

    /// <summary>What is left when notifications of downtimes may have an author here and none there (<c>notification-author</c>).</summary>
    private static List<string> WithoutAuthors(List<string> unlike)
    {
        foreach (var ours in unlike.Where(line => line.StartsWith(ComparedScript.Marks[2], StringComparison.Ordinal)).ToList())
        {
            var theirs = Authored().Replace(ours, $"{ComparedScript.Marks[1]}$1");
            if (theirs != ours && unlike.Remove(theirs))
            {
                unlike.Remove(ours);
            }
        }

        return unlike;
    }

    [GeneratedRegex("^mond> (.* NOTIFICATION: .*;DOWNTIME[A-Z]+ .*);[^;]*;[^;]*$")]
    private static partial Regex Authored();
}

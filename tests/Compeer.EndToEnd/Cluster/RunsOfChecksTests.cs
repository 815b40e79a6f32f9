using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Cluster;

/// <summary>What the tests of losses judge by finds each fault that is put into a trace of an hour without one.</summary>
public sealed class RunsOfChecksTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(5);

    /// <summary>In an hour, since the machine has not been busy then.</summary>
    private static readonly TimeSpan From = TracedPlugin.Now + TimeSpan.FromHours(1);

    private static readonly string[] Objects = ["a:", "a:s", "b:", "b:s"];

    [Fact]
    public void Twice_RegularRuns_FindsNothing() => Assert.Equal("", RunsOfChecks.Twice(Regular(), Interval / 2));

    [Fact]
    public void Twice_OneRunByAnotherNodeTooSoon_FindsThatOne()
    {
        var runs = Regular();
        var extra = runs[500] with { Node = "other", StartedAt = runs[500].StartedAt + (Interval / 2) - TimeSpan.FromSeconds(0.1) };

        var problem = RunsOfChecks.Twice(runs.Append(extra).OrderBy(run => run.StartedAt), Interval / 2);

        Assert.StartsWith("1 of ", problem, StringComparison.Ordinal);
        Assert.Contains($"{extra.Object} was run by {runs[500].Node}", problem, StringComparison.Ordinal);
        Assert.EndsWith("1.900 s later by other", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Twice_NothingToLookAt_IsAFinding() =>
        Assert.Equal("nothing was run a second time in 4 runs", RunsOfChecks.Twice(Regular().Take(4), Interval / 2));

    [Fact]
    public void LeftOut_RegularRuns_FindsNothing() =>
        Assert.Equal("", RunsOfChecks.LeftOut(Regular(), Objects, From, From + TimeSpan.FromHours(1), Interval + Late));

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void LeftOut_SomeRunsMissing_FindsWhatIsLongerThanTheLimit(int missing, bool isFound)
    {
        var runs = Regular();
        var gone = runs.Where(run => run.Object == "b:").Skip(100).Take(missing).ToHashSet();

        // Two missing are 12 s from one to the next, three 16 s.
        var problem = RunsOfChecks.LeftOut(
            [.. runs.Where(run => !gone.Contains(run))], Objects, From, From + TimeSpan.FromHours(1), TimeSpan.FromSeconds(14));

        Assert.Equal(isFound, problem.Contains("b: was not run for 16.000 s", StringComparison.Ordinal));
        Assert.Equal(isFound, problem.Length > 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LeftOut_ObjectWithoutRunsAtTheEndOrAtAll_IsFound(bool atAll)
    {
        var runs = Regular().Where(run => run.Object != "a:s" || (!atAll && run.StartedAt < From + TimeSpan.FromMinutes(59)));

        Assert.Contains(
            atAll ? "a:s was not run for 3600.000 s, from 0.000 s (the begin)" : "(the end)",
            RunsOfChecks.LeftOut([.. runs], Objects, From, From + TimeSpan.FromHours(1), Interval + Late),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a:s=PROBLEM", true)]
    [InlineData("a:s=PROBLEM b:s=PROBLEM b:s=RECOVERY", true)]
    [InlineData("", false)]
    [InlineData("a:s=PROBLEM a:s=PROBLEM", false)]
    [InlineData("a:s=RECOVERY", false)]
    [InlineData("a:s=PROBLEM a:s=RECOVERY", false)]
    public void WronglyTold_OnceIsToldOfAndNothingElse(string told, bool isFine) => Assert.Equal(
        isFine,
        RunsOfChecks.WronglyTold(
            told.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => new PluginRun(From, "p1", text)), "a:s", "PROBLEM", 1)
            .Length == 0);

    /// <summary>An hour in which two nodes share four objects.</summary>
    private static List<PluginRun> Regular() =>
    [
        .. from round in Enumerable.Range(0, 900)
           from place in Enumerable.Range(0, Objects.Length)
           select new PluginRun(
               From + (round * Interval) + TimeSpan.FromMilliseconds(500 * (place + 1)), $"p{(place / 2) + 1}", Objects[place]),
    ];
}

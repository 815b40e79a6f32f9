using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Nagios.Scripts;

/// <summary>
/// All scripts, run once: those with the same lines for the main configuration in one pair of processes, at the same time, and those that
/// change what concerns others one after the other.
/// </summary>
public sealed class ScriptRuns : IAsyncLifetime
{
    private readonly Dictionary<string, string> _came = new(StringComparer.Ordinal);

    /// <summary>A script with what came of it.</summary>
    public string this[string script] => _came[script];

    /// <summary>What the files of status say differently of the programs themselves, and of what belongs to no script.</summary>
    public List<string> OfNobody { get; } = [];

    public async Task InitializeAsync()
    {
        using var folder = new TestFolder();
        var scripts = ScriptFiles.All().Concat(RandomScripts.All()).ToList();
        var groups = scripts.GroupBy(script => string.Join('\n', script.Main), StringComparer.Ordinal);
        foreach ((var number, var group) in groups.Index())
        {
            await RunAsync(folder, $"{number}", [.. group]);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task RunAsync(TestFolder folder, string name, IReadOnlyList<ComparedScript> scripts)
    {
        using var pair = new ScriptPair(folder, name, scripts, scripts[0].Main);
        await pair.StartAsync();
        var runs = scripts.Select(script => new ScriptRun(script, pair)).ToList();
        await Task.WhenAll(runs.Where(run => !run.Script.IsAlone).Select(run => run.RunAsync()));
        foreach (var run in runs.Where(run => run.Script.IsAlone))
        {
            pair.NagiosLog.Alone = pair.OurLog.Alone = run.Script.Name;
            await run.RunAsync();
        }

        pair.NagiosLog.Alone = pair.OurLog.Alone = null;
        var status = await pair.StatusAsync();
        OfNobody.AddRange(status.DifferencesOfNobody());
        foreach ((var run, var text) in runs.Zip(await Task.WhenAll(runs.Select(run => run.FinishAsync(status)))))
        {
            _came[run.Script.Name] = text;
        }
    }
}

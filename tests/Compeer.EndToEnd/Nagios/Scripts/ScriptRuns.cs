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
        var beside = scripts.Where(script => !script.IsAlone).ToList();
        var came = await Task.WhenAll(beside.Select(script => new ScriptRun(script, pair).RunAsync()));
        foreach ((var script, var text) in beside.Zip(came))
        {
            _came[script.Name] = text;
        }

        foreach (var script in scripts.Where(script => script.IsAlone))
        {
            pair.NagiosLog.Alone = pair.OurLog.Alone = script.Name;
            _came[script.Name] = await new ScriptRun(script, pair).RunAsync();
        }
    }
}

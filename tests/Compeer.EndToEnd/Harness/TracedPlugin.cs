namespace Compeer.EndToEnd.Harness;

/// <summary>
/// A plugin that writes down each of its runs (when, at which node, for which object) and whose result the test sets.
/// </summary>
internal sealed class TracedPlugin
{
    /// <summary>Names of the commands that <see cref="AddTo"/> defines.</summary>
    public const string HostCommand = "traced-host";

    /// <inheritdoc cref="HostCommand"/>
    public const string ServiceCommand = "traced-service";

    private readonly string _trace;
    private readonly string _states;

    public TracedPlugin(TestFolder folder)
    {
        _trace = folder.File("trace");
        _states = Directory.CreateDirectory(folder.File("states")).FullName;
        folder.Script(
            "traced",
            $$"""
            now=$EPOCHREALTIME
            printf '%s %s %s\n' "${now/./}" "$1" "$2" >>'{{_trace}}'
            code=0 text="fine"
            if [[ -e '{{_states}}'/$2 ]]; then read -r code text <'{{_states}}'/"$2"; fi
            echo "$text"
            exit "$code"
            """);
    }

    /// <summary>Defines the commands.</summary>
    public SiteConfiguration AddTo(SiteConfiguration site) => site
        .Command(HostCommand, "$USER3$/traced $USER2$ $HOSTNAME$:")
        .Command(ServiceCommand, "$USER3$/traced $USER2$ $HOSTNAME$:$SERVICEDESC$");

    /// <summary>From now on the check of this object ends like this.</summary>
    public void SetResult(string name, int code, string text)
    {
        var temporary = Path.Combine(_states, $".{name}");
        File.WriteAllText(temporary, $"{code} {text}\n");
        File.Move(temporary, Path.Combine(_states, name), overwrite: true);
    }

    /// <summary>Makes a service critical and waits until these nodes show it.</summary>
    public async Task ChangeAndWaitAsync(string name, string text, TimeSpan interval, params MonitorNode[] nodes)
    {
        SetResult(name, 2, text);
        foreach (var node in nodes)
        {
            await Eventually.HoldsAsync(
                $"{name} made critical",
                $"{node.Name} shows '{text}'",
                interval + Limits.Moment,
                async () => (await node.ObjectAsync(name)).Output is var output && output == text ? null : $"'{output}'",
                nodes);
        }
    }

    /// <summary>All runs so far, in the order of their starts.</summary>
    public IReadOnlyList<PluginRun> Runs() => File.Exists(_trace) ? PluginRun.Read(File.ReadAllLines(_trace)) : [];

    /// <summary>The time now, as <see cref="PluginRun.StartedAt"/> has it.</summary>
    public static TimeSpan Now => TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch;
}

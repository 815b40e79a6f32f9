namespace Compeer.Execution.Processes;

/// <summary>How plugins are run. Checked by the constructor of <see cref="PluginRunner"/>.</summary>
public sealed record PluginRunnerOptions
{
    /// <summary>How many service checks may run at the same time when <see cref="MaxConcurrent"/> is 0 and the limit on open
    /// files allows it.</summary>
    public const int DefaultMaxConcurrent = 1024;

    /// <summary>The default of <see cref="OutputLimit"/>.</summary>
    public const int DefaultOutputLimit = 64 * 1024;

    /// <summary>How many service checks run at the same time; more wait for their turn. Naemon's <c>max_concurrent_checks</c>, which
    /// limits no host check either; those have 512 places, notifications 128, event handlers 64.</summary>
    /// <value>0 (the default) chooses: <see cref="DefaultMaxConcurrent"/>, or fewer when the limit on open files
    /// (three per plugin) is low. It is that high because in a large outage most plugins do nothing but wait for their
    /// time limit; with 10 s each, 1024 are still about a hundred checks a second. At most 100,000.</value>
    public int MaxConcurrent { get; init; }

    /// <summary>Threads that start plugins and collect results.</summary>
    /// <value>1 to 64, default 2: starting keeps a thread waiting until the new process runs its program, so that a
    /// second one gains 10–13 % more checks per second where many wait, and takes part only there: two at the same time cost more
    /// for each check than one. More gain nothing.</value>
    public int Threads { get; init; } = 2;

    /// <summary>Bytes kept of each of a plugin's two output streams; the rest is read and thrown away.</summary>
    /// <value>256 bytes to 16 MiB, default 64 KiB.</value>
    public int OutputLimit { get; init; } = DefaultOutputLimit;

    /// <summary>The environment of plugins, the whole of it. A command line can add to it (<c>NAME=value plugin …</c>).</summary>
    /// <value>Default: <see cref="PluginEnvironment.Inherited"/>, as Naemon does. Names without <c>=</c>, no NUL bytes.</value>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = PluginEnvironment.Inherited();

    /// <summary>The working directory of plugins; must exist when the runner is made.</summary>
    /// <value>Default: <c>/</c>, as under a Naemon that runs as a daemon.</value>
    public string WorkingDirectory { get; init; } = "/";
}

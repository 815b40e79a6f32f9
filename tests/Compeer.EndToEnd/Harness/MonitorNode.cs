using System.Diagnostics;
using System.Globalization;
using System.Text;
using Compeer.Api;

namespace Compeer.EndToEnd.Harness;

/// <summary>One node: a prefix of its own and the real <c>mond</c> and <c>mon</c> working in it.</summary>
internal sealed class MonitorNode : IDisposable
{
    /// <summary>What a node calls itself in its answers, as in Merlin.</summary>
    private const string SelfName = "ipc";

    private const int LinesOfTail = 25;

    private readonly StringBuilder _output = new();
    private Process? _process;

    public MonitorNode(TestFolder folder, string name)
    {
        Name = name;
        Paths = MonitorPaths.FromPrefix(Directory.CreateDirectory(folder.File(name)).FullName);
        (Address, Port) = LoopbackAddress.Take();
        Client = new MonitoringClient(Paths.ApiSocket, Limits.Moment);
        Directory.CreateDirectory(Paths.MerlinFolder);
        Directory.CreateDirectory(Paths.ConfigurationFolder);
        Directory.CreateDirectory(Paths.VariableFolder);
        File.WriteAllText(Paths.MerlinConfiguration, $"daemon {{\n  address = {Address}\n  port = {Port}\n}}\n");
    }

    public string Name { get; }

    public MonitorPaths Paths { get; }

    public string Address { get; }

    public int Port { get; }

    public MonitoringClient Client { get; }

    /// <summary>What the daemon wrote to its terminal; only of one that was started by <see cref="StartAsync"/>.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public string LogFile => Path.Combine(Paths.VariableFolder, "naemon.log");

    public string Log => File.Exists(LogFile) ? ReadShared(LogFile) : "";

    /// <summary>Lines of the log without their times.</summary>
    public IEnumerable<string> LogTexts => Log.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line[(line.IndexOf(']', StringComparison.Ordinal) + 1)..].TrimStart());

    /// <summary>Waits until the log has this text: what happened is answered and seen elsewhere before its line is written. A whole line is
    /// <c>] TEXT</c> with its end.</summary>
    public Task<TimeSpan> SaysAsync(string text) => Eventually.HoldsAsync(
        "the log", $"it says \"{text}\"", Limits.Moment, () => Log.Contains(text, StringComparison.Ordinal) ? null : "it does not", this);

    /// <summary>The running daemon's process id, as its pid file says.</summary>
    public int Pid => int.Parse(ReadShared(Paths.PidFile), CultureInfo.InvariantCulture);

    public Task<ProgramResult> MonAsync(params IEnumerable<string> arguments) =>
        Programs.RunAsync(Paths.Prefix, Programs.Mon, arguments);

    public Task<ProgramResult> MondAsync(params IEnumerable<string> arguments) =>
        Programs.RunAsync(Paths.Prefix, Programs.Mond, arguments);

    /// <summary>This node's public key, as <c>mon node key</c> prints it.</summary>
    public async Task<string> KeyAsync() => (await MonAsync("node", "key")).Expect(0).Output;

    /// <summary>Tells this node of another: key file and <c>mon node add</c>.</summary>
    public async Task AddPeerAsync(MonitorNode other, string key)
    {
        var file = Path.Combine(Paths.MerlinFolder, other.Name + ".pub");
        await File.WriteAllTextAsync(file, key);
        (await MonAsync(
            "node", "add", other.Name, "type=peer", $"address={other.Address}", $"port={other.Port}", $"publickey={other.Name}.pub"))
            .Expect(0);
    }

    /// <summary>Starts <c>mond</c> in the foreground, optionally by way of another program, and waits until it answers.</summary>
    public async Task StartAsync(params string[] command)
    {
        Launch(command);
        await WaitUntilAnsweringAsync();
    }

    /// <summary>Starts <c>mond</c> in the foreground without waiting.</summary>
    public void Launch(params string[] command)
    {
        var line = command.Length == 0 ? [Programs.Mond] : command;
        _process?.Dispose();
        _process = new Process { StartInfo = Programs.StartInfo(Paths.Prefix, line[0], line[1..]) };
        _process.OutputDataReceived += (_, line) => Collect(line.Data);
        _process.ErrorDataReceived += (_, line) => Collect(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        _process.StandardInput.Close();
    }

    public Task<TimeSpan> WaitUntilAnsweringAsync() => Eventually.HoldsAsync(
        $"start of {Name}",
        "the daemon answers",
        Limits.Start,
        async () =>
        {
            if (_process is { HasExited: true })
            {
                Eventually.Fail($"start of {Name}", "the daemon runs", $"it ended with exit code {_process.ExitCode}", [this]);
            }

            return (await Client.GetStatusAsync(CancellationToken.None)).Error?.Message;
        },
        this);

    /// <summary>Sends a signal to the running daemon.</summary>
    public void Signal(int signal) => Assert.True(Native.Signal(Pid, signal), $"{Name} does not run");

    /// <summary>Ends the daemon with SIGKILL, returning as soon as the signal is sent.</summary>
    public void Kill() => Signal(Native.Kill);

    /// <summary>Waits until a process has ended.</summary>
    public Task WaitForEndAsync(int pid) => Eventually.HoldsAsync(
        $"end of {Name}", $"process {pid} is gone", Limits.Exit, () => ProcessTable.IsAlive(pid) ? "it runs" : null, this);

    /// <summary>Exit code of a daemon started in the foreground, once it has ended.</summary>
    public async Task<int> ExitCodeAsync()
    {
        using var limit = new CancellationTokenSource(Limits.Start);
        try
        {
            await _process!.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            Eventually.Fail($"end of {Name}", $"it ends within {Limits.Start.TotalSeconds} s", "it runs", [this]);
        }

        return _process!.ExitCode;
    }

    public async Task<DaemonStatus> StatusAsync() => Answer(await Client.GetStatusAsync(CancellationToken.None));

    public async Task<NodesStatus> NodesAsync() => Answer(await Client.GetNodesAsync(CancellationToken.None));

    /// <summary>What this node says of a neighbour.</summary>
    public async Task<NodeStatus> NodeAsync(string name) => (await NodesAsync()).Nodes.Single(node => node.Name == name);

    /// <summary>All hosts and services as this node sees them, by <see cref="ObjectName.Of(CheckableStatus)"/>.</summary>
    public async Task<IReadOnlyDictionary<string, CheckableStatus>> ObjectsAsync()
    {
        var hosts = Answer(await Client.GetHostsAsync(CheckableQuery.All, CancellationToken.None));
        var services = Answer(await Client.GetServicesAsync(CheckableQuery.All, CancellationToken.None));
        return hosts.Concat(services).ToDictionary(
            ObjectName.Of, status => status.Owner == SelfName ? status with { Owner = Name } : status);
    }

    public async Task<CheckableStatus> ObjectAsync(string name) => (await ObjectsAsync())[name];

    /// <summary>Owner of every object as this node sees it, by the nodes' names.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OwnersAsync() =>
        (await ObjectsAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.Owner);

    /// <summary>What a failed test shows of this node.</summary>
    public string Describe() =>
        $"--- {Name} ({Paths.Prefix}), end of its log:\n{Tail(Log)}\n--- {Name}, end of its output:\n{Tail(Output)}";

    public void Dispose()
    {
        Client.Dispose();
        if (_process is { HasExited: false })
        {
            _process.Kill();
        }

        _process?.Dispose();
    }

    private static T Answer<T>(ApiAnswer<T> answer)
        where T : notnull
    {
        Assert.True(answer.TryGet(out var value, out var error), error?.Message);
        return value!;
    }

    private static string Tail(string text) => string.Join('\n', text.TrimEnd('\n').Split('\n').TakeLast(LinesOfTail));

    /// <summary>A running daemon has the file open for writing, perhaps locked, and that must not matter here.</summary>
    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private void Collect(string? line)
    {
        if (line is not null)
        {
            lock (_output)
            {
                _output.AppendLine(line);
            }
        }
    }
}

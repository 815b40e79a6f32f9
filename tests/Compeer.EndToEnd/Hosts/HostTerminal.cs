using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Compeer.EndToEnd.Harness;

namespace Compeer.EndToEnd.Hosts;

/// <summary>
/// Somebody at a terminal of a host, logged in as root: types lines to bash, reads what is shown, answers ssh when it asks.
/// The prompt shows the exit code of the last line.
/// </summary>
internal sealed partial class HostTerminal : IDisposable
{
    private const string Interrupt = "\u0003";

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan LongestLine = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _shown = new();
    private readonly string _host;

    private HostTerminal(Process process, string host)
    {
        _process = process;
        _host = host;
        _ = CollectAsync();
    }

    /// <summary>Everything shown so far.</summary>
    public string Shown
    {
        get
        {
            lock (_shown)
            {
                return _shown.ToString();
            }
        }
    }

    /// <summary>Logs in.</summary>
    public static async Task<HostTerminal> OpenAsync(Host host)
    {
        var line = host.Command("script", "--quiet", "--flush", "--return", "--command", "bash --noediting -i", "/dev/null");
        var terminal = new HostTerminal(Process.Start(Programs.StartInfo("/", line[0], line[1..]))!, host.Name);
        await terminal.ResultAsync("login", from: 0, password: null);
        return terminal;
    }

    /// <summary>Types a line and waits for the next prompt; answers ssh's questions with yes and root's password.</summary>
    public Task<TypedResult> TypeAsync(string line) => TypeAsync(line, HostNetwork.Password);

    /// <summary>The same of somebody with another password, or with none, who gives up when asked.</summary>
    public Task<TypedResult> TypeAsync(string line, string? password)
    {
        var from = Shown.Length;
        Send(line + "\n");
        return ResultAsync(line, from, password);
    }

    /// <summary>Types a line, waits until a text is shown, and presses Ctrl-C; gives what was shown up to the prompt.</summary>
    public async Task<TypedResult> InterruptAsync(string line, string after, Func<Task> before)
    {
        var from = Shown.Length;
        Send(line + "\n");
        await UntilAsync(
            line,
            $"\"{after}\" is shown",
            () => Shown[from..].Split('\n').Skip(1).Any(below => below.Contains(after, StringComparison.Ordinal)));
        await before();
        Send(Interrupt);
        return await ResultAsync(line, from, HostNetwork.Password);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task<TypedResult> ResultAsync(string line, int from, string? password)
    {
        var answered = from;
        var clock = Stopwatch.StartNew();
        Match? prompt = null;
        await UntilAsync(line, "a prompt", () =>
        {
            var shown = Shown;
            prompt = Prompt().Match(shown[from..]);
            if (!prompt.Success && Question().Match(shown[answered..]) is { Success: true } question)
            {
                answered = shown.Length;
                var isAboutKey = question.Value.Contains("yes/no", StringComparison.Ordinal);
                Send(password is null ? Interrupt : isAboutKey ? "yes\n" : password + "\n");
            }

            return prompt.Success;
        });
        var text = Shown[from..][..(prompt!.Index + prompt.Groups["before"].Length)].Replace("\r", "", StringComparison.Ordinal);
        return new TypedResult(
            line,
            int.Parse(prompt.Groups["code"].Value, CultureInfo.InvariantCulture),
            text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..],
            clock.Elapsed);
    }

    private async Task UntilAsync(string line, string expected, Func<bool> holds)
    {
        var clock = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(clock.Elapsed < LongestLine, $"{_host}: after \"{line}\" {expected} was waited for; shown was\n{Shown}");
            Assert.False(_process.HasExited, $"{_host}: the terminal is gone; shown was\n{Shown}");
            await Task.Delay(LookAgain);
        }
    }

    private void Send(string keys)
    {
        _process.StandardInput.Write(keys);
        _process.StandardInput.Flush();
    }

    private async Task CollectAsync()
    {
        var buffer = new char[4096];
        int read;
        while ((read = await _process.StandardOutput.ReadAsync(buffer)) > 0)
        {
            lock (_shown)
            {
                _shown.Append(buffer, 0, read);
            }
        }
    }

    [GeneratedRegex(@"(?<before>^|\n|\^C)root@[a-z0-9]+:\S+ \[(?<code>\d+)\]# $")]
    private static partial Regex Prompt();

    [GeneratedRegex(@"(yes/no[^\n]*|[Pp]assword: ?)$")]
    private static partial Regex Question();
}

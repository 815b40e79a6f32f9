using System.Text;
using System.Text.RegularExpressions;
using Compeer.Api;
using Compeer.Cli;

namespace Compeer.Tests.Cli;

/// <summary>
/// What is said to wrong command lines, and to right ones when something is wrong: Snapshots/errors.txt has the situations, the
/// command lines, and what becomes of them ("exit" and a number, "&gt;" before a line of data, "!" before a line for people). Add a
/// command line there, and rewrite the file by the switch of <see cref="HelpTests"/>.
/// </summary>
public sealed partial class ErrorTests
{
    private const string RewriteVariable = "COMPEER_REWRITE_SNAPSHOTS";
    private const string Merlin =
        "peer peer02 {\n\taddress = 192.0.2.2\n}\npoller poller01 {\n\taddress = 192.0.2.3\n\thostgroup = far\n}\n";

    /// <summary>Sources of what needs other machines; the tests with hosts hold what is said there.</summary>
    private static readonly string[] OfHosts = [
        "/Transfer/", "/OconfPush", "/OconfReceive", "/OconfOffer", "/OconfFetch", "/OconfRemote", "/NodeFetch", "/ReceivedConfiguration",
        "/Sync", "/MasterTalk", "/SlimPollerJoin",
    ];

    /// <summary>Words of messages that are told when the machine itself fails, or its user's keys, which no command line makes
    /// happen.</summary>
    private static readonly string[] OfTheMachine =
    [
        "cannot be started", "its keys could not be looked after", "this machine does not know", "cannot be prepared for the user",
        "cannot be made readable", "cannot be given to the user", "cannot be kept", "mond is neither in", "interrupted",
        "failed on {string.Join(", "permission denied: mond (pid", "setpriv (package util-linux) is needed", "mond is to run as the user",
        "is no public ssh key", "is too large", "ssh-keygen:", "another push to this node is under way",
        "mond's manifest is not understood", "the answer broke off", "no answer at {path}",
    ];

    private static readonly string File = Path.Combine(Root, "tests/Compeer.Tests/Cli/Snapshots/errors.txt");

    private static string Root => RepositoryRoot();

    [Fact]
    public async Task Errors_Everywhere_AreAsRecorded()
    {
        var recorded = await System.IO.File.ReadAllTextAsync(File);
        var said = new StringBuilder();
        var situation = "";
        foreach (var line in recorded.Split('\n'))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                situation = line[3..];
                said.Append(said.Length > 0 ? "\n" : "").Append(line).Append('\n');
            }
            else if (line.StartsWith("$ mon", StringComparison.Ordinal))
            {
                said.Append('\n').Append(line).Append('\n').Append(await AnswerAsync(situation, Words(line["$ mon".Length..])));
            }
        }

        if (Environment.GetEnvironmentVariable(RewriteVariable) is not null)
        {
            await System.IO.File.WriteAllTextAsync(File, said.ToString());
        }

        Assert.Equal(await System.IO.File.ReadAllTextAsync(File), said.ToString());
    }

    [Fact]
    public void Errors_OfEveryCommand_AreRecorded()
    {
        var recorded = System.IO.File.ReadAllText(File);

        Assert.All(CommandTable.All, command => Assert.Matches(
            $@"\n\$ mon {Regex.Escape(command.Help.Path)}( [^\n]*)?\nexit [^0]", recorded));
    }

    /// <summary>Looks for the messages where they are made: each has to be in the snapshot, or in another test.</summary>
    [Fact]
    public void Errors_OfTheSources_AreRecordedOrTestedElsewhere()
    {
        var recorded = System.IO.File.ReadAllText(File)
            + string.Concat(Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.EndsWith("/ErrorTests.cs", StringComparison.Ordinal))
                .Select(System.IO.File.ReadAllText))
                .Replace("\\\"", "\"", StringComparison.Ordinal);
        var messages = Directory.EnumerateFiles(Path.Combine(Root, "src/Compeer.Cli"), "*.cs", SearchOption.AllDirectories)
            .Where(file => OfHosts.Append("/obj/").All(place => !file.Contains(place, StringComparison.Ordinal)))
            .SelectMany(file => Message().Matches(System.IO.File.ReadAllText(file)))
            .Select(match => LongestPart(match.Groups[1].Value))
            .Where(part => part.Length > 4)
            .ToList();

        Assert.InRange(messages.Count, 20, 400);
        Assert.All(
            messages.Where(part => !OfTheMachine.Any(words => part.Contains(words, StringComparison.Ordinal))),
            part => Assert.True(
                recorded.Contains(part, StringComparison.Ordinal), $"no command line in errors.txt, and no test, has: {part}"));
    }

    private static async Task<string> AnswerAsync(string situation, string[] words)
    {
        using var harness = new CliHarness();
        Prepare(situation, harness);
        var run = await harness.RunAsync(words);
        return $"exit {run.ExitCode}\n{Marked("> ", run.Out)}{Marked("! ", run.Error)}";
    }

    private static void Prepare(string situation, CliHarness harness)
    {
        switch (situation)
        {
            case "nothing is there, and mond does not run":
                break;
            case "merlin.conf names peer02 and poller01":
                harness.Merlin = Merlin;
                break;
            case "merlin.conf has errors":
                harness.Merlin = "peer peer02 {\n\tprot = 1\n";
                harness.Mond.Presence = new(IsRunning: true, Pid: 4711);
                break;
            case "merlin.conf is a folder":
                Directory.CreateDirectory(harness.Paths.MerlinConfiguration);
                break;
            case "mond runs and does not answer":
                harness.Mond.Presence = new(IsRunning: true, Pid: 4711);
                Answer(harness.Client, new ApiError(ApiErrorKind.TimedOut, "mond did not answer within 10 s (SOCKET)"));
                break;
            case "the socket is not for this user":
                harness.Mond.Presence = new(IsRunning: true, Pid: 4711);
                Answer(harness.Client, new ApiError(ApiErrorKind.PermissionDenied, "permission denied on mond's socket SOCKET"));
                break;
            case "the configuration has errors":
                harness.Mond.Presence = new(IsRunning: true, Pid: 4711);
                harness.Mond.Output["--verify"] = ["Error: PREFIX/etc/a.cfg:7: unknown directive", "Total Errors: 1"];
                harness.Mond.Start = new(Ready: false, Pid: 0, ExitCode: 1);
                foreach (var mode in (string[])["--verify", "--files", "--kept", "--difference"])
                {
                    harness.Mond.ExitCodes[mode] = 1;
                    harness.Mond.ErrorOutput[mode] = mode == "--verify" ? [] : ["mond: PREFIX/etc/naemon.cfg cannot be read"];
                }

                harness.Client.Configuration = new(new ConfigurationReload(
                    Applied: false,
                    NodesApplied: true,
                    "the configuration has 1 error; monitoring goes on with the one in force",
                    [new ApiDiagnostic("error", "PREFIX/etc/a.cfg", 7, "unknown directive")]));
                break;
            default:
                throw new InvalidOperationException($"nothing is known of the situation '{situation}'");
        }
    }

    private static void Answer(FakeMonitoringClient client, ApiError error)
    {
        client.Status = new(error);
        client.Nodes = new(error);
        client.Reload = new(error);
        client.Configuration = new(error);
        client.Configurations = new(error);
        client.Difference = new(error);
        client.Figures = new(error);
    }

    /// <summary>Words between blanks; what is in single quotes is one.</summary>
    private static string[] Words(string line) =>
        [.. Word().Matches(line).Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Value)];

    private static string Marked(string mark, string text) => string.Concat(
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => mark + line + "\n"));

    /// <summary>The longest part of a message that stands in it as it is said.</summary>
    private static string LongestPart(string literal) => Hole().Split(literal.Replace("\\\"", "\"", StringComparison.Ordinal))
        .Select(part => part.Trim())
        .MaxBy(part => part.Length) ?? "";

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "Compeer.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        }

        return folder;
    }

    [GeneratedRegex("""'([^']*)'|\S+""")]
    private static partial Regex Word();

    [GeneratedRegex(
        """(?:(?:Fail|FailUsage|Refuse|UsageException|MonException)\((?:\s*context,)?\s*|fault = )\$?"((?:[^"\\\n]|\\.)*)"[;,)]""")]
    private static partial Regex Message();

    [GeneratedRegex("""\{[^}]*\}""")]
    private static partial Regex Hole();
}

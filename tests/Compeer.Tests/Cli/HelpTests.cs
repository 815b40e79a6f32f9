using System.Text;
using Compeer.Cli;
using Compeer.Cli.Commands;

namespace Compeer.Tests.Cli;

public sealed class HelpTests
{
    private const string RewriteVariable = "COMPEER_REWRITE_SNAPSHOTS";

    public static TheoryData<string> Commands { get; } = [.. CommandTable.All.Select(c => c.Help.Path)];

    public static TheoryData<string> NoPlugins { get; } = [.. CommandTable.All.Where(c => !IsPlugin(c)).Select(c => c.Help.Path)];

    [Fact]
    public async Task Help_Everywhere_IsAsRecorded()
    {
        var all = new StringBuilder();
        string[] lines =
        [
            "--help",
            .. CommandTable.All.Select(c => c.Help.Category).OfType<string>().Distinct(),
            .. CommandTable.All.Select(c => c.Help.Path + " --help"),
        ];
        foreach (var line in lines)
        {
            var run = await RunAsync(line.Split(' '));
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            all.Append("$ mon ").Append(line).Append('\n').Append(run.Out).Append('\n');
        }

        var file = Path.Combine(RepositoryRoot(), "tests/Compeer.Tests/Cli/Snapshots/help.txt");
        if (Environment.GetEnvironmentVariable(RewriteVariable) is not null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, all.ToString());
        }

        Assert.Equal(await File.ReadAllTextAsync(file), all.ToString());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OfEachCommand_IsTheSameHoweverItIsAsked(string command)
    {
        var words = command.Split(' ');
        var asked = await RunAsync([.. words, "--help"]);

        Assert.Equal(asked, await RunAsync([.. words, "-h"]));
        Assert.Equal(asked, await RunAsync([.. words, "some", "thing", "--help"]));
        Assert.Equal(asked, await RunAsync(["help", .. words]));
        Assert.StartsWith($"Usage: mon {command}", asked.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnyPlugin_UnknownOption_IsUnknownInOneLine()
    {
        foreach (var command in CommandTable.All.Where(IsPlugin).Select(c => c.Help.Path))
        {
            var run = await RunAsync([.. command.Split(' '), "--frobnicate"]);

            Assert.Equal((3, ""), (run.ExitCode, run.Error));
            Assert.StartsWith(
                $"UNKNOWN: unknown option \"--frobnicate\"; usage: mon {command}", run.Out, StringComparison.Ordinal);
            Assert.Equal(1, run.Out.Count(c => c == '\n'));
        }
    }

    [Theory]
    [MemberData(nameof(NoPlugins))]
    public async Task AnyCommand_UnknownOption_IsAUsageErrorInOneLine(string command)
    {
        using var harness = new CliHarness();
        var run = await harness.RunAsync([.. command.Split(' '), "--frobnicate"]);

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.StartsWith(
            $"mon {command}: unknown option \"--frobnicate\"; usage: mon {command}", run.Error, StringComparison.Ordinal);
        Assert.Equal(1, run.Error.Count(c => c == '\n'));
        Assert.Empty(harness.Mond.Calls);
    }

    [Fact]
    public async Task Help_WithoutArguments_IsTheOverview()
    {
        Assert.Equal(await RunAsync("--help"), await RunAsync());
        Assert.Equal(await RunAsync("node", "--help"), await RunAsync("node"));
        Assert.Equal(await RunAsync("node", "--help"), await RunAsync("help", "node"));
    }

    [Theory]
    [InlineData("mon: unknown command \"nod\" (did you mean \"node\"?); \"mon --help\" lists the commands", "nod")]
    [InlineData("mon: unknown command \"xyzzy\"; \"mon --help\" lists the commands", "xyzzy", "--help")]
    [InlineData("mon: unknown command \"statsu\" (did you mean \"status\"?); \"mon --help\" lists the commands", "statsu")]
    [InlineData(
        "mon: unknown command \"node lst\" (did you mean \"list\"?); \"mon node --help\" lists the commands", "node", "lst")]
    [InlineData("mon: unknown command \"list\"; \"mon --help\" lists the commands", "list")]
    public async Task UnknownCommand_OffersTheNearest(string expected, params string[] words) =>
        Assert.Equal(new CliRun(2, "", expected + "\n"), await RunAsync(words));

    [Fact]
    public void Table_Commands_HaveDifferentNamesAndHelpThatFits()
    {
        Assert.Equal(CommandTable.All.Length, CommandTable.All.Select(c => c.Help.Path).Distinct().Count());
        foreach (var command in CommandTable.All)
        {
            Assert.All(command.Help.Details, line => Assert.InRange(line.Length, 1, 80));
            Assert.EndsWith(".", command.Help.Summary, StringComparison.Ordinal);
        }
    }

    private static bool IsPlugin(MonCommand command) => command is CheckCommand or CheckTestCommand;

    private static async Task<CliRun> RunAsync(params string[] words)
    {
        using var harness = new CliHarness();
        return await harness.RunAsync(words);
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Compeer.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("not inside the repository");
        }

        return folder;
    }
}

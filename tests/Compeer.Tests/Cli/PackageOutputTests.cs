using System.Diagnostics;
using Compeer.Cli;

namespace Compeer.Tests.Cli;

/// <summary>What packages are made with: manual pages and completion, from the table of commands.</summary>
public sealed class PackageOutputTests : IDisposable
{
    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

    [Fact]
    public async Task Manual_EachCommand_HasAPageWithAllThatItsHelpSays()
    {
        var names = await LinesAsync("--manual");

        Assert.Equal(["mon", .. CommandTable.All.Select(command => "mon-" + command.Help.Path.Replace(' ', '-'))], names);
        foreach (var command in CommandTable.All)
        {
            var page = string.Join('\n', await LinesAsync("--manual", "mon-" + command.Help.Path.Replace(' ', '-')));
            var help = command.Help;
            string[] said =
            [
                help.UsageLine, help.Summary, .. help.Details, .. help.Examples,
                .. help.Options.SelectMany(row => (string[])[row.Name, row.Text]),
                .. help.ExitCodes.SelectMany(row => (string[])[row.Name, row.Text]),
            ];
            Assert.All(said, text => Assert.Contains(
                text.Replace(@"\", @"\e", StringComparison.Ordinal).Replace("-", @"\-", StringComparison.Ordinal)
                    .Replace("…", "...", StringComparison.Ordinal),
                page,
                StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Manual_OfMon_NamesEveryCommand()
    {
        var page = string.Join('\n', await LinesAsync("--manual", "mon"));

        Assert.All(CommandTable.All, command => Assert.Contains(
            command.Help.Summary.Replace("-", @"\-", StringComparison.Ordinal), page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--manual", "mon-nothing")]
    [InlineData("--completion", "fish")]
    [InlineData("--completion")]
    public async Task Output_ForWhatThereIsNot_IsAUsageError(params string[] words)
    {
        var run = await _mon.RunAsync(words);

        Assert.Equal((2, ""), (run.ExitCode, run.Out));
        Assert.Contains("usage: mon --completion bash|zsh, mon --manual [PAGE]", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mon re", "reload", "reportdata", "restart", "retention")]
    [InlineData("mon node re", "remove")]
    [InlineData("mon node list --t", "--type=")]
    [InlineData("mon node add peer02 type=p", "peer", "poller")]
    [InlineData("mon node add peer02 con", "connect=no")]
    [InlineData("mon node remove peer", "peer02", "peer03")]
    [InlineData("mon node remove peer02 peer03 --", "--help")]
    [InlineData("mon start --h", "--help")]
    [InlineData("mon xyzzy pe")]
    public async Task Bash_Line_IsOfferedWhatMayFollow(string line, params string[] expected) =>
        Assert.Equal(expected, await CompleteAsync(line));

    [Fact]
    public async Task Bash_EveryCommand_IsOfferedByItsFirstWordsAndHasHelp()
    {
        foreach (var help in CommandTable.All.Select(command => command.Help))
        {
            var before = help.Category is null ? "mon " : $"mon {help.Category} ";
            Assert.Contains(help.Name, await CompleteAsync(before + help.Name));
            Assert.Contains("--help", await CompleteAsync($"{before}{help.Name} --"));
        }
    }

    /// <summary>What bash would offer; "mon node list" gives two nodes.</summary>
    private async Task<string[]> CompleteAsync(string line)
    {
        var script = string.Join('\n', await LinesAsync("--completion", "bash"));
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["COMP_LINE"] = line;
        start.Environment["COMP_POINT"] = line.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.ArgumentList.Add("--norc");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(
            $"mon() {{ printf '%s\\n' peer02 peer03; }}\n{script}\n_mon\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"");

        using var bash = Process.Start(start)!;
        var error = bash.StandardError.ReadToEndAsync();
        var output = await bash.StandardOutput.ReadToEndAsync();
        Assert.Equal("", await error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];
    }

    private async Task<string[]> LinesAsync(params string[] words)
    {
        var run = await _mon.RunAsync(words);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        return run.Out.TrimEnd('\n').Split('\n');
    }
}

using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cli.Commands;

namespace Compeer.Cli.Help;

/// <summary>
/// Manual pages from the command table alone: <c>mon</c>, and one for each command under the name of its words with hyphens
/// between them. In the macros of man(7).
/// </summary>
internal sealed class ManualPages(TextWriter output, ImmutableArray<MonCommand> commands, string version)
{
    private const string Overview = "mon";

    /// <summary>The names of the pages, one a line.</summary>
    public void WriteNames()
    {
        output.WriteLine(Overview);
        foreach (var command in commands)
        {
            output.WriteLine(NameOf(command.Help));
        }
    }

    /// <summary>Writes one page.</summary>
    /// <returns>False when there is none of that name.</returns>
    public bool TryWrite(string name)
    {
        if (name == Overview)
        {
            WriteOverview();
            return true;
        }

        if (commands.FirstOrDefault(command => NameOf(command.Help) == name) is not { } found)
        {
            return false;
        }

        WriteCommand(found.Help);
        return true;
    }

    private static string NameOf(CommandHelp help) => $"{Overview}-{help.Path.Replace(' ', '-')}";

    private void WriteOverview()
    {
        WriteHead(Overview, "set up and look after load-balanced monitoring");
        output.WriteLine(".SH SYNOPSIS");
        output.WriteLine(".B mon");
        output.WriteLine(@"[\fIcategory\fR] \fIcommand\fR [\fIarguments\fR]");
        output.WriteLine(".SH DESCRIPTION");
        WriteText("mon starts and stops the monitoring daemon, mond, sets up the nodes that share its checks, and shows how they fare.");
        output.WriteLine(".SH COMMANDS");
        foreach (var help in commands.Select(command => command.Help))
        {
            WriteTerm(help.UsageLine, $"{help.Summary} See {NameOf(help)}(1).");
        }

        output.WriteLine(".SH ENVIRONMENT");
        WriteTerm(
            MonitorPaths.PrefixVariable,
            $"The folder under which everything is looked for; {MonitorPaths.DefaultPrefix} when it is not set.");
        WriteTerm("NO_COLOR", "When it is set, nothing is shown in colours.");
        var paths = MonitorPaths.FromPrefix(prefix: null);
        output.WriteLine(".SH FILES");
        WriteTerm(paths.MainConfiguration, "The main configuration; it names the object files.");
        WriteTerm(paths.MerlinConfiguration, "The nodes of the cluster.");
        WriteTerm(
            paths.NscaConfiguration,
            "Turns on NSCA, over which send_nsca brings results; not there, it is off. Lines name=value; nsca.cfg among the samples "
            + "explains each.");
        WriteTerm(paths.NrdpConfiguration, "Turns on NRDP, likewise: results over HTTPS from whoever has a token.");
        WriteTerm(paths.DaemonLog, "What mond has to say of itself when mon started it.");
    }

    private void WriteCommand(CommandHelp help)
    {
        WriteHead(NameOf(help), help.Summary.TrimEnd('.'));
        output.WriteLine(".SH SYNOPSIS");
        WriteText(help.UsageLine);
        output.WriteLine(".SH DESCRIPTION");
        WriteText(help.Summary);
        foreach (var line in help.Details)
        {
            WriteText(line);
        }

        WriteTerms("ARGUMENTS", help.Options);
        if (!help.Examples.IsEmpty)
        {
            output.WriteLine(".SH EXAMPLES");
            output.WriteLine(".nf");
            foreach (var example in help.Examples)
            {
                WriteText(example);
            }

            output.WriteLine(".fi");
        }

        WriteTerms("EXIT STATUS", help.ExitCodes);
        output.WriteLine(".SH SEE ALSO");
        output.WriteLine(@"\fBmon\fR(1)");
    }

    private void WriteHead(string name, string what)
    {
        output.WriteLine(@".\"" Made from the table that also gives mon's help.");
        output.WriteLine($".TH {Escape(name.ToUpperInvariant())} 1 \"\" \"Compeer {version}\" \"Compeer\"");
        output.WriteLine(".SH NAME");
        output.WriteLine($@"{Escape(name)} \- {Escape(what)}");
    }

    private void WriteTerms(string title, ImmutableArray<(string Name, string Text)> rows)
    {
        if (rows.IsEmpty)
        {
            return;
        }

        output.WriteLine($".SH {title}");
        foreach ((var name, var text) in rows)
        {
            WriteTerm(name, text);
        }
    }

    private void WriteTerm(string name, string text)
    {
        output.WriteLine(".TP");
        output.WriteLine($@"\fB{Escape(name)}\fR");
        WriteText(text);
    }

    private void WriteText(string line) => output.WriteLine(Escape(line));

    /// <summary>A line as it is meant: no character of it is a command, and hyphens can be copied to a shell.</summary>
    private static string Escape(string text)
    {
        var escaped = text.Replace(@"\", @"\e", StringComparison.Ordinal)
            .Replace("-", @"\-", StringComparison.Ordinal)
            .Replace("…", "...", StringComparison.Ordinal);
        return escaped is ['.' or '\'', ..] ? @"\&" + escaped : escaped;
    }
}

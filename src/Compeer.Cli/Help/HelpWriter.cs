using System.Collections.Immutable;
using Compeer.Api;
using Compeer.Cli.Commands;

namespace Compeer.Cli.Help;

/// <summary>Help, from the command table alone.</summary>
internal sealed class HelpWriter(TextWriter output, ImmutableArray<MonCommand> commands)
{
    private static readonly Dictionary<string, string> CategorySummaries = new(StringComparer.Ordinal)
    {
        ["check"] = "the cluster and the daemon, as monitoring plugins",
        ["containerhealth"] = "probes of containers",
        ["reportdata"] = "the history in op5's database",
        ["test"] = "op5's tests of itself",
        ["id"] = "names for machines",
        ["node"] = "the nodes of this cluster",
        ["db"] = "the database of what outlives a restart",
        ["retention"] = "what another program left",
        ["oconf"] = "the object configuration",
        ["ecmd"] = "external commands: what an operator can tell mond",
        ["log"] = "the monitoring log",
        ["qh"] = "the query handler: what scripts ask mond",
        ["query"] = "livestatus: states, comments, log",
        ["slim-poller"] = "pollers that come and go by themselves, as containers do",
        ["sysconf"] = "what the machine allows",
        ["sync"] = "the files and folders that are the same at other nodes",
        ["sshkey"] = "ssh between the nodes, and the keys of their links",
    };

    /// <summary>What <c>mon</c> and <c>mon --help</c> show.</summary>
    public void WriteOverview()
    {
        output.WriteLine("Usage: mon [category] <command> [arguments]");
        output.WriteLine();
        output.WriteLine("Categories and their commands:");
        WriteTable(
            commands.Where(c => c.Help.Category is not null)
                .GroupBy(c => c.Help.Category!)
                .Select(group => (group.Key, string.Join(", ", group.Select(c => c.Help.Name)))));
        output.WriteLine();
        output.WriteLine("Commands without a category:");
        WriteTable(commands.Where(c => c.Help.Category is null).Select(c => (c.Help.Name, c.Help.Summary)));
        output.WriteLine();
        output.WriteLine("\"mon <category>\" lists a category's commands with their arguments;");
        output.WriteLine("\"mon [category] <command> --help\" explains one command; \"mon --version\" says which.");
        output.WriteLine(
            $"Everything is looked for under {MonitorPaths.DefaultPrefix}, or where {MonitorPaths.PrefixVariable} says.");
    }

    /// <summary>What <c>mon CATEGORY</c> shows.</summary>
    public void WriteCategory(string category)
    {
        output.WriteLine($"Usage: mon {category} <command> [arguments]");
        output.WriteLine();
        output.WriteLine($"Commands of \"{category}\" ({CategorySummaries[category]}):");
        foreach (var help in commands.Select(c => c.Help).Where(help => help.Category == category))
        {
            output.WriteLine($"  {help.UsageLine["mon ".Length..]}");
            output.WriteLine($"      {help.Summary}");
        }
    }

    /// <summary>What <c>mon [CATEGORY] COMMAND --help</c> shows.</summary>
    public void WriteCommand(MonCommand command)
    {
        var help = command.Help;
        output.WriteLine($"Usage: {help.UsageLine}");
        output.WriteLine();
        output.WriteLine(help.Summary);
        foreach (var line in help.Details)
        {
            output.WriteLine(line);
        }

        WriteSection("Arguments:", help.Options);
        if (!help.Examples.IsEmpty)
        {
            output.WriteLine();
            output.WriteLine("Examples:");
            foreach (var example in help.Examples)
            {
                output.WriteLine("  " + example);
            }
        }

        WriteSection("Exit codes:", help.ExitCodes);
    }

    private void WriteSection(string title, ImmutableArray<(string Name, string Text)> rows)
    {
        if (!rows.IsEmpty)
        {
            output.WriteLine();
            output.WriteLine(title);
            WriteTable(rows);
        }
    }

    private void WriteTable(IEnumerable<(string Name, string Text)> rows)
    {
        (string Name, string Text)[] all = [.. rows];
        var width = all.Max(row => row.Name.Length);
        foreach ((var name, var text) in all)
        {
            output.WriteLine($"  {name.PadRight(width)}  {text}");
        }
    }
}

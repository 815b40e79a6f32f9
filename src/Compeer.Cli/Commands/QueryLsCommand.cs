using System.CommandLine;
using System.Text;
using Compeer.Cli.Daemon;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon query ls</c></summary>
internal sealed class QueryLsCommand : MonCommand
{
    private readonly Argument<string[]> _words = new("words") { Arity = ArgumentArity.ZeroOrMore };

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "query", "ls", "[table [option|filter] …]", "Ask livestatus: its tables, the columns of one, or rows of it.")
    {
        Details =
        [
            "Without a table all of them are listed, with a table alone its columns.",
            "A filter is written COLUMN OPERATOR VALUE, as the shell's test has it, or",
            "COLUMN=VALUE with an operator of livestatus.",
            "Operators: -e = (equal), -r ~ (matches a regular expression), both with an",
            "\"i\" behind (=~, ~~) ignoring case, -gt > , -ge >=, -lt <, -le <=, -ct >= (a",
            "list contains), and with an \"n\" (\"!\") before not: -ne !=, -nr !~, -nct !>=.",
            "LS_SOCK in the environment names another socket.",
        ],
        Options =
        [
            ("-c COLUMN,…", "these columns; without it all"),
            ("-l NUMBER", "so many rows at most"),
            ("-H", "a row of names first"),
            ("-O FORMAT", "csv, json, python or wrapped_json"),
            ("-S N,N,N,N", "the characters of CSV: after rows, columns, list elements, host and service"),
            ("-a NUMBER", "join the last filters by \"and\""),
            ("-o NUMBER", "join them by \"or\""),
            ("-n", "turn the last filter round"),
            ("-v", "show the query too"),
        ],
        Examples =
        [
            "mon query ls services -c host_name,description,state state -gt 0",
            "mon query ls hosts -c name name~^web name~^db -o2 -l 3",
        ],
        ExitCodes =
        [
            ("0", "answered"),
            ("1", "nobody answers, or there is no such table"),
            ("2", "the command line makes no sense"),
        ],
    };

    /// <inheritdoc/>
    public override bool TakesWordsAsTheyStand => true;

    /// <inheritdoc/>
    public override bool AsksForHelp(IReadOnlyList<string> words, CommandContext context) => words.Any(word => word is "--help" or "-h");

    /// <inheritdoc/>
    public override void Define(Command syntax) => syntax.Arguments.Add(_words);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var words = arguments.GetValue(_words) ?? [];
        var path = QueryLsqCommand.LivestatusPath(context, named: null);
        if (words.Length == 0)
        {
            foreach (var row in (await RowsAsync(path, "GET columns\nColumns: table\n", cancellation).ConfigureAwait(false))
                .Select(row => row[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                context.Out.WriteLine(row);
            }

            return ExitCodes.Success;
        }

        var table = words[0];
        if (table.StartsWith('-'))
        {
            var word = table.ReplaceLineEndings(" ");
            return FailUsage(context, table.StartsWith("--", StringComparison.Ordinal)
                ? $"unknown option \"{word}\""
                : $"the table stands first, not \"{word}\"");
        }

        if (table.Length == 0 || table.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)))
        {
            return FailUsage(context, $"\"{table.ReplaceLineEndings(" ")}\" is no name of a table");
        }

        var columns = await RowsAsync(
            path, $"GET columns\nColumns: name type description\nFilter: table = {table}\n", cancellation).ConfigureAwait(false);
        if (columns.Count == 0)
        {
            return Fail(context, $"there is no table \"{table}\"; \"mon query ls\" lists them");
        }

        if (words.Length == 1)
        {
            Describe(context, columns);
            return ExitCodes.Success;
        }

        if (words.FirstOrDefault(word => word.Contains('\n', StringComparison.Ordinal)) is not null)
        {
            return FailUsage(context, "a word has a line end, which ends a line of the query");
        }

        var reader = new LivestatusWords(columns.Select(column => column[0]).ToHashSet(StringComparer.Ordinal));
        if (reader.Compose(table, words[1..]) is not { } query)
        {
            return FailUsage(context, reader.Fault);
        }

        if (reader.IsVerbose)
        {
            context.Out.Write($"=QUERY:START\n{query}=QUERY:END\n");
        }

        await QueryLsqCommand.SendAsync(context, path, query, cancellation).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    private static void Describe(CommandContext context, List<string[]> columns)
    {
        var names = columns.Max(column => column[0].Length);
        var types = columns.Max(column => column[1].Length);
        foreach (var column in columns)
        {
            context.Out.WriteLine($"{column[1].PadLeft(types)}  {column[0].PadRight(names)}  {column[2]}");
        }
    }

    private static async Task<List<string[]>> RowsAsync(string path, string query, CancellationToken cancellation)
    {
        var answer = new MemoryStream();
        await foreach (var piece in LocalSocket.AskAsync(
            path, Encoding.UTF8.GetBytes(query), endsQuestion: true, cancellation).ConfigureAwait(false))
        {
            answer.Write(piece.Span);
        }

        return [.. Encoding.UTF8.GetString(answer.ToArray())
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split(';', 3))];
    }
}

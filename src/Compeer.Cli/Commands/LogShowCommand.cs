using System.CommandLine;
using System.Globalization;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary><c>mon log show</c></summary>
internal sealed class LogShowCommand : MonCommand
{
    private static readonly (string Name, LogLineKind Kind)[] Kinds =
    [
        ("alert", LogLineKind.Alert),
        ("all", LogLineKind.All),
        ("command", LogLineKind.Command),
        ("downtime", LogLineKind.Downtime),
        ("flapping", LogLineKind.Flapping),
        ("handler", LogLineKind.Handler),
        ("initial", LogLineKind.Initial),
        ("logrotation", LogLineKind.Rotation),
        ("notifications", LogLineKind.Notification),
        ("process", LogLineKind.Process),
    ];

    private readonly Argument<string[]> _files = new("files") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _host = new("--host") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _service = new("--service") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string> _first = new("--first");
    private readonly Option<string> _last = new("--last");
    private readonly Option<string> _stateType = new("--state-type");
    private readonly Option<string> _hostStates = new("--host-states");
    private readonly Option<string> _serviceStates = new("--service-states");
    private readonly Option<string> _timeFormat = new("--time-format");
    private readonly Option<string> _skip = new("--skip");
    private readonly Option<string> _limit = new("--limit");
    private readonly Option<bool> _reverse = new("--reverse");
    private readonly Option<bool> _count = new("--count");
    private readonly Option<bool> _listFiles = new("--list-files");
    private readonly (Option<bool> Hide, Option<bool> Show, LogLineKind Kind)[] _kinds =
        [.. Kinds.Select(kind => (new Option<bool>($"--hide-{kind.Name}"), new Option<bool>($"--show-{kind.Name}"), kind.Kind))];

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "log", "show", "[option …] [file …]", "Show lines of the monitoring log, those of the rotated files too.")
    {
        Details =
        [
            "Without files it is log_file and what is in log_archive_path, the oldest line",
            "first. KIND is alert, command, downtime, flapping, handler, initial,",
            "logrotation, notifications, process or all. Once a kind is shown by --show-KIND,",
            "those that are not named are hidden.",
        ],
        Options =
        [
            ("--first=SECONDS", "the first that is shown, in seconds since 1970"),
            ("--last=SECONDS", "the last"),
            ("--host=HOST", "only lines about this host and its services; may be given again"),
            ("--service='HOST;SERVICE'", "only lines about this service; may be given again"),
            ("--state-type=hard|soft", "of alerts and states only these"),
            ("--host-states=LETTERS", "of alerts and states of hosts: r recovery, d down, u unreachable, a all"),
            ("--service-states=LETTERS", "of services: r recovery, w warning, c critical, u unknown, a all"),
            ("--hide-KIND", "leave out lines of a kind"),
            ("--show-KIND", "show lines of a kind"),
            ("--skip=NUMBER", "leave out so many lines first"),
            ("--limit=NUMBER", "show so many lines at most"),
            ("--reverse", "the newest line first"),
            ("--count", "only say how many lines there are"),
            ("--list-files", "only name the files in which the lines are"),
            ("--time-format=FORMAT", "iso8601 (in local time, as usual) or raw (seconds since 1970)"),
            ("file", "files of the log, in place of the daemon's own"),
        ],
        Examples =
        [
            "mon log show --first=1772600000 --host=web01 --hide-process",
            "mon log show --show-alert --service-states=c --state-type=hard --reverse --limit=20",
        ],
    };

    /// <inheritdoc/>
    public override void Define(Command syntax)
    {
        Option[] options =
        [
            _host, _service, _first, _last, _stateType, _hostStates, _serviceStates, _timeFormat, _skip, _limit,
            _reverse, _count, _listFiles, .. _kinds.SelectMany(kind => new[] { kind.Hide, kind.Show }),
        ];
        foreach (var option in options)
        {
            syntax.Options.Add(option);
        }

        syntax.Arguments.Add(_files);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ParseResult arguments, CommandContext context, CancellationToken cancellation)
    {
        var fault = "";
        var choice = ChoiceOf(arguments, ref fault);
        var skip = Number(arguments, _skip, 0, ref fault);
        var limit = Number(arguments, _limit, long.MaxValue, ref fault);
        var format = arguments.GetValue(_timeFormat) ?? "iso8601";
        fault = fault.Length > 0 || format is "iso8601" or "raw" ? fault : $"--time-format is iso8601 or raw, not \"{format}\"";
        return Task.FromResult(fault.Length > 0 ? FailUsage(context, fault) : Run());

        int Run()
        {
            var named = arguments.GetValue(_files) ?? [];
            var all = named.Length > 0 ? LogFiles.Sorted(named.Select(Path.GetFullPath)) : LogFiles.Of(context.Paths);
            var files = all.Where((file, index) =>
                file.First <= choice.Last && (index + 1 == all.Count || all[index + 1].First >= choice.First)).ToList();
            if (files.Count == 0)
            {
                return Fail(context, "there is no log of that time");
            }

            if (arguments.GetValue(_listFiles))
            {
                files.ForEach(file => context.Out.WriteLine(file.Path));
                return ExitCodes.Success;
            }

            var isReverse = arguments.GetValue(_reverse);
            var lines = isReverse
                ? Enumerable.Reverse(files).SelectMany(file => LogFiles.Lines(file.Path).Where(choice.Shows).Reverse())
                : files.SelectMany(file => LogFiles.Lines(file.Path).Where(choice.Shows));
            Write(context, lines, (skip, limit), arguments.GetValue(_count), format == "raw", cancellation);
            return ExitCodes.Success;
        }
    }

    private static void Write(
        CommandContext context,
        IEnumerable<LogLine> lines,
        (long Skip, long Limit) page,
        bool onlyCounts,
        bool isRaw,
        CancellationToken cancellation)
    {
        long seen = 0;
        long shown = 0;
        foreach (var line in lines)
        {
            cancellation.ThrowIfCancellationRequested();
            if (seen++ < page.Skip)
            {
                continue;
            }

            if (shown == page.Limit)
            {
                break;
            }

            shown++;
            if (!onlyCounts)
            {
                context.Out.WriteLine(Coloured(context, line, $"[{TimeOf(line, isRaw, context.Time)}] {line.Text}"));
            }
        }

        if (onlyCounts)
        {
            context.Out.WriteLine(shown);
        }
    }

    private static string TimeOf(LogLine line, bool isRaw, TimeProvider time) => isRaw
        ? line.Time.ToString(CultureInfo.InvariantCulture)
        : TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeSeconds(line.Time), time.LocalTimeZone)
            .ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Coloured(CommandContext context, LogLine line, string text) => line.State switch
    {
        "" => text,
        "UP" or "OK" => context.Palette.Good(text),
        "WARNING" or "UNKNOWN" => context.Palette.Doubtful(text),
        _ => context.Palette.Bad(text),
    };

    private LogChoice ChoiceOf(ParseResult arguments, ref string fault)
    {
        var choice = new LogChoice
        {
            First = Number(arguments, _first, 0, ref fault),
            Last = Number(arguments, _last, long.MaxValue, ref fault),
            StateType = arguments.GetValue(_stateType),
        };
        choice.Hosts.UnionWith(arguments.GetValue(_host) ?? []);
        choice.Services.UnionWith(arguments.GetValue(_service) ?? []);
        choice.HostStates = States(arguments, _hostStates, isOfService: false, ref fault);
        choice.ServiceStates = States(arguments, _serviceStates, isOfService: true, ref fault);
        var shown = _kinds.Where(kind => arguments.GetValue(kind.Show)).Aggregate(LogLineKind.None, (all, kind) => all | kind.Kind);
        var hidden = _kinds.Where(kind => arguments.GetValue(kind.Hide)).Aggregate(LogLineKind.None, (all, kind) => all | kind.Kind);
        choice.Kinds = shown == LogLineKind.None ? LogLineKind.All & ~hidden
            : hidden == LogLineKind.All ? shown : shown & ~hidden;
        if (choice.StateType is not (null or "hard" or "soft" or "HARD" or "SOFT"))
        {
            fault = $"--state-type is hard or soft, not \"{choice.StateType}\"";
        }
        else if (choice.Services.FirstOrDefault(service => !service.Contains(';', StringComparison.Ordinal)) is { } odd)
        {
            fault = $"--service is written as 'HOST;SERVICE', not \"{odd}\"";
        }

        if (choice.First > choice.Last)
        {
            // Whoever reads backwards names them so.
            (choice.First, choice.Last) = (choice.Last, choice.First);
        }

        return choice;
    }

    private static HashSet<string>? States(ParseResult arguments, Option<string> option, bool isOfService, ref string fault)
    {
        if (arguments.GetValue(option) is not { } letters)
        {
            return null;
        }

        var states = LogChoice.StatesOf(letters, isOfService);
        fault = states is null ? $"{option.Name} is made of the letters {(isOfService ? "r, w, c, u" : "r, d, u")} and a" : fault;
        return states;
    }

    private static long Number(ParseResult arguments, Option<string> option, long usual, ref string fault)
    {
        if (arguments.GetValue(option) is not { } text)
        {
            return usual;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        fault = $"{option.Name} is a number, not \"{text}\"";
        return usual;
    }
}

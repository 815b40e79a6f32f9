using System.CommandLine;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;
using Compeer.Cli.Output;

namespace Compeer.Cli.Commands;

/// <summary><c>mon log show</c></summary>
internal sealed class LogShowCommand : MonCommand
{
    private readonly Argument<string[]> _files = new("files") { Arity = ArgumentArity.ZeroOrMore };
    private readonly LogShowOptions _options = new();
    private readonly Option<string> _timeFormat = new("--time-format");
    private readonly Option<string> _skip = new("--skip");
    private readonly Option<string> _limit = new("--limit");
    private readonly Option<bool> _reverse = new("--reverse");
    private readonly Option<bool> _count = new("--count");
    private readonly Option<bool> _listFiles = new("--list-files");
    private readonly Option<string> _configuration = new("--nagios-cfg");
    private readonly Option<bool> _ansi = new("--ansi");
    private readonly Option<bool> _ascii = new("--ascii");
    private readonly Option<bool> _html = new("--html");
    private readonly Option<string> _images = new("--image-url");
    private readonly Option<bool> _skews = new("--show-ltime-skews");
    private readonly Option<bool> _allNodes = new("--all-nodes");

    /// <inheritdoc/>
    public override CommandHelp Help { get; } = new(
        "log", "show", "[option …] [file …]", "Show lines of the monitoring log, those of the rotated files too.")
    {
        Details =
        [
            "Without files it is log_file and what is in log_archive_path, the oldest line",
            "first. KIND is alert, command, downtime, flapping, handler, initial,",
            "logrotation, notifications, process or all. Once a kind is shown by --show-KIND,",
            "those that are not named are hidden. The log of each peer has the alerts of all.",
        ],
        Options =
        [
            ("--first=SECONDS", "the first that is shown, in seconds since 1970"),
            ("--last=SECONDS", "the last"),
            ("--host=HOST", "only lines about this host and its services; may be given again"),
            ("--service='HOST;SERVICE'", "only lines about this service; may be given again"),
            ("--interesting=FILE", "the same for each line of a file: HOST, or HOST;SERVICE"),
            ("--restrict-objects", "only lines about what standard input names: HOST;HOST… in a line, HOST;SERVICE;… in the next"),
            ("--state-type=hard|soft", "of alerts and states only these"),
            ("--host-states=LETTERS", "of alerts and states of hosts: r recovery, d down, u unreachable, a all"),
            ("--service-states=LETTERS", "of services: r recovery, w warning, c critical, u unknown, a all"),
            ("--hide-KIND", "leave out lines of a kind; --hide=KIND,KIND for several"),
            ("--show-KIND", "show lines of a kind; --show=KIND,KIND for several"),
            ("--hide-state-dupes", "leave out a state that is the one shown before of its object, and as hard or soft"),
            ("--skip=NUMBER", "leave out so many lines first"),
            ("--limit=NUMBER", "show so many lines at most"),
            ("--reverse", "the newest line first"),
            ("--count", "only say how many lines there are"),
            ("--list-files", "only name the files in which the lines are"),
            ("--show-ltime-skews", "say at the end how many lines are older than one before them"),
            ("--time-format=FORMAT", "iso8601 (local time, as usual), raw (seconds since 1970), duration (seconds until the next line) "
                + "or runtime (since the daemon started)"),
            ("--ansi", "in colours, also where nobody looks"),
            ("--ascii", "without colours"),
            ("--html", "for a web page"),
            ("--image-url=URL", "the same, with its images from there"),
            ("--nagios-cfg=FILE", "the log of this main configuration"),
            ("file", "files of the log, in place of the daemon's own, or a main configuration, naemon.cfg or nagios.cfg"),
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
            .. _options.All, _timeFormat, _skip, _limit, _reverse, _count, _listFiles, _configuration, _ansi, _ascii, _html, _images,
            _skews, _allNodes,
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
        var fault = FaultOf(arguments);
        var choice = _options.ChoiceOf(arguments, context.Machine.Streams.Input, ref fault);
        var page = (
            Skip: LogShowOptions.Number(arguments, _skip, 0, ref fault),
            Limit: LogShowOptions.Number(arguments, _limit, long.MaxValue, ref fault));
        return Task.FromResult(fault.Length > 0 ? FailUsage(context, fault) : Show(arguments, context, choice, page, cancellation));
    }

    private string FaultOf(ParseResult arguments)
    {
        var format = arguments.GetValue(_timeFormat);
        if (format is not null && !LogTimes.Formats.Contains(format))
        {
            return $"--time-format is {string.Join(", ", LogTimes.Formats.SkipLast(1))} or {LogTimes.Formats[^1]}, not \"{format}\"";
        }

        if (format == LogTimes.Runtime && arguments.GetValue(_reverse))
        {
            return "--time-format=runtime needs the lines in their order, without --reverse";
        }

        // Merlin's logs have what a node itself did; here they would come once for each node.
        return arguments.GetValue(_allNodes)
            ? "--all-nodes is not needed: the log of each peer has the alerts of all; what else a node has in its own log "
                + "\"mon node ctrl NAME -- mon log show\" shows"
            : "";
    }

    private int Show(
        ParseResult arguments, CommandContext context, LogChoice choice, (long Skip, long Limit) page, CancellationToken cancellation)
    {
        var named = arguments.GetValue(_files) ?? [];
        var main = arguments.GetValue(_configuration) ?? named.LastOrDefault(IsMainConfiguration);
        if (main is not null && !File.Exists(main))
        {
            return Fail(context, $"{main}: there is no such file");
        }

        named = [.. named.Where(file => !IsMainConfiguration(file))];
        var own = main is null && named.Length > 0
            ? []
            : LogFiles.Of(context.Paths, Path.GetFullPath(main ?? context.Paths.FindMainConfiguration()));
        var all = own.Concat(LogFiles.Sorted(named.Select(Path.GetFullPath))).OrderBy(file => file.First).ToList();
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
            ? Enumerable.Reverse(files).SelectMany(file => LogFiles.Lines(file.Path).Reverse())
            : files.SelectMany(file => LogFiles.Lines(file.Path));
        var images = arguments.GetValue(_images);
        var writer = new LogWriter(context.Out, PaletteOf(arguments, context), context.Time)
        {
            Format = arguments.GetValue(_timeFormat) ?? LogTimes.Iso8601,
            IsReverse = isReverse,
            OnlyCounts = arguments.GetValue(_count),
            TellsSkews = arguments.GetValue(_skews),
            Html = images is not null || arguments.GetValue(_html)
                ? new LogHtml(context.Out, images ?? LogHtml.UsualImages, isReverse)
                : null,
        };
        writer.Write(lines, choice, page, cancellation);
        return ExitCodes.Success;
    }

    /// <summary>A name that showlog takes for one of a main configuration.</summary>
    private static bool IsMainConfiguration(string file) =>
        file.EndsWith("nagios.cfg", StringComparison.Ordinal) || file.EndsWith("naemon.cfg", StringComparison.Ordinal);

    private Palette PaletteOf(ParseResult arguments, CommandContext context) =>
        arguments.GetValue(_ascii) ? Palette.None : arguments.GetValue(_ansi) ? new Palette(Enabled: true) : context.Palette;
}

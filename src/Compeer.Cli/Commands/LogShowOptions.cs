using System.CommandLine;
using System.Globalization;
using System.Text;
using Compeer.Cli.Files;
using Compeer.Cli.Outcome;

namespace Compeer.Cli.Commands;

/// <summary>The options of <c>mon log show</c> that say which lines are shown: those of op5's showlog.</summary>
internal sealed class LogShowOptions
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

    private readonly Option<string[]> _host = new("--host") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _service = new("--service") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _interesting = new("--interesting", "-i") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<bool> _restrict = new("--restrict-objects");
    private readonly Option<string> _first = new("--first");
    private readonly Option<string> _last = new("--last");
    private readonly Option<string> _stateType = new("--state-type");
    private readonly Option<string> _hostStates = new("--host-states");
    private readonly Option<string> _serviceStates = new("--service-states");
    private readonly Option<bool> _hideDuplicates = new("--hide-state-dupes");
    private readonly Option<string[]> _hide = new("--hide") { Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string[]> _show = new("--show") { Arity = ArgumentArity.ZeroOrMore };
    private readonly (Option<bool> Hide, Option<bool> Show, LogLineKind Kind)[] _kinds =
        [.. Kinds.Select(kind => (new Option<bool>($"--hide-{kind.Name}"), new Option<bool>($"--show-{kind.Name}"), kind.Kind))];

    /// <summary>All of them.</summary>
    public IEnumerable<Option> All =>
    [
        _host, _service, _interesting, _restrict, _first, _last, _stateType, _hostStates, _serviceStates, _hideDuplicates, _hide, _show,
        .. _kinds.SelectMany(kind => new[] { kind.Hide, kind.Show }),
    ];

    /// <summary>What the options choose.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="input">Standard input, read when it names what may be seen.</param>
    /// <param name="fault">Set when they make no sense, to what is wrong.</param>
    /// <exception cref="MonException">A file that is named cannot be read.</exception>
    public LogChoice ChoiceOf(ParseResult arguments, Stream input, ref string fault)
    {
        var shown = KindsOf(arguments, _show, kind => kind.Show, ref fault);
        var hidden = KindsOf(arguments, _hide, kind => kind.Hide, ref fault);
        var choice = new LogChoice
        {
            First = Number(arguments, _first, 0, ref fault),
            Last = Number(arguments, _last, long.MaxValue, ref fault),
            StateType = arguments.GetValue(_stateType),
            HidesDuplicates = arguments.GetValue(_hideDuplicates),
            Kinds = shown == LogLineKind.None ? LogLineKind.All & ~hidden : hidden == LogLineKind.All ? shown : shown & ~hidden,
        };
        choice.Hosts.UnionWith(arguments.GetValue(_host) ?? []);
        choice.Services.UnionWith(arguments.GetValue(_service) ?? []);
        choice.HostStates = States(arguments, _hostStates, isOfService: false, ref fault);
        choice.ServiceStates = States(arguments, _serviceStates, isOfService: true, ref fault);
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

        if (fault.Length == 0)
        {
            AddInteresting(choice, arguments.GetValue(_interesting) ?? []);
            choice.Visible = arguments.GetValue(_restrict) ? ReadVisible(input) : null;
        }

        return choice;
    }

    /// <summary>A whole number that is not negative.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="option">Whose value it is.</param>
    /// <param name="usual">Its value when it is not given.</param>
    /// <param name="fault">Set when it is no number.</param>
    public static long Number(ParseResult arguments, Option<string> option, long usual, ref string fault)
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

    /// <summary>The kinds of <c>--hide-KIND</c>, and of <c>--hide=KIND,KIND</c>.</summary>
    private LogLineKind KindsOf(
        ParseResult arguments,
        Option<string[]> list,
        Func<(Option<bool> Hide, Option<bool> Show, LogLineKind Kind), Option<bool>> single,
        ref string fault)
    {
        var kinds = _kinds.Where(kind => arguments.GetValue(single(kind))).Aggregate(LogLineKind.None, (all, kind) => all | kind.Kind);
        foreach (var name in (arguments.GetValue(list) ?? []).SelectMany(names => names.Split(',')))
        {
            // As short as it is unique, since showlog takes "notification" as well.
            var named = Kinds.Where(kind => kind.Name == name || (name.Length > 3 && kind.Name.StartsWith(name, StringComparison.Ordinal)));
            kinds |= named.FirstOrDefault().Kind;
            fault = named.Any() ? fault : $"{list.Name} takes {string.Join(", ", Kinds.Select(kind => kind.Name))}, not \"{name}\"";
        }

        return kinds;
    }

    /// <summary>Files with a host or <c>host;service</c> a line.</summary>
    private static void AddInteresting(LogChoice choice, string[] files)
    {
        foreach (var file in files)
        {
            try
            {
                foreach (var line in File.ReadLines(file).Where(line => line.Length > 0))
                {
                    (line.Contains(';', StringComparison.Ordinal) ? choice.Services : choice.Hosts).Add(line);
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                throw MonException.FromFile(file, fault);
            }
        }
    }

    /// <summary>Two lines, as showlog reads them: hosts, and hosts and services in turns, all with semicolons between them.</summary>
    private static (HashSet<string> Hosts, HashSet<string> Services) ReadVisible(Stream input)
    {
        using var reader = new StreamReader(input, Encoding.UTF8, leaveOpen: true);
        var hosts = (reader.ReadLine() ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        var services = (reader.ReadLine() ?? "").Split(';').Chunk(2).Where(pair => pair.Length == 2).Select(pair => string.Join(';', pair));
        return (hosts.ToHashSet(StringComparer.Ordinal), services.ToHashSet(StringComparer.Ordinal));
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
}

using System.Globalization;
using System.Text;
using Compeer.Configuration;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration;

/// <summary>
/// Small files that stand for very much: each ends soon, in little memory, and where it is refused the error names the line and
/// the limit.
/// </summary>
public sealed class ConfigurationAttackTests
{
    private const string Common = """
        define command {
          command_name c
          command_line x
        }
        define host {
          name t
          register 0
          check_command c
          max_check_attempts 1
        }

        """;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("dependencies of all on all", "leads to more than 2000000 dependencies in all")]
    [InlineData("escalations for all, often", "leads to more than 2000000 escalations in all")]
    [InlineData("services on all, often", "leads to more than 10000000 services in all")]
    [InlineData("everybody in every group", "leads to more than 20000000 members of groups of its type in all")]
    [InlineData("groups in groups, with everybody", "leads to more than 20000000 members of groups of its type in all")]
    [InlineData("lists doubled at each level", "with those of its templates the list is longer than 4 MB")]
    [InlineData("custom variables of one template", "is together more than 512 MB")]
    [InlineData("regular expressions that backtrack", "no host matches")]
    [InlineData("a regular expression that stands for a long one", "longer than 1000 characters when its repetitions are written out")]
    [InlineData("lines of members", "there is no host 'm0'")]
    [InlineData("lines of options", null)]
    [InlineData("a line of 20 MB", null)]
    [InlineData("arguments without end", "only the first 32 of 5000000 arguments are used")]
    [InlineData("errors without end", "further errors are not shown")]
    [InlineData("names that resemble each other", "there is no host")]
    public void Compile_SmallFileThatStandsForMuch_EndsSoon(string attack, string? finding)
    {
        var hasPatterns = attack.Contains("regular expression", StringComparison.Ordinal);
        var main = ConfigurationFiles.MainFrom(hasPatterns ? "use_regexp_matching=1\n" : "");
        var file = new SourceFile("attack.cfg", Encoding.UTF8.GetBytes(Common + Text(attack)));
        var start = ProcessorTime();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = ObjectConfigurationCompiler.Compile(main, [file], []);

        Assert.InRange(ProcessorTime() - start, TimeSpan.Zero, Longest);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2L << 30);
        if (finding is null)
        {
            Assert.NotNull(result.Configuration);
        }
        else
        {
            Assert.Contains(result.Diagnostics, d => d.Message.Contains(finding, StringComparison.Ordinal) && d.Position.Line > 0);
        }
    }

    /// <summary>What this thread has spent, in steps of 10 ms: on a busy machine it waits as well, and that is not the attack's doing.
    /// </summary>
    private static TimeSpan ProcessorTime()
    {
        var fields = File.ReadAllText("/proc/thread-self/stat").Split(") ")[^1].Split(' ');
        return TimeSpan.FromMilliseconds(10 * fields[11..13].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));
    }

    private static string Text(string attack) => attack switch
    {
        "dependencies of all on all" =>
            Hosts(5_000) + Block("hostdependency", "host_name *", "dependent_host_name *", "execution_failure_options d"),
        "escalations for all, often" => Hosts(5_000) + Times(5_000, _ =>
            Block("hostescalation", "host_name *", "first_notification 1", "last_notification 0")),
        "services on all, often" =>
            Hosts(5_000) + Times(5_000, i => Block("service", $"service_description s{i}", "host_name *", "check_command c")),
        "everybody in every group" => Hosts(5_000) + Times(5_000, i => Block("hostgroup", $"hostgroup_name g{i}", "members *")),
        "groups in groups, with everybody" => Hosts(20_000) + Block("hostgroup", "hostgroup_name g0", "members *")
            + Times(4_000, i => Block("hostgroup", $"hostgroup_name g{i + 1}", $"hostgroup_members g{i / 2}")),
        "lists doubled at each level" => Block("host", "name t0", "register 0", "contacts +nobody") + Times(60, i =>
            Block("host", $"name s{i}", "register 0", $"use t{i}")
            + Block("host", $"name t{i + 1}", "register 0", $"use t{i},s{i}", "contacts +nobody")),
        "custom variables of one template" =>
            Block("host", ["name v", "register 0", .. Enumerable.Range(0, 16_000).Select(i => $"_V{i} {i}")])
            + Times(5_000, i => Block("host", $"host_name h{i}", "use v,t", $"_W {i}")),
        "regular expressions that backtrack" => Times(500, i => Block("host", "use t", $"host_name {new string('a', 100)}{i}"))
            + Service("(a*)*b") + Service("(a|aa)+b$") + Service("(a?){300}b") + Service("(x+x+)+y"),
        "a regular expression that stands for a long one" => Block("host", "use t", "host_name aaa") + Service("((a?){99}){99}b*"),
        "lines of members" =>
            Block("hostgroup", ["hostgroup_name g", .. Enumerable.Range(0, 100_000).Select(i => $"members m{i}")]),
        "lines of options" =>
            Block("host", ["use t", "host_name h", .. Enumerable.Repeat("notification_options d,u", 100_000)]),
        "a line of 20 MB" => Block("host", "use t", "host_name h", "notes " + new string('x', 20_000_000)),
        "arguments without end" => Block("host", "use t", "host_name h", "event_handler c" + new string('!', 5_000_000)),
        "errors without end" => Times(50_000, i => Block("host", $"use nowhere{i}", $"host_name h{i}", $"parents no{i}", "foo bar")),
        "names that resemble each other" => Times(5_000, i => Block("host", "use t", $"host_name {new string('a', 90)}{i}",
            $"parents {new string('b', 90)}{i}")),
        _ => throw new ArgumentOutOfRangeException(nameof(attack)),
    };

    private static string Hosts(int count) => Times(count, i => Block("host", "use t", $"host_name h{i}"));

    private static string Service(string pattern) =>
        Block("service", "service_description s", "check_command c", "host_name " + pattern);

    private static string Times(int count, Func<int, string> text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            result.Append(text(i));
        }

        return result.ToString();
    }

    private static string Block(string type, params string[] lines) => string.Create(
        CultureInfo.InvariantCulture, $"define {type} {{\n{string.Join('\n', lines)}\n}}\n");
}

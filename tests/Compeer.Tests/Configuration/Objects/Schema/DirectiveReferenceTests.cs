using System.Text.RegularExpressions;
using Compeer.Configuration;
using Compeer.Configuration.Diagnostics;
using Compeer.Configuration.Objects.Comparison;

namespace Compeer.Tests.Configuration.Objects.Schema;

/// <summary>Every directive of Naemon's reference table, under every spelling: accepted, kept in the definition and the object
/// cache, with the default and the range of the table.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed partial class DirectiveReferenceTests
{
    /// <summary>Objects to refer to, and one of each type that has all it needs; the line <c>#TYPE</c> is where a directive of the
    /// table goes.</summary>
    private const string Objects = """
        define timeperiod {
          timeperiod_name p
          monday 00:00-24:00
          #timeperiod
        }
        define timeperiod {
          timeperiod_name q
        }
        define command {
          command_name c
          command_line x
          #command
        }
        define command {
          command_name d
          command_line y
        }
        define contact {
          contact_name u
          host_notification_commands c
          service_notification_commands c
          #contact
        }
        define contact {
          contact_name v
          host_notification_commands c
          service_notification_commands c
        }
        define contactgroup {
          contactgroup_name k
          members v
          #contactgroup
        }
        define contactgroup {
          contactgroup_name l
          members u
        }
        define host {
          host_name h
          check_command c
          max_check_attempts 3
          #host
        }
        define host {
          host_name i
          check_command c
          max_check_attempts 3
        }
        define host {
          host_name j
          check_command c
          max_check_attempts 3
        }
        define hostgroup {
          hostgroup_name g
          members i
          #hostgroup
        }
        define hostgroup {
          hostgroup_name m
          members j
        }
        define service {
          host_name h
          service_description s
          check_command c
          max_check_attempts 3
          #service
        }
        define service {
          host_name i,j
          service_description t
          check_command c
          max_check_attempts 3
        }
        define service {
          host_name h,i,j
          service_description w
          check_command c
          max_check_attempts 3
        }
        define servicegroup {
          servicegroup_name a
          members i,t
          #servicegroup
        }
        define servicegroup {
          servicegroup_name b
          members j,t
        }
        define hostdependency {
          host_name h
          dependent_host_name i
          execution_failure_options d
          #hostdependency
        }
        define servicedependency {
          host_name h
          service_description w
          dependent_host_name i
          dependent_service_description t
          execution_failure_options c
          #servicedependency
        }
        define hostescalation {
          host_name h
          first_notification 1
          last_notification 0
          #hostescalation
        }
        define serviceescalation {
          host_name i
          service_description t
          first_notification 1
          last_notification 0
          #serviceescalation
        }
        define hostextinfo {
          host_name h
          notes n
          #hostextinfo
        }
        define serviceextinfo {
          host_name h
          service_description w
          notes n
          #serviceextinfo
        }

        """;

    private static readonly HashSet<string> HaveTestsOfTheirOwn = ["use", "name", "register"];

    public static TheoryData<string, string> Directives
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var row in ReferenceTables.Directives()
                .Where(r => !HaveTestsOfTheirOwn.Contains(r.Name) && r.Name != r.Type + "_name"
                    && r.Kind is not ("exception" or "custom variable")))
            {
                data.Add(row.Type, row.Name);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Directives))]
    public void Compile_Directive_CountsUnderEverySpelling(string type, string name)
    {
        var row = Find(type, name);
        var plain = With(row, row.Name, Sample(row));
        if (row.Kind.StartsWith("obsolete", StringComparison.Ordinal) || row.Kind.Contains("ignored", StringComparison.Ordinal))
        {
            Assert.True(Same(Without(), plain));
            Assert.Equal(
                row.Kind.StartsWith("obsolete", StringComparison.Ordinal),
                plain.Diagnostics.Any(d => d.Message.Contains($"{name} is obsolete", StringComparison.Ordinal)));
            return;
        }

        Assert.False(Same(Without(), plain), $"{name} {Sample(row)} changes nothing");
        if (name != "check_timeout")
        {
            // Naemon's cache does not have it.
            Assert.NotEqual(Cache(Without()), Cache(plain));
        }

        Assert.All(row.Aliases, alias => Assert.Equal(Cache(plain), Cache(With(row, alias, Sample(row)))));
    }

    [Theory]
    [MemberData(nameof(Directives))]
    public void Compile_Directive_HasTheDefaultOfTheTable(string type, string name)
    {
        var row = Find(type, name);
        var value = row.Default switch
        {
            "all" => "a",
            "none" => "n",
            _ when row.Kind is "bool" or "int" or "uint" or "double" or "enum" =>
                NumberOrLetter().Match(row.Default).Value is { Length: > 0 } number ? number : null,
            _ => null,
        };

        // An escalation's -2 stands for "not set" and is no value to write, and escalations take over a notification interval that
        // a host has, but not its default.
        if (value is not null && !row.Default.Contains("unset", StringComparison.Ordinal)
            && (type, name) != ("host", "notification_interval"))
        {
            Assert.Equal(Cache(Without()), Cache(With(row, name, value)));
        }
    }

    [Theory]
    [MemberData(nameof(Directives))]
    public void Compile_ValueOfAnotherKind_IsReportedAtItsLine(string type, string name)
    {
        var row = Find(type, name);
        if (row.Kind is not ("bool" or "int" or "uint" or "double" or "enum" or "flags" or "timeranges" or "2 ints" or "3 doubles"))
        {
            return;
        }

        var result = Compile(row, name, "wrong");

        var line = 1 + Objects[..Objects.IndexOf($"#{type}\n", StringComparison.Ordinal)].Count(c => c == '\n');
        // Naemon reads words as 0 where a number belongs, and refuses 0 only here.
        var isTaken = row.Kind is "int" or "uint" or "double" && name is not ("max_check_attempts" or "check_timeout");
        var finding = Assert.Single(result.Diagnostics, d => d.Message.Contains("'wrong'", StringComparison.Ordinal));
        Assert.Equal(isTaken ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error, finding.Severity);
        Assert.Equal(isTaken, result.Configuration is not null);
        Assert.Equal(line, finding.Position.Line);
        Assert.Contains(row.Kind == "timeranges" ? "write HH:MM" : name, finding.Message, StringComparison.Ordinal);
        Assert.Equal(isTaken, finding.Message.EndsWith("'wrong' is read as 0", StringComparison.Ordinal));
    }

    [Fact]
    public void Options_OfTheTable_AreAllKnown()
    {
        var known = 0;
        foreach (var row in ReferenceTables.Directives().Where(r => r.Kind == "flags"))
        {
            foreach (var letter in row.Note.Split(' ')[0].Split(','))
            {
                Assert.NotNull(Compile(row, row.Name, letter).Configuration);
                known++;
            }
        }

        Assert.True(known > 80, $"only {known} letters in the table");
    }

    private static ReferenceTables.Row Find(string type, string name) =>
        ReferenceTables.Directives().Single(r => r.Type == type && r.Name == name);

    /// <summary>A value that is not the default and refers to something that is there.</summary>
    private static string Sample(ReferenceTables.Row row) => row.Kind switch
    {
        "bool" => row.Default == "0" ? "1" : "0",
        "int" or "uint" => "7",
        "double" => "7.5",
        "flags" => row.Note[..1],
        "enum" => row.Type == "host" ? "d" : "w",
        "timeranges" => "01:00-02:00",
        "2 ints" => "3,4",
        "3 doubles" => "1,2,3",
        _ => Text(row.Type, row.Name),
    };

    private static string Text(string type, string name) => (type, name) switch
    {
        (_, "exclude") => "q",
        ("contact", "contact_groups") => "k",
        (_, "contact_groups" or "contactgroup_members") => "l",
        ("contactgroup", "members") => "u",
        ("hostgroup", "members") or (_, "parents") when type != "service" => "j",
        ("servicegroup", "members") => "j,t",
        ("service", "parents") => "w",
        (_, "hostgroup_members" or "hostgroups") => "m",
        (_, "servicegroup_members" or "servicegroups") => "b",
        (_, "contacts") => "u",
        (_, "check_command" or "event_handler" or "host_notification_commands" or "service_notification_commands") => "d!1",
        _ when name.EndsWith("_period", StringComparison.Ordinal) => "q",
        ("hostdependency" or "servicedependency", "dependent_host_name") => "j",
        ("service" or "hostdependency" or "hostescalation" or "serviceescalation" or "servicedependency", "host_name") => "j",
        ("hostextinfo" or "serviceextinfo", "host_name") => "j",
        (_, "hostgroup_name" or "dependent_hostgroup_name") => "m",
        (_, "servicegroup_name" or "dependent_servicegroup_name") => "b",
        ("service", "service_description") => "renamed",
        ("servicedependency" or "serviceextinfo", "service_description") => "s",
        (_, "service_description" or "dependent_service_description") => "w",
        _ => "text",
    };

    private static CompilationResult Without() => ConfigurationFiles.Compile(Objects);

    private static CompilationResult With(ReferenceTables.Row row, string name, string value)
    {
        var result = Compile(row, name, value);
        Assert.True(result.Configuration is not null, $"{name} {value}\n{string.Join('\n', result.Diagnostics)}");
        return result;
    }

    private static CompilationResult Compile(ReferenceTables.Row row, string name, string value) =>
        ConfigurationFiles.Compile(Objects.Replace($"#{row.Type}\n", $"{name} {value}\n", StringComparison.Ordinal));

    private static bool Same(CompilationResult a, CompilationResult b) =>
        ConfigurationDiff.Between(a.Configuration!, b.Configuration!).IsEmpty;

    private static string Cache(CompilationResult result) => ConfigurationCorpusTests.Cache(result.Configuration!);

    [GeneratedRegex("^(-?[0-9.]+|[a-z]\\b)")]
    private static partial Regex NumberOrLetter();
}

using System.Text;
using BenchmarkDotNet.Attributes;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Engine.TimePeriods;

namespace Compeer.Benchmarks;

/// <summary>One check that finds a problem again, through the engine, with the decision who is told of it: two contacts, an escalation that
/// adds a third, and a dependency that is looked at. Checks are a minute apart.</summary>
[MemoryDiagnoser]
public class ProblemBenchmarks
{
    private const int Hosts = 100;

    private readonly Transition _transition = new();
    private readonly byte[] _good = "OK: all is well"u8.ToArray();
    private readonly byte[] _bad = "CRITICAL: the disk is full"u8.ToArray();
    private readonly CommandResult _sent = new(CheckOutcome.Exited, 0, default, default, TimeSpan.FromMilliseconds(2));
    private MonitoringEngine _engine = null!;
    private EngineTime _now;

    /// <summary>Minutes between notifications: people are told with each result, or hardly ever, so that it is decided not to.</summary>
    [Params(1, 1_000_000)]
    public int NotificationInterval { get; set; }

    /// <summary>Commands of notifications that were asked for, of the last results.</summary>
    public int Commands { get; private set; }

    [GlobalSetup]
    public void Prepare()
    {
        (var main, var objects) = Compile();
        _engine = new MonitoringEngine(new EngineConfiguration(main, objects, ZoneRules.Utc));
        _now = new EngineTime(TimeSpan.FromDays(1), new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        _engine.Gain(_now, [.. Enumerable.Range(0, _engine.Count).Select(i => new CheckableId(i))], TimeSpan.Zero, _transition);
        for (var i = 0; i < 10 * _engine.Count; i++)
        {
            ProblemComesBack();
        }

        Commands = 0;
        for (var i = 0; i < 1_000; i++)
        {
            ProblemComesBack();
        }

        // Three for each problem that a thousand turns bring, each once, or none: else something else would be measured.
        if (NotificationInterval == 1 ? Commands is < 2_900 or > 3_100 : Commands > 0)
        {
            throw new InvalidOperationException($"{Commands} notifications of a thousand results");
        }
    }

    [Benchmark]
    public int ProblemComesBack()
    {
        while (_transition.Checks.Count == 0)
        {
            var due = _engine.NextWake!.Value;
            _now = new EngineTime(due, _now.Wall + (due - _now.Monotonic));
            _engine.Advance(_now, _transition);
        }

        var checks = _transition.Checks.ToArray();
        foreach (var check in checks)
        {
            var isBad = check.Id.Index >= Hosts && (check.Id.Index - Hosts) % GeneratedConfiguration.ServicesPerHost != 0;
            var result = new CheckResult(
                CheckOutcome.Exited, isBad ? 2 : 0, isBad ? _bad : _good, default, default, _now.Wall, TimeSpan.FromMilliseconds(2))
            {
                Run = check.Run,
            };
            _engine.Complete(_now, check.Id, result, _transition);
        }

        foreach (var command in _transition.Commands.ToArray())
        {
            Commands++;
            _engine.CommandEnded(_now, command, _sent, _transition);
        }

        _transition.Clear();
        return checks.Length;
    }

    private (MainConfiguration Main, ObjectConfiguration Objects) Compile()
    {
        var services = string.Join(',', Enumerable.Range(1, GeneratedConfiguration.ServicesPerHost - 1).Select(n => $"svc{n}"));
        var text = new StringBuilder($$"""
            define command {
              command_name tell
              command_line /usr/bin/mail -s "$NOTIFICATIONTYPE$ $HOSTNAME$/$SERVICEDESC$ is $SERVICESTATE$" $CONTACTEMAIL$ "$SERVICEOUTPUT$"
            }
            define contact {
              name generic-contact
              host_notification_commands tell
              service_notification_commands tell
              host_notification_options d,u,r
              service_notification_options w,u,c,r
              host_notification_period 24x7
              service_notification_period 24x7
              email root@localhost
              register 0
            }
            define contact {
              use generic-contact
              contact_name one
            }
            define contact {
              use generic-contact
              contact_name two
            }
            define contact {
              use generic-contact
              contact_name three
            }
            define serviceescalation {
              host_name *
              service_description {{services}}
              first_notification 2
              last_notification 0
              notification_interval {{60L * NotificationInterval}}
              contacts one,two,three
            }

            """);
        for (var host = 0; host < Hosts; host++)
        {
            text.Append($"define servicedependency {{\n  host_name host{host}\n  service_description svc0\n"
                + $"  dependent_host_name host{host}\n"
                + $"  dependent_service_description {services}\n  notification_failure_criteria w,u,c\n}}\n");
        }

        var interval = 60L * NotificationInterval;
        var told = $"  contacts one,two\n  notification_interval {interval}\n  notification_period 24x7\n  register 0";
        var generated = Encoding.UTF8.GetString(GeneratedConfiguration.Objects(Hosts).Content.Span).Replace("  register 0", told);
        SourceFile[] files = [new("/bench/objects.cfg", Encoding.UTF8.GetBytes(generated + text))];
        var main = MainConfigurationReader.Read(GeneratedConfiguration.Main, []).Configuration!;
        return (main, Configuration.ObjectConfigurationCompiler.Compile(main, files, []).Configuration!);
    }
}

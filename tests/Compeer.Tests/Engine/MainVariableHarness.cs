using Compeer.Configuration.Diagnostics;
using Compeer.Daemon.Configuration;
using Compeer.Engine;
using Compeer.Engine.Events;
using Compeer.Engine.Model;
using Compeer.Tests.Daemon;

namespace Compeer.Tests.Engine;

/// <summary>
/// What each variable of the main configuration does, the whole way: from the files through the loader and the compiler to what the
/// engine asks for and says. Each is tried with two values, so that a test fails without its wiring as well as with a wrong default.
/// <see cref="MainVariableCoverageTests"/> finds those that are missing.
/// </summary>
public abstract class MainVariableHarness : EngineHarness, IDisposable
{
    private protected const string Objects = """
        define command {
          command_name check
          command_line plugin
        }
        define host {
          host_name web1
          check_command check
          check_interval 5
          retry_interval 1
          max_check_attempts 3
        }
        define service {
          host_name web1
          service_description HTTP
          check_command check
          check_interval 5
          retry_interval 1
          max_check_attempts 3
        }

        """;

    private protected TemporaryFolder Folder { get; } = new();

    /// <summary>What the engine of the test works by.</summary>
    private protected EngineConfiguration Site { get; private set; } = null!;

    /// <summary>Removes the files.</summary>
    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static string Host(string name) =>
        $"define host {{\nhost_name {name}\nmax_check_attempts 1\ncheck_command check\n}}\n";

    private protected static string Service(string description) =>
        $"define service {{\nhost_name web1\nservice_description {description}\nmax_check_attempts 1\ncheck_command check\n}}\n";

    private protected static string Dependency(string master, string dependent) =>
        $"define hostdependency {{\nhost_name {master}\ndependent_host_name {dependent}\nnotification_failure_criteria d\n}}\n";

    private protected static string Week(string range) =>
        string.Concat(Enum.GetNames<DayOfWeek>().Select(day => $"{day.ToLowerInvariant()} {range}\n"));

    private protected static IEnumerable<string> HostNames(LoadedConfiguration loaded)
    {
        Assert.True(loaded.Objects is not null, string.Join('\n', loaded.Diagnostics));
        return loaded.Objects.Hosts.Select(host => host.Name);
    }

    private protected LoadedConfiguration Load(string main, string objects = Objects)
    {
        var file = Folder.Write("objects.cfg", objects);
        var loaded = ConfigurationLoader.Load(Folder.Write("naemon.cfg", $"{main}\ncfg_file={file}\n"));
        Assert.True(loaded.Objects is not null || loaded.Diagnostics.Any(finding => finding.Severity == DiagnosticSeverity.Error));
        return loaded;
    }

    /// <summary>An engine that owns everything.</summary>
    private protected MonitoringEngine Start(string main, string objects = Objects)
    {
        var loaded = Load(main, objects);
        Assert.True(loaded.Objects is not null, string.Join('\n', loaded.Diagnostics));
        Site = new EngineConfiguration(loaded.Main!, loaded.Objects, TimeZones.Find(loaded.Main!.TimeZone)!);
        var engine = new MonitoringEngine(Site);
        engine.Gain(Clock.Now, Site.All(), TimeSpan.Zero, Output);
        return engine;
    }

    /// <summary>The first check of web1 with this command line.</summary>
    private protected string CommandLine(string main, string command)
    {
        var objects = Objects.Replace("command_line plugin", $"command_line {command}", StringComparison.Ordinal);
        return StartNextOf(Start(main, objects), "web1").CommandLine.Text();
    }

    /// <summary>The check in flight of a host or of a service of web1, or the next one.</summary>
    private protected CheckToRun StartNextOf(MonitoringEngine engine, string name)
    {
        var id = char.IsUpper(name[0]) ? Site.Id("web1", name) : Site.Id(name);
        if (!engine.IsRunning(id))
        {
            Assert.NotNull(engine.NextCheck(id));
            engine.Advance(Clock.MoveTo(engine.NextCheck(id)!.Value), Output);
        }

        return Output.Checks.Last(started => started.Id == id);
    }

    private protected void Finish(MonitoringEngine engine, string name, int code, string output = "text") =>
        Complete(engine, StartNextOf(engine, name), code, output);

    private protected void Complete(MonitoringEngine engine, CheckToRun check, int code, string output = "text") => Assert.Equal(
        CompletionStatus.Taken,
        engine.Complete(Clock.Now, check.Id, Results.Exited(Clock.Now, code, output) with { Run = check.Run }, Output));
}

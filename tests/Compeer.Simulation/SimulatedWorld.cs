using System.Text;
using Compeer.Engine.Model;
using Compeer.Objects;
using Compeer.Objects.Definitions;

namespace Compeer.Simulation;

/// <summary>What is watched: a real configuration, compiled from text, and the "plugins", whose answer depends on the
/// object and the time only, so that any two peers that look at the same moment see the same.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>How long a simulated problem or a simulated calm lasts.</summary>
    private static readonly TimeSpan Epoch = TimeSpan.FromSeconds(17);

    private readonly int _seed;

    public SimulatedWorld(int seed, int hosts, int servicesPerHost, TimeSpan interval)
    {
        _seed = seed;
        Interval = interval;
        var main = new SourceFile("/sim/naemon.cfg", Encoding.UTF8.GetBytes("cfg_file=/sim/objects.cfg\ninterval_length=1\n"));
        Main = MainConfigurationReader.Read(main, []).Configuration
            ?? throw new InvalidOperationException("the simulated main configuration is refused");
        CompilationResult compiled = ObjectConfigurationCompiler.Compile(
            Main, [new SourceFile("/sim/objects.cfg", Encoding.UTF8.GetBytes(Text(hosts, servicesPerHost, interval)))], []);
        Objects = compiled.Configuration
            ?? throw new InvalidOperationException(string.Join('\n', compiled.Diagnostics));
    }

    public TimeSpan Interval { get; }

    public MainConfiguration Main { get; }

    public ObjectConfiguration Objects { get; }

    public int Count => Objects.Hosts.Length + Objects.Services.Length;

    public string NameOf(int index)
    {
        if (index < Objects.Hosts.Length)
        {
            return Objects.Hosts[index].Name;
        }

        ServiceDefinition service = Objects.Services[index - Objects.Hosts.Length];
        return $"{service.Host.Name};{service.Description}";
    }

    /// <summary>What a plugin that starts now will say.</summary>
    public CheckResult Check(int index, TimeSpan started, DateTimeOffset wall, TimeSpan duration)
    {
        long epoch = started.Ticks / Epoch.Ticks;
        ulong dice = StableDice.Throw(_seed, index, epoch) % 10;
        int code = dice switch { 0 => 1, 1 => 2, _ => 0 };
        byte[] output = Encoding.UTF8.GetBytes($"answer {code} in epoch {epoch}");
        return new CheckResult(CheckOutcome.Exited, code, output, default, default, wall, duration);
    }

    private static string Text(int hosts, int servicesPerHost, TimeSpan interval)
    {
        var text = new StringBuilder();
        text.Append("define command {\n command_name probe\n command_line /bin/true\n}\n");
        string checking = $" check_command probe\n check_interval {interval.TotalSeconds}\n"
            + $" retry_interval {interval.TotalSeconds}\n max_check_attempts 3\n";
        for (int host = 0; host < hosts; host++)
        {
            text.Append($"define host {{\n host_name h{host}\n address 127.0.0.1\n{checking}}}\n");
            for (int service = 0; service < servicesPerHost; service++)
            {
                text.Append($"define service {{\n host_name h{host}\n service_description s{service}\n{checking}}}\n");
            }
        }

        return text.ToString();
    }
}

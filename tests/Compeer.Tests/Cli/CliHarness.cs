using System.Text;
using Compeer.Api;
using Compeer.Cli;
using Compeer.Cli.Commands;
using Compeer.Cli.Output;

namespace Compeer.Tests.Cli;

/// <summary>Runs <c>mon</c> inside the test, in a tree of its own that goes with the test.</summary>
internal sealed class CliHarness : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compeer-cli-");

    public CliHarness() => Paths = MonitorPaths.FromPrefix(_folder.FullName);

    public MonitorPaths Paths { get; }

    public FakeMonitoringClient Client { get; } = new();

    public FakeMond Mond { get; } = new();

    public Palette Palette { get; set; } = Palette.None;

    /// <summary>What is given on standard input.</summary>
    public byte[] Input { get; set; } = [];

    public bool IsInputTerminal { get; set; }

    public bool IsOutputTerminal { get; set; } = true;

    public TimeProvider Time { get; set; } = new FixedTime();

    /// <summary>The program that is run as ssh.</summary>
    public string Ssh { get; set; } = "/bin/false";

    public string Merlin
    {
        get => File.ReadAllText(Paths.MerlinConfiguration);
        set
        {
            Directory.CreateDirectory(Paths.MerlinFolder);
            File.WriteAllText(Paths.MerlinConfiguration, value);
        }
    }

    public async Task<CliRun> RunAsync(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        var context = new CommandContext(
            Paths,
            WriterOf(output),
            WriterOf(error),
            Palette,
            Client,
            Mond,
            Mond,
            Time,
            new OwnMachine(
                new StandardStreams(new MemoryStream(Input), output, error, IsInputTerminal, IsOutputTerminal),
                "here",
                HasTerminal: false,
                Ssh));
        var exitCode = await new MonApplication(CommandTable.All).RunAsync(arguments, context, CancellationToken.None);
        return new CliRun(exitCode, Neutral(output), Neutral(error));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static StreamWriter WriterOf(MemoryStream stream) => new(stream) { AutoFlush = true, NewLine = "\n" };

    private string Neutral(MemoryStream written) =>
        Encoding.UTF8.GetString(written.ToArray()).Replace(_folder.FullName, "PREFIX", StringComparison.Ordinal);
}

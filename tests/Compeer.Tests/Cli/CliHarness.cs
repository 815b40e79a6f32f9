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
        using var output = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        using var error = new StringWriter(new StringBuilder()) { NewLine = "\n" };
        var context = new CommandContext(Paths, output, error, Palette, Client, Mond, Mond, new FixedTime());
        var exitCode = await new MonApplication(CommandTable.All).RunAsync(arguments, context, CancellationToken.None);
        return new CliRun(exitCode, Neutral(output), Neutral(error));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string Neutral(StringWriter writer) =>
        writer.ToString().Replace(_folder.FullName, "PREFIX", StringComparison.Ordinal);
}

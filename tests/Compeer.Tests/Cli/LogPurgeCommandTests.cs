namespace Compeer.Tests.Cli;

/// <summary>What is removed of the rotated log.</summary>
public sealed class LogPurgeCommandTests : IDisposable
{
    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData("2d", "old")]
    [InlineData("1.5d", "old young")]
    [InlineData("1w", "")]
    public async Task Purge_RotatedFiles_GoByTheirAge(string age, string gone)
    {
        string[] all = ["old", "young", "other", "naemon.log"];
        var archive = Directory.CreateDirectory(_mon.Paths.VariableFolder + "/archives").FullName;
        Directory.CreateDirectory(_mon.Paths.ConfigurationFolder);
        await File.WriteAllTextAsync(_mon.Paths.MainConfiguration, "");
        await MakeAsync(archive + "/old", "[1000000000] x\n", days: 3);
        await MakeAsync(archive + "/young", "[1000000000] x\n", days: 1.75);
        await MakeAsync(archive + "/other", "none of the log\n", days: 9);
        await MakeAsync(_mon.Paths.VariableFolder + "/naemon.log", "[1000000000] x\n", days: 9);

        var run = await _mon.RunAsync("log", "purge", "--remove-older-than=" + age);

        var names = gone.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(new CliRun(0, $"removed {names.Length} {(names.Length == 1 ? "file" : "files")}\n", ""), run);
        Assert.Equal(
            all.Except(names),
            all.Where(name => File.Exists(Path.Combine(name == "naemon.log" ? _mon.Paths.VariableFolder : archive, name))));
    }

    private static async Task MakeAsync(string file, string text, double days)
    {
        await File.WriteAllTextAsync(file, text);
        File.SetLastWriteTimeUtc(file, FixedTime.Now.AddDays(-days).UtcDateTime);
    }
}

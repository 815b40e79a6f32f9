using Compeer.Cli.Transfer;
using Compeer.Platform.Files;

namespace Compeer.Tests.Cli;

/// <summary>What a push or fetch replaced is kept, and not for ever.</summary>
public sealed class BackupFolderTests : IDisposable
{
    private readonly CliHarness _mon = new();

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData(false, BackupSets.MaxSets)]
    [InlineData(true, BackupSets.MaxSets + 3)]
    public async Task Receive_ManyBackups_LosesTheOldestOfItsOwn(bool isDryRun, int left)
    {
        var folder = Path.Combine(_mon.Paths.Prefix, "backup");
        for (var i = 0; i < BackupSets.MaxSets + 3; i++)
        {
            var day = new DateTime(2026, 1, 1).AddDays(i);
            Directory.CreateDirectory(Path.Combine(folder, $"{day:yyyyMMdd}-120000", "etc"));
        }

        Directory.CreateDirectory(Path.Combine(folder, "of-the-administrator"));
        using var asked = new StringWriter();
        await TransferLine.WriteAsync(
            asked,
            isDryRun ? [new TransferLine(TransferVerb.From, "p1"), new TransferLine(TransferVerb.DryRun, "")]
                : [new TransferLine(TransferVerb.From, "p1")],
            CancellationToken.None);
        _mon.Input = System.Text.Encoding.UTF8.GetBytes(asked.ToString());

        Assert.Equal(0, (await _mon.RunAsync("oconf", "receive")).ExitCode);

        var names = Directory.EnumerateDirectories(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(left + 1, names.Count);
        Assert.Equal(isDryRun ? "20260101-120000" : "20260104-120000", names[0]);
        Assert.Contains("of-the-administrator", names);
    }
}

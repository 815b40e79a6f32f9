using Compeer.Cluster.Model;
using Compeer.EndToEnd.Harness;
using Compeer.Storage.Sqlite;

namespace Compeer.EndToEnd.Storage;

/// <summary>A database that something else wrote into while the daemon did not run, in each of the ways: it is said, it is kept, monitoring
/// goes on, and what can still be read is there.</summary>
public sealed class DamagedDatabaseTests : ClusterTest
{
    private const int Page = 4096;
    private const int Values = 40;
    private const RegisterKind Later = (RegisterKind)60;

    [Theory]
    [InlineData("page", "its content is damaged; it is kept as ", true)]
    [InlineData("cut", "its content is damaged; it is kept as ", true)]
    [InlineData("header", "it is no database, or was overwritten; it is kept as ", false)]
    [InlineData("emptied", "it is empty: what it had is lost", false)]
    [InlineData("log", "it is damaged behind page ", true)]
    [InlineData("log cut", "it is damaged behind page ", true)]
    public async Task Start_Damaged_SaysSoAndHasWhatCanBeRead(string how, string said, bool isSomeLeft)
    {
        var node = Single(TracedSite(hosts: 3, services: 0, interval: 1));
        var isInLog = how.StartsWith("log", StringComparison.Ordinal);
        Fill(node.Paths.Database, isInLog);
        Damage(node.Paths.Database, how);

        await node.StartAsync();

        Assert.Contains(node.LogTexts, line => line.StartsWith("Error: ", StringComparison.Ordinal)
            && line.Contains($"{node.Paths.Database}{(isInLog ? "-wal" : "")}: {said}", StringComparison.Ordinal));
        Assert.Equal(how == "emptied" ? 0 : 1, Directory.GetFiles(node.Paths.VariableFolder, "retention.db*.bad-????????-??????").Length);
        await Eventually.HoldsAsync(
            "start", "a whole database has what could be read, and states", Limits.Agreement,
            async () => (await node.MonAsync("db", "check")) is { ExitCode: 0 } && HasRead(Stored(node), isSomeLeft) ? null : "it has not",
            node);
        Assert.DoesNotContain((await node.StatusAsync()).Warnings, warning => warning.Contains("outlives", StringComparison.Ordinal));
    }

    private static bool HasRead(IReadOnlyList<Update> stored, bool isSomeLeft) =>
        stored.Any(update => update.Kind == RegisterKind.CheckState)
        && stored.Count(update => update.Kind == Later) is var words && (isSomeLeft ? words is > 0 and < Values : words == 0);

    private static IReadOnlyList<Update> Stored(MonitorNode node)
    {
        using var database = SqliteDatabase.Open(node.Paths.Database);
        return database.Read().Values;
    }

    /// <summary>Values of a kind that a later version has, which every version keeps as they are.</summary>
    private static void Fill(string path, bool isInLog)
    {
        var made = isInLog ? path + ".made" : path;
        using (var database = SqliteDatabase.Open(made))
        {
            for (var number = 1; number <= Values; number++)
            {
                database.Write(new UnstoredValues(
                    number,
                    [new Update(new NodeId(77), number, (ulong)number, Later, new[] { (byte)number }, new byte[500])], [], []));
            }

            if (isInLog)
            {
                foreach (var suffix in (string[])["", "-wal", "-shm"])
                {
                    File.Copy(made + suffix, path + suffix);
                }
            }
        }

        if (isInLog)
        {
            File.Delete(made);
        }
    }

    private static void Damage(string path, string how)
    {
        using var file = File.OpenWrite(how.StartsWith("log", StringComparison.Ordinal) ? path + "-wal" : path);
        switch (how)
        {
            case "page":
                file.Position = file.Length / Page / 2 * Page;
                file.Write(new byte[Page].Select(_ => (byte)0xA5).ToArray());
                break;
            case "cut" or "log cut":
                file.SetLength(file.Length * 3 / 4 / Page * Page);
                break;
            case "header":
                file.Write(new byte[100].Select(_ => (byte)0xA5).ToArray());
                break;
            case "emptied":
                file.SetLength(0);
                break;
            default:
                file.Position = file.Length / 2;
                file.Write(new byte[500].Select(_ => (byte)0xA5).ToArray());
                break;
        }
    }
}

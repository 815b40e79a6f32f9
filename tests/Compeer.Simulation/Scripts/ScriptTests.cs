using System.Text;

namespace Compeer.Simulation.Scripts;

/// <summary>
/// Scripts: text files with one step a line and, behind each, what came of it. COMPEER_SCRIPTS_REWRITE=1 writes what comes of
/// them now; the difference is for review. The form is etcd raft's (its interaction tests).
/// </summary>
public sealed class ScriptTests
{
    private const string Mark = "> ";

    private static readonly string Folder = FindFolder();

    public static TheoryData<string> Scripts =>
        [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Scripts))]
    public void Script_Run_SaysWhatIsWritten(string script)
    {
        var file = Path.Combine(Folder, script + ".txt");
        var written = File.ReadAllText(file);
        var now = Run(written);
        if (Environment.GetEnvironmentVariable("COMPEER_SCRIPTS_REWRITE") == "1")
        {
            File.WriteAllText(file, now);
        }
        else
        {
            Assert.Equal(written, now);
        }

        Assert.DoesNotContain($"\n{Mark}NO", now, StringComparison.Ordinal);
        Assert.DoesNotContain($"\n{Mark}FAILED", now, StringComparison.Ordinal);
    }

    [Fact]
    public void Script_ExpectsWhatIsNotSo_SaysNo()
    {
        var said = Run("site peers=2\nstart 0 1\nadvance 5s\nexpect owns 0 everything\n");
        Assert.Contains($"{Mark}NO: peer0 owns a share", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Script_UnknownStep_IsRefused() => Assert.Throws<ScriptException>(() => Run("site\ndance 1\n"));

    private static string Run(string script)
    {
        var runner = new ScriptRunner();
        var text = new StringBuilder();
        foreach (var line in script.Split('\n').SkipLast(1).Where(line => !line.StartsWith('>')))
        {
            text.Append(line).Append('\n');
            if (line.Length > 0 && line[0] != '#')
            {
                foreach (var said in runner.Do(line).Split('\n').SkipLast(1))
                {
                    text.Append(Mark).Append(said).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    // In the sources, where a rewrite is to end up; a build of continuous integration does not know their path.
    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Compeer.slnx")))
        {
            folder = folder.Parent;
        }

        return folder is null
            ? throw new InvalidOperationException($"Compeer.slnx is in no folder above {AppContext.BaseDirectory}.")
            : Path.Combine(folder.FullName, "tests", "Compeer.Simulation", "Scripts");
    }
}

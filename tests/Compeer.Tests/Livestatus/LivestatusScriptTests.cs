using Compeer.Livestatus.Tables;
using Compeer.Tests.Configuration;

namespace Compeer.Tests.Livestatus;

/// <summary>The files under tests/corpus/livestatus. <c>COMPEER_REWRITE_SNAPSHOTS=1</c> writes the answers into them; read the
/// difference.</summary>
public sealed class LivestatusScriptTests
{
    private static readonly string Folder = ConfigurationCorpusTests.RepositoryFolder("tests/corpus/livestatus");

    public static TheoryData<string> Files() =>
        [.. Directory.GetFiles(Folder, "*.test").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Requests_AreAnsweredAsTheFileSays(string file)
    {
        var path = Path.Combine(Folder, file);
        var script = LivestatusScript.Read(path);
        var answered = Run(script);
        if (Environment.GetEnvironmentVariable("COMPEER_REWRITE_SNAPSHOTS") == "1")
        {
            LivestatusScript.Write(path, script.About, answered);
        }

        Assert.Equal(script.Sections, answered);
    }

    [Fact]
    public void Tables_AreEachAskedInAFile()
    {
        var requests = Directory.GetFiles(Folder, "*.test").SelectMany(file => LivestatusScript.Read(file).Sections)
            .Where(section => section.Title.StartsWith("request", StringComparison.Ordinal))
            .Select(section => section.Text.Split('\n')[0])
            .ToHashSet();
        Assert.Empty(TableCatalog.All.Where(table => !requests.Contains($"GET {table.Name}")).Select(table => table.Name));
    }

    private static List<(string Title, string Text)> Run(LivestatusScript script)
    {
        string TextOf(string title) => script.Sections.FirstOrDefault(section => section.Title == title).Text ?? "";
        var site = new LivestatusSite(TextOf("main"), TextOf("objects"));
        var answered = new List<(string Title, string Text)>();
        foreach ((var title, var text) in script.Sections)
        {
            if (title == "commands")
            {
                site.Give(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            }

            if (title.StartsWith("log", StringComparison.Ordinal))
            {
                site.AddLog(text);
            }

            if (title == "answer")
            {
                continue;
            }

            answered.Add((title, text));
            if (title.StartsWith("request", StringComparison.Ordinal))
            {
                var answer = site.Ask(text);
                answered.Add(("answer", answer.EndsWith('\n') ? answer : answer + "\n"));
            }
        }

        return answered;
    }
}

using System.Globalization;
using System.Text;
using Compeer.Livestatus;
using Compeer.Tests.Configuration;

namespace Compeer.Tests.Livestatus;

/// <summary>Requests by seeds: COMPEER_SIMULATION_SEEDS, which makes the simulation long, makes these many as well.</summary>
public sealed class RequestFuzzerTests
{
    private const int Usual = 3_000;

    private static readonly string[] Files =
        Directory.GetFiles(ConfigurationCorpusTests.RepositoryFolder("tests/corpus/livestatus"), "*.test");

    private static readonly IReadOnlyList<string> Corpus = [.. Files
        .SelectMany(file => LivestatusScript.Read(file).Sections)
        .Where(section => section.Title.StartsWith("request", StringComparison.Ordinal))
        .Select(section => section.Text)];

    /// <summary>What happens while a request waits.</summary>
    private static readonly string[] Happenings =
    [
        "PROCESS_HOST_CHECK_RESULT;db1;1;down", "PROCESS_HOST_CHECK_RESULT;db1;0;up", "PROCESS_SERVICE_CHECK_RESULT;web1;HTTP;2;bad",
    ];

    private static int Count =>
        int.TryParse(Environment.GetEnvironmentVariable("COMPEER_SIMULATION_SEEDS"), CultureInfo.InvariantCulture, out var seeds)
            ? Math.Max(Usual, 20 * seeds)
            : Usual;

    [Fact]
    public void Requests_AnyAtAll_AreAnsweredByTheProtocol()
    {
        var site = Site();
        var looks = 0;
        var ends = 0;
        site.Looked = (_, isOver) =>
        {
            looks++;
            ends += isOver ? 1 : 0;
        };
        var fuzzer = new RequestFuzzer(Corpus, request => site.AskBytes(request, Happenings));
        for (var seed = 1; seed <= Count; seed++)
        {
            fuzzer.Run(seed);
        }

        Assert.True(ends > 100 && looks - ends > 100, $"of {looks} looks at what is waited for {ends} ended the wait");
    }

    /// <summary>The ways of requests that wait are gone: a fault in each of them is found.</summary>
    [Theory]
    [InlineData("a condition holds at once", true, true)]
    [InlineData("a condition does not hold yet", true, false)]
    [InlineData("nothing has happened yet", false, false)]
    [InlineData("it happened", false, true)]
    public void Fault_PlantedWhereARequestWaits_IsFound(string way, bool hasCondition, bool isOver)
    {
        var site = Site();
        var request = "";
        site.Looked = (_, over) => Assert.False(
            over == isOver && request.Contains("\nWaitCondition: ", StringComparison.Ordinal) == hasCondition, $"planted: {way}");
        var fuzzer = new RequestFuzzer(Corpus, bytes =>
        {
            request = Encoding.Latin1.GetString(bytes);
            return site.AskBytes(bytes, Happenings);
        });
        Assert.Contains(Enumerable.Range(1, Usual), seed => Record.Exception(() => fuzzer.Run(seed)) is not null);
    }

    [Theory]
    [InlineData("crash")]
    [InlineData("length")]
    [InlineData("json")]
    [InlineData("code")]
    [InlineData("size")]
    public void Fault_Planted_IsFound(string fault)
    {
        var site = Site();
        var fuzzer = new RequestFuzzer(Corpus, request => Spoil(site.AskBytes(request), Encoding.Latin1.GetString(request), fault));
        Assert.Contains(Enumerable.Range(1, Usual), seed => Record.Exception(() => fuzzer.Run(seed)) is not null);
    }

    private static byte[] Spoil(byte[] answer, string request, string fault) => fault switch
    {
        "crash" when request.Contains("StatsNegate", StringComparison.Ordinal) => throw new InvalidOperationException("planted"),
        "length" when request.Contains("wrapped_json", StringComparison.Ordinal) => answer[..^1],
        "json" => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(answer).Replace("]]", "],", StringComparison.Ordinal)),
        "code" => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(answer).Replace("400 ", "502 ", StringComparison.Ordinal)),
        "size" when answer.Length > 5_000 => new byte[RequestFuzzer.LargestAnswer + 1],
        _ => answer,
    };

    private static LivestatusSite Site()
    {
        var script = LivestatusScript.Read(Files.Single(file => Path.GetFileName(file) == "tables.test"));
        string TextOf(string title) => script.Sections.First(section => section.Title == title).Text;
        var site = new LivestatusSite(
            TextOf("main"), TextOf("objects"), new LivestatusLimits { MaxResponseBytes = RequestFuzzer.LargestAnswer - 16 });
        site.Give(TextOf("commands").Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return site;
    }
}

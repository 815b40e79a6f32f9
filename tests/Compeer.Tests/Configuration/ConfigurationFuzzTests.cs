using System.Diagnostics;
using System.Text;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Text;

namespace Compeer.Tests.Configuration;

/// <summary>Bytes in any order give diagnostics, never an exception, and in bounded time.</summary>
public sealed class ConfigurationFuzzTests
{
    private const int Rounds = 400;
    private static readonly TimeSpan LongestRound = TimeSpan.FromSeconds(5);

    private static readonly string[] Pieces =
    [
        "define host {\n", "define service{", "}\n", "{", "\\\n", "\\", ";", "#", "\n", "\r\n", "\0", "\t", " ", ",",
        "!", "*", "+",
        "use ", "name ", "register 0\n", "host_name ", "members ", "null", "_X ", "monday ", "day -1 - ", "/ 0 ", "24:00-00:00",
        "99999999999999999999", "-1", "1e308", "\uFEFF", "[[:alpha:]", "(?", "a{1,99999}", "(((((", "include_file=x\n", "define",
        "host_name *\n", "service_description ", "parents ", "2030-02-31 ", "define timeperiod {\n", "exclude ", "use a,b,c,",
    ];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Compile_MutatedConfigurations_EndsWithDiagnosticsOrObjects(bool regularExpressions)
    {
        var main = ConfigurationFiles.MainFrom(
            regularExpressions ? "use_regexp_matching=1\nuse_true_regexp_matching=1\n" : "");
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var sample = new RandomConfiguration(round % 20, withNull: true).Create();
            var bytes = Mutate(new Random(round), Encoding.UTF8.GetBytes(sample));
            var start = Stopwatch.GetTimestamp();
            var result = ObjectConfigurationCompiler.Compile(
                main, [new SourceFile("fuzz.cfg", bytes)], [new SourceFile("resource.cfg", bytes.AsMemory(0, 200))]);
            Assert.True(Stopwatch.GetElapsedTime(start) < LongestRound, $"round {round} took too long");
            refused += result.Configuration is null ? 1 : 0;
            Assert.All(result.Diagnostics, d => Assert.DoesNotContain('\n', d.Message));
        }

        Assert.True(refused > Rounds / 2, $"only {refused} of {Rounds} were refused; the mutations do too little");
    }

    [Fact]
    public void Read_MutatedMainConfigurations_EndsWithDiagnosticsOrValues()
    {
        // Every variable of Naemon, each with a value that is right somewhere.
        string[] values = ["0", "1", "7", "0x10", "20.5", "a", "us", "x/y", "-1", ""];
        var sample = Encoding.UTF8.GetBytes(string.Concat(
            ReferenceTables.Variables().Select((row, i) => $"{row.Name}={values[i % values.Length]}\n")));
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var main = new SourceFile("/etc/naemon.cfg", Mutate(new Random(round), sample));
            var included = new SourceFile("/etc/x/y", Mutate(new Random(-round), sample));
            var start = Stopwatch.GetTimestamp();
            var result = MainConfigurationReader.Read(main, [main, included], ["/etc", "/etc/x"]);
            Assert.True(Stopwatch.GetElapsedTime(start) < LongestRound, $"round {round} took too long");
            Assert.True(result.Configuration is not null || result.Diagnostics.Length > 0);
            Assert.All(result.Diagnostics, d => Assert.DoesNotContain('\n', d.Message));
            Assert.All(result.Diagnostics, d => Assert.True(d.Position.Line > 0, d.ToString()));
            refused += result.Configuration is null ? 1 : 0;
        }

        Assert.True(refused > Rounds / 4, $"only {refused} of {Rounds} were refused");
    }

    [Fact]
    public void Compile_MutatedResourceFiles_EndsWithDiagnosticsOrValues()
    {
        var sample = Encoding.UTF8.GetBytes("# c\n$USER1$=/usr/lib\n$USER256$ = a=b\n\n$USER9$=\n$OTHER$=x\n");
        var kept = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var source = new SourceFile("/etc/resource.cfg", Mutate(new Random(round), sample));
            var result = ObjectConfigurationCompiler.Compile(ConfigurationFiles.MainFrom(""), [], [source]);
            Assert.All(result.Diagnostics, d => Assert.True(d.Position.Line > 0 && !d.Message.Contains('\n', StringComparison.Ordinal)));
            kept += result.Configuration?.Resources.Count ?? 0;
        }

        Assert.True(kept > Rounds / 4, $"only {kept} macros were read");
    }

    [Fact]
    public void Compile_MutatedObjectCaches_EndsWithDiagnosticsOrObjects()
    {
        var taken = 0;
        for (var round = 0; round < Rounds / 2; round++)
        {
            var random = new RandomConfiguration(round % 10, withNull: false);
            var cache = ConfigurationCorpusTests.Cache(ConfigurationFiles.Compile(random.Create(), random.Main).Configuration!);
            var source = new SourceFile("objects.cache", Mutate(new Random(round), ConfigurationText.Encode(cache)));
            var start = Stopwatch.GetTimestamp();
            var result = ObjectConfigurationCompiler.Compile(ConfigurationFiles.MainFrom(""), [source], []);
            Assert.True(Stopwatch.GetElapsedTime(start) < LongestRound, $"round {round} took too long");
            Assert.All(result.Diagnostics, d => Assert.True(d.Position.Line > 0 && !d.Message.Contains('\n', StringComparison.Ordinal)));
            if (result.Configuration is not null)
            {
                taken++;
                ConfigurationCorpusTests.Cache(result.Configuration);
            }
        }

        Assert.InRange(taken, 1, (Rounds / 2) - 1);
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        var result = new List<byte>(bytes);
        for (var i = random.Next(1, 12); i > 0; i--)
        {
            result.Add((byte)'\n');
            var at = random.Next(result.Count);
            var length = Math.Min(random.Next(1, 40), result.Count - at);
            switch (random.Next(5))
            {
                case 0:
                    result.RemoveRange(at, length);
                    break;
                case 1:
                    result.InsertRange(random.Next(result.Count), result.GetRange(at, length));
                    break;
                case 2:
                    result[at] = (byte)random.Next(256);
                    break;
                default:
                    result.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                    break;
            }
        }

        while (result.Count < 200)
        {
            result.Add((byte)'\n');
        }

        return [.. result];
    }
}

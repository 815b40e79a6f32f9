using Compeer.Daemon.CheckResults;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Peer;
using Compeer.Tests.Configuration;

namespace Compeer.Tests.Daemon.CheckResults;

/// <summary>The folder into which other programs put results of checks.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CheckResultFolderTests : IDisposable
{
    private const int Patience = 30_000;
    private const int AMoment = 300;

    private readonly TemporaryFolder _folder = new();
    private readonly LoopQueue _queue = new();
    private readonly MonitoringLog _log;
    private CheckResultFolder? _results;

    public CheckResultFolderTests() => _log = MonitoringLog.Open(_folder.File("naemon.log"));

    public void Dispose()
    {
        _results?.Dispose();
        _queue.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Variable", "check_result_path")]
    [Trait("Variable", "check_result_reaper_frequency")]
    public void File_ThatIsComplete_IsTakenAndRemoved()
    {
        Directory.CreateDirectory(Spool);
        Start("check_result_reaper_frequency=1");
        var file = Put("cAbCdEf", "host_name=web1\nservice_description=HTTP\noutput=fine\n");
        Assert.False(_queue.TryTake(out _, AMoment));
        Complete(file);
        Assert.Equal(("web1", "HTTP"), Next());
        Assert.True(SpinWait.SpinUntil(() => !File.Exists(file) && !File.Exists(file + ".ok"), Patience));
    }

    [Fact]
    public void File_WhoseResultTheLoopDidNotTake_StaysUntilItDid()
    {
        var file = Complete(Put("cAbCdEf", "host_name=web1\noutput=up\n"));
        Start("check_result_reaper_frequency=1");
        Assert.True(_queue.TryTake(out var input, Patience));
        Assert.True(File.Exists(file));
        input.Answered!.Invoke();
        Assert.True(SpinWait.SpinUntil(() => !File.Exists(file), Patience));
    }

    [Fact]
    [Trait("Variable", "max_check_result_file_age")]
    public void File_OlderThanAllowed_IsRemovedUnread()
    {
        var file = Complete(Put("cAbCdEf", "host_name=web1\noutput=up\n"));
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(-100));
        Start("max_check_result_file_age=90");
        Assert.True(SpinWait.SpinUntil(() => !File.Exists(file), Patience));
        Assert.False(_queue.TryTake(out _, 0));
        AwaitLine("are too old (max_check_result_file_age)");
    }

    [Fact]
    public void File_OfAnyAge_IsReadWithoutALimit()
    {
        var file = Complete(Put("cAbCdEf", "host_name=web1\noutput=up\n"));
        File.SetLastWriteTimeUtc(file, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-100));
        Start("max_check_result_file_age=0");
        Assert.Equal(("web1", null), Next());
    }

    [Fact]
    [Trait("Variable", "max_check_result_reaper_time")]
    public void Look_ThatTakesTooLong_LeavesTheRestForTheNext()
    {
        Complete(Put("cAbCdE1", "host_name=one\noutput=up\n"));
        Complete(Put("cAbCdE2", "host_name=two\noutput=up\n"));
        var clock = new SlowClock(TimeSpan.FromSeconds(2));
        Start("max_check_result_reaper_time=3\ncheck_result_reaper_frequency=100000", clock);
        var first = Next();
        Assert.False(_queue.TryTake(out _, AMoment));

        // Another configuration: it looks at once.
        _results!.Follow(ConfigurationFiles.MainFrom($"check_result_path={Spool}\n"));
        Assert.NotEqual(first, Next());
    }

    [Theory]
    [InlineData("xAbCdEf")]
    [InlineData("cAbCdEfg")]
    [InlineData("cAbCdE")]
    public void File_OfAnotherName_IsLeftAlone(string name)
    {
        var other = Complete(Put(name, "host_name=other\noutput=up\n"));
        Complete(Put("cAbCdEf", "host_name=web1\noutput=up\n"));
        Start("");
        Assert.Equal(("web1", null), Next());
        Assert.False(_queue.TryTake(out _, 0));
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void Link_ToAFileElsewhere_IsNotRead()
    {
        var secret = _folder.Write("secret", "host_name=web1\noutput=up\n");
        Directory.CreateDirectory(Spool);
        File.CreateSymbolicLink(Path.Combine(Spool, "cAbCdE1"), secret);
        Complete(Path.Combine(Spool, "cAbCdE1"));
        Complete(Put("cAbCdE2", "host_name=web2\noutput=up\n"));
        Start("");
        Assert.Equal(("web2", null), Next());
        Assert.False(_queue.TryTake(out _, 0));
    }

    [Fact]
    public void File_ThatSaysNothing_IsRemovedAndToldOf()
    {
        var file = Complete(Put("cAbCdEf", "what is this\n"));
        Start("");
        Assert.True(SpinWait.SpinUntil(() => !File.Exists(file), Patience));
        AwaitLine($"{file} in check_result_path has no result with host_name and output; it is removed");
    }

    [Fact]
    public void Folder_ThatIsNotThere_IsToldOfOnceAndReadWhenItIs()
    {
        Start("check_result_reaper_frequency=1");
        AwaitLine("results are not taken from check_result_path: ");
        Complete(Put("cAbCdEf", "host_name=web1\noutput=up\n"));
        Assert.Equal(("web1", null), Next());
        Assert.Equal(2, Log().Split("results are not taken").Length);
    }

    [Fact]
    public void Results_MoreThanMayWait_ComeWhenTheLoopTookSome()
    {
        const int Count = CheckResultFolder.MostWaiting + 500;
        var records = Enumerable.Range(0, Count).Select(number => $"host_name=h{number}\noutput=up\n\n");
        Complete(Put("cAbCdEf", string.Concat(records)));
        Start("");
        Assert.True(SpinWait.SpinUntil(() => _queue.Length == CheckResultFolder.MostWaiting, Patience));
        for (var number = 0; number < Count; number++)
        {
            Assert.Equal(($"h{number}", null), Next());
        }
    }

    [Fact]
    public void Dispose_WhileResultsWait_Ends()
    {
        Complete(Put("cAbCdEf", "host_name=web1\noutput=up\n"));
        Start("");
        Assert.True(_queue.TryTake(out _, Patience));
        _results!.Dispose();
        _results = null;
        Assert.True(File.Exists(Path.Combine(Spool, "cAbCdEf")));
    }

    private string Spool => Path.Combine(_folder.Path, "spool");

    private void Start(string main, TimeProvider? clock = null) => _results = new CheckResultFolder(
        ConfigurationFiles.MainFrom($"check_result_path={Spool}\n{main}\n"),
        _queue,
        new DaemonLog(_log, TimeProvider.System),
        clock ?? TimeProvider.System);

    private string Put(string name, string text)
    {
        Directory.CreateDirectory(Spool);
        var path = Path.Combine(Spool, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string Complete(string path)
    {
        File.WriteAllText(path + ".ok", "");
        return path;
    }

    private (string Host, string? Service) Next()
    {
        Assert.True(_queue.TryTake(out var input, Patience));
        input.Answered?.Invoke();
        var result = Assert.IsType<PeerInput.Spooled>(input.Input).Result;
        return (result.Host, result.Service);
    }

    private void AwaitLine(string words) =>
        Assert.True(SpinWait.SpinUntil(() => Log().Contains(words, StringComparison.Ordinal), Patience), words);

    private string Log() => File.ReadAllText(_folder.File("naemon.log"));

    /// <summary>Each look at it is so much later.</summary>
    private sealed class SlowClock(TimeSpan step) : TimeProvider
    {
        private long _looks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Increment(ref _looks) * step.Ticks;
    }
}

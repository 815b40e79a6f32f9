using System.Text;
using Compeer.Configuration.Main;
using Compeer.Daemon.ExternalCommands;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Peer;
using Compeer.Tests.Engine;

namespace Compeer.Tests.Daemon.ExternalCommands;

/// <summary>The named pipe of external commands.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CommandPipeTests : IDisposable
{
    private const int Patience = 30_000;

    private readonly TemporaryFolder _folder = new();
    private readonly LoopQueue _queue = new();
    private readonly MonitoringLog _log;
    private readonly CommandPipe _pipe;

    public CommandPipeTests()
    {
        _log = MonitoringLog.Open(LogFile);
        _pipe = new CommandPipe(_queue, new DaemonLog(_log, TimeProvider.System));
    }

    private string LogFile => _folder.File("naemon.log");

    private string PipeFile => _folder.File("naemon.cmd");

    public void Dispose()
    {
        _pipe.Dispose();
        _queue.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Lines_OfSeveralWriters_ComeToTheLoop()
    {
        _pipe.Follow(Main());
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
            File.GetUnixFileMode(PipeFile));
        Write("[1] A;b\n[2] C");
        Write(";d\n");
        Assert.Equal("[1] A;b", Next());
        Assert.Equal("[2] C;d", Next());
    }

    [Fact]
    public async Task Lines_MoreThanMayWait_ComeWhenTheLoopTookSome()
    {
        _pipe.Follow(Main());
        var count = CommandPipe.MostWaiting + 500;
        var writing = Task.Run(() => Write(string.Concat(Enumerable.Range(0, count).Select(number => $"[{number}] X\n"))));
        Assert.True(SpinWait.SpinUntil(() => _queue.Length == CommandPipe.MostWaiting, Patience));
        for (var number = 0; number < count; number++)
        {
            Assert.Equal($"[{number}] X", Next());
        }

        await writing;
    }

    /// <summary>Twenty thousand by eight writers, none of which waits for another: all come, each whole and once, those of a writer in
    /// its order.</summary>
    [Fact]
    public async Task Lines_OfManyWritersAtOnce_ComeAllAndWhole()
    {
        const int Writers = 8;
        const int Each = 2500;
        _pipe.Follow(Main());
        var writing = Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            using var pipe = new FileStream(PipeFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            for (var number = 0; number < Each; number++)
            {
                var output = new string('x', number % 900);
                pipe.Write(Encoding.UTF8.GetBytes($"[1] PROCESS_SERVICE_CHECK_RESULT;w{writer};s{number};0;{output}\n"));
            }
        })).ToArray();
        var next = new int[Writers];
        for (var taken = 0; taken < Writers * Each; taken++)
        {
            var parts = Next().Split(';');
            var writer = int.Parse(parts[1][1..]);
            Assert.Equal($"s{next[writer]}", parts[2]);
            Assert.Equal(next[writer]++ % 900, parts[4].Length);
        }

        await Task.WhenAll(writing);
        Assert.Equal(0, _queue.Length);
    }

    [Fact]
    public async Task Line_LongerThanAPipeTakesAtOnce_ComesWhole()
    {
        _pipe.Follow(Main());
        var longest = "[1] X;" + new string('y', CommandLines.Longest - 6);
        var writing = Task.Run(() => Write($"{longest}\n[2] Z\n{longest}too long\n[3] Z\n"));
        Assert.Equal(longest, Next());
        Assert.Equal("[2] Z", Next());
        Assert.Equal("[3] Z", Next());
        await writing;
    }

    /// <summary>A pipe does not show its reader who writes: what comes next is part of the same line, as at Naemon, and the line after
    /// that is whole again.</summary>
    [Fact]
    public void Writer_ThatDiesInTheMiddleOfALine_HarmsNoMoreThanTheNextLine()
    {
        _pipe.Follow(Main());
        Write("[1] A;par");
        Write("[2] B;c\n[3] C;d\n");
        Assert.Equal("[1] A;par[2] B;c", Next());
        Assert.Equal("[3] C;d", Next());
    }

    [Fact]
    public void Follow_AnotherFile_TakesTheOldOneAwayAndReadsTheNew()
    {
        _pipe.Follow(Main());
        var other = _folder.File("other.cmd");
        _pipe.Follow(Main() with { CommandFile = other });
        Assert.False(File.Exists(PipeFile));
        Write("[1] B\n", other);
        Assert.Equal("[1] B", Next());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Follow_CommandsAreOff_MakesNoPipe(bool isChecked)
    {
        _pipe.Follow(Main() with { CheckExternalCommands = isChecked });
        Assert.Equal(isChecked, File.Exists(PipeFile));
    }

    [Fact]
    public void Follow_SomethingElseOfThatName_IsToldAndLeftAlone()
    {
        _folder.Write("naemon.cmd", "precious");
        _pipe.Follow(Main());
        Assert.Equal("precious", File.ReadAllText(PipeFile));
        _log.Dispose();
        Assert.Contains($"command_file: {PipeFile} is there and is no named pipe", File.ReadAllText(LogFile), StringComparison.Ordinal);
    }

    [Fact]
    public void Dispose_WhileItWaits_EndsAndTakesThePipeAway()
    {
        _pipe.Follow(Main());
        _pipe.Dispose();
        Assert.False(File.Exists(PipeFile));
    }

    private MainConfiguration Main() => TestSite.DefaultMain with { CommandFile = PipeFile };

    private void Write(string text, string? file = null)
    {
        using var writer = new FileStream(file ?? PipeFile, FileMode.Open, FileAccess.Write);
        writer.Write(Encoding.UTF8.GetBytes(text));
    }

    private string Next()
    {
        Assert.True(_queue.TryTake(out var input, Patience));
        input.Answered?.Invoke();
        return Encoding.UTF8.GetString(Assert.IsType<PeerInput.Command>(input.Input).Line.Span);
    }
}

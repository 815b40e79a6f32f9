using System.Text;
using Compeer.Daemon.Log;
using Compeer.Daemon.PerformanceData;

namespace Compeer.Tests.Daemon.PerformanceData;

/// <summary>The files of performance data: their modes, what waits, and what is lost.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class PerformanceFileTests : IDisposable
{
    private const int Patience = 30_000;

    private readonly TemporaryFolder _folder = new();
    private readonly MonitoringLog _log;
    private readonly PerformanceFile _file;

    public PerformanceFileTests()
    {
        _log = MonitoringLog.Open(_folder.File("naemon.log"));
        _file = new PerformanceFile("services", new DaemonLog(_log, TimeProvider.System), TimeProvider.System);
    }

    private string Path => _folder.File("perfdata");

    public void Dispose()
    {
        _file.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData('a', "old\none\ntwo\n")]
    [InlineData('w', "one\ntwo\n")]
    public void File_IsAddedToOrBegunAnew(char mode, string content)
    {
        File.WriteAllText(Path, "old\n");
        _file.Follow(Path, mode);
        Write("one\n");
        Write("two\n");
        Await(content);
    }

    [Fact]
    public void File_ThatACommandHas_IsClosedAndWrittenOnAfterwards()
    {
        _file.Follow(Path, 'a');
        Write("one\n");
        using var given = new ManualResetEventSlim();
        _file.Give(given.Set);
        Write("two\n");
        Assert.True(given.Wait(Patience));
        Assert.Equal("one\n", File.ReadAllText(Path));
        File.Move(Path, Path + ".taken");
        _file.TakeBack();
        Await("two\n");
        Assert.Equal("one\n", File.ReadAllText(Path + ".taken"));
    }

    [Fact]
    public void File_ThatCannotBeOpened_IsToldOfOnceAndWrittenWhenItCan()
    {
        var folder = _folder.File("later");
        var path = System.IO.Path.Combine(folder, "perfdata");
        _file.Follow(path, 'a');
        Write("one\n");
        AwaitLine($"File '{path}' could not be opened");
        Directory.CreateDirectory(folder);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(path) && File.ReadAllText(path) == "one\n", Patience));
        Assert.Equal(2, Log().Split("could not be opened").Length);
    }

    [Fact]
    public void Pipe_WithoutAReader_HoldsNothingUpAndLosesWhatIsTooMuch()
    {
        _file.Follow(Path, 'p');
        var line = new byte[64 * 1024];
        Array.Fill(line, (byte)'x');
        line[^1] = (byte)'\n';
        for (var count = 0; count < 2 * PerformanceFile.MostWaiting / line.Length; count++)
        {
            _file.Write(line);
        }

        Assert.True(_file.Lost > 0);
        AwaitLine("lines of performance data of services were lost");
        AwaitLine("nobody reads the pipe");
    }

    [Fact]
    public void Pipe_WithAReader_GivesItTheLines()
    {
        _file.Follow(Path, 'p');
        Write("one\n");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Path), Patience));
        using var reader = new FileStream(Path, FileMode.Open, FileAccess.Read);
        var bytes = new byte[4];
        reader.ReadExactly(bytes);
        Assert.Equal("one\n", Encoding.UTF8.GetString(bytes));
    }

    [Fact]
    public void Dispose_WithLinesThatWait_WritesThem()
    {
        _file.Follow(Path, 'a');
        Write("one\n");
        _file.Dispose();
        Assert.Equal("one\n", File.ReadAllText(Path));
    }

    [Fact]
    public void Follow_AnotherFile_GoesOnThere()
    {
        var other = _folder.File("other");
        _file.Follow(Path, 'a');
        Write("one\n");
        _file.Follow(other, 'a');
        Write("two\n");
        Await("one\n");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(other) && File.ReadAllText(other) == "two\n", Patience));
    }

    private void Write(string line) => _file.Write(Encoding.UTF8.GetBytes(line));

    private void Await(string content) =>
        Assert.True(SpinWait.SpinUntil(() => File.Exists(Path) && File.ReadAllText(Path) == content, Patience), content);

    private void AwaitLine(string words) =>
        Assert.True(SpinWait.SpinUntil(() => Log().Contains(words, StringComparison.Ordinal), Patience), words);

    private string Log() => File.ReadAllText(_folder.File("naemon.log"));
}

using System.Text;
using Compeer.Daemon.ExternalCommands;
using Compeer.Daemon.Log;
using Compeer.Daemon.Loop;
using Compeer.Engine.Events;
using Compeer.Peer;

namespace Compeer.Tests.Daemon.ExternalCommands;

/// <summary>Files of external commands.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class CommandFilesTests : IDisposable
{
    private const int Patience = 30_000;

    private readonly TemporaryFolder _folder = new();
    private readonly LoopQueue _queue = new();
    private readonly MonitoringLog _log;
    private readonly CommandFiles _files;

    public CommandFilesTests()
    {
        _log = MonitoringLog.Open(_folder.File("naemon.log"));
        _files = new CommandFiles(_queue, new DaemonLog(_log, TimeProvider.System));
    }

    public void Dispose()
    {
        _files.Dispose();
        _queue.Dispose();
        _log.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Commands_OfAFile_ComeToTheLoopAndItIsRemovedAsAsked(bool isRemoved)
    {
        var path = _folder.Write("commands", "[1] A;b\n\n[2] PROCESS_FILE;x;0\n[3] C");
        _files.Read(new CommandFile(path, isRemoved));
        Assert.Equal("[1] A;b", Next());
        Assert.Equal("[3] C", Next());
        AwaitLine("names a file to read");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(path) != isRemoved, Patience));
    }

    [Fact]
    public void File_ThatIsNotThere_IsToldOf()
    {
        _files.Read(new CommandFile(_folder.File("nothing"), IsRemoved: true));
        AwaitLine($"{_folder.File("nothing")} is not read (PROCESS_FILE): ");
    }

    [Fact]
    public void Folder_IsNotRead()
    {
        _files.Read(new CommandFile(_folder.Path, IsRemoved: false));
        AwaitLine("is not read (PROCESS_FILE): it is no file");
    }

    private string Next()
    {
        Assert.True(_queue.TryTake(out var input, Patience));
        input.Answered?.Invoke();
        return Encoding.UTF8.GetString(Assert.IsType<PeerInput.Command>(input.Input).Line.Span);
    }

    private void AwaitLine(string words) => Assert.True(
        SpinWait.SpinUntil(() => File.ReadAllText(_folder.File("naemon.log")).Contains(words, StringComparison.Ordinal), Patience), words);
}

using System.Diagnostics;
using System.Runtime.InteropServices;
using Compeer.Cli.Daemon;
using Compeer.Platform.Files;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Tests.Cli;

public sealed partial class DaemonProcessTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("compeer-pid-");

    private string PidFile => Path.Combine(_folder.FullName, "mond.pid");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Find_NoFile_IsNotRunning() => Assert.Equal(new DaemonPresence(false, null), Create().Find());

    [Fact]
    public void Find_NumberLeftBehind_IsNotRunning()
    {
        // The number of a process that is there: this one.
        File.WriteAllText(PidFile, $"{Environment.ProcessId}\n");

        Assert.Equal(new DaemonPresence(false, null), Create().Find());
    }

    [Theory]
    [InlineData("123\n", 123)]
    [InlineData("123", 123)]
    [InlineData("", null)]
    [InlineData("x\n", null)]
    [InlineData("-1\n", null)]
    [InlineData("1\n", null)]
    [InlineData("99999999999999999999999999999999999999999999\n", null)]
    public void Find_LockHeld_IsRunning(string content, int? pid)
    {
        using var held = HoldLock(content);

        Assert.Equal(new DaemonPresence(true, pid), Create().Find());
    }

    [Fact]
    public void Find_LockHeldByADaemonThatWasKilled_IsNotRunning()
    {
        using var dead = new DeadProcess();
        using var held = HoldLock($"{dead.Pid}\n");

        Assert.Equal(new DaemonPresence(false, null), Create().Find());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_PidFileReplacedOrGone_IsFoundByTheLockOnTheFolder(bool isThere)
    {
        using var folder = OpenFolder.TryOpen(_folder.FullName, out _)!;
        Assert.True(folder.TryLockNow());
        if (isThere)
        {
            File.WriteAllText(PidFile, "123\n");
        }

        Assert.Equal(new DaemonPresence(true, Environment.ProcessId), Create().Find());
        folder.Dispose();
        Assert.Equal(new DaemonPresence(false, null), Create().Find());
    }

    [Fact]
    public async Task WaitUntilGone_LockHeld_EndsWithTheLimitOrTheLock()
    {
        var held = HoldLock("2147483647\n");
        Assert.False(await Create().WaitUntilGoneAsync(int.MaxValue, TimeSpan.Zero, CancellationToken.None));

        var gone = Create().WaitUntilGoneAsync(int.MaxValue, TimeSpan.FromMinutes(5), CancellationToken.None);
        Assert.False(gone.IsCompleted);
        held.Dispose();

        Assert.True(await gone);
    }

    [Fact]
    public async Task Terminate_Process_EndsIt()
    {
        using var victim = Process.Start("/bin/sleep", "1000");
        try
        {
            Create().Terminate(victim.Id);
            await victim.WaitForExitAsync();

            Assert.Equal(128 + 15, victim.ExitCode);
            Assert.True(await Create().WaitUntilGoneAsync(victim.Id, TimeSpan.FromMinutes(1), CancellationToken.None));
            Create().Terminate(victim.Id);
        }
        finally
        {
            victim.Kill();
        }
    }

    private DaemonProcess Create() => new(PidFile, TimeProvider.System);

    private SafeFileHandle HoldLock(string content)
    {
        File.WriteAllText(PidFile, content);
        var file = File.OpenHandle(PidFile, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var wholeFile = new FileLock { Type = 1 };
        Assert.Equal(0, Control(file, 37, ref wholeFile));
        return file;
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(SafeFileHandle file, int command, ref FileLock argument);

    [StructLayout(LayoutKind.Sequential)]
    private struct FileLock
    {
        public short Type;
        public short Whence;
        public long Start;
        public long Length;
        public int ProcessId;
    }
}

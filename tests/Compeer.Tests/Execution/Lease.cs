using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Compeer.Tests.Execution;

/// <summary>
/// A file that does not answer whoever opens or runs it, as one on a dead file server: this process has a write lease on it
/// (fcntl(2), F_SETLEASE), for which the kernel lets others wait until it is given back, 45 s at most.
/// </summary>
internal sealed partial class Lease : IDisposable
{
    private const int SetSignal = 10;
    private const int SetLease = 1024;
    private const int GetLease = 1025;
    private const int WriteLock = 1;
    private const int NoLock = 2;
    private const int UrgentSignal = 23; // SIGURG, which is ignored unless somebody wants it

    private readonly SafeFileHandle _file;

    internal Lease(string path)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Assert.Equal(0, Control(_file, SetSignal, UrgentSignal));

        // Whoever wrote the file has closed it, but a process that is being started at this moment may have a copy still.
        Assert.True(SpinWait.SpinUntil(() => Control(_file, SetLease, WriteLock) == 0, TimeSpan.FromSeconds(30)), "no lease");
    }

    /// <summary>Whether somebody waits for it.</summary>
    internal bool IsAskedFor => Control(_file, GetLease, 0) != WriteLock;

    /// <summary>Lets those that wait go on.</summary>
    public void Dispose()
    {
        if (!_file.IsClosed)
        {
            Assert.Equal(0, Control(_file, SetLease, NoLock));
            _file.Dispose();
        }
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(SafeFileHandle file, int command, int argument);
}

using System.Diagnostics;

namespace Compeer.EndToEnd.Harness;

/// <summary>A file system of a few kilobytes, mounted over a folder for one test. Needs root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    public SmallDisk(string folder, int kilobytes)
    {
        Assert.True(Environment.IsPrivilegedProcess, "this test mounts a small disk: run it as root");
        _folder = folder;
        Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "tmpfs", folder));
    }

    /// <summary>Makes it larger.</summary>
    public void Grow(int kilobytes) => Assert.Equal(0, Run("mount", "-o", $"remount,size={kilobytes}k", _folder));

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var file = new FileStream(Path.Combine(_folder, "filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[1024];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Dispose() => Run("umount", "-l", _folder);

    /// <summary>Runs a program.</summary>
    /// <returns>Its exit code.</returns>
    internal static int Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program);
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}

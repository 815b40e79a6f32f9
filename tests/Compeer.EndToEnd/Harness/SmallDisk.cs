using System.Diagnostics;

namespace Compeer.EndToEnd.Harness;

/// <summary>A file system of a few kilobytes, mounted over a folder for one test. Needs root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private string Filler => Path.Combine(_folder, "filler");

    /// <param name="folder">Where it is mounted.</param>
    /// <param name="kilobytes">How large it is.</param>
    /// <param name="files">How many files and folders it takes; 0 for as many as it likes.</param>
    public SmallDisk(string folder, int kilobytes, int files = 0)
    {
        Assert.True(Environment.IsPrivilegedProcess, "this test mounts a small disk: run it as root");
        _folder = folder;
        Assert.Equal(0, Run("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k,nr_inodes={files}", "tmpfs", folder));
    }

    /// <summary>Makes it larger.</summary>
    public void Grow(int kilobytes) => Assert.Equal(0, Run("mount", "-o", $"remount,size={kilobytes}k", _folder));

    /// <summary>Leaves no byte free.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
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

    /// <summary>Leaves no file to be made, though there is room.</summary>
    public void FillWithFiles()
    {
        Directory.CreateDirectory(Filler);
        try
        {
            for (var number = 0; ; number++)
            {
                File.Create(Path.Combine(Filler, $"{number}")).Dispose();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Takes away what it was filled with.</summary>
    public void Free()
    {
        if (Directory.Exists(Filler))
        {
            Directory.Delete(Filler, recursive: true);
        }
        else
        {
            File.Delete(Filler);
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

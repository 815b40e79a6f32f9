using System.Diagnostics;
using System.Globalization;

namespace Compeer.Tests;

/// <summary>A process that has ended and stays in the process table, as its parent never asks for its exit code.</summary>
internal sealed class DeadProcess : IDisposable
{
    private readonly Process _parent;

    public DeadProcess()
    {
        string[] arguments = ["-c", "/bin/true & echo $!; exec sleep 1000"];
        _parent = Process.Start(new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardOutput = true })!;
        Pid = int.Parse(_parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        SpinWait.SpinUntil(() => File.ReadAllText($"/proc/{Pid}/stat").Contains(") Z ", StringComparison.Ordinal));
    }

    public int Pid { get; }

    public void Dispose()
    {
        _parent.Kill();
        _parent.WaitForExit();
        _parent.Dispose();
    }
}

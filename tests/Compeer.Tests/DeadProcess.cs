using System.Diagnostics;
using System.Globalization;

namespace Compeer.Tests;

/// <summary>A process that has ended and stays in the process table, as its parent never asks for its exit code.</summary>
internal sealed class DeadProcess : IDisposable
{
    private readonly Process _parent;

    public DeadProcess()
    {
        // The shell would ask for its child's exit code; what it turns into does not.
        string[] arguments = ["-c", "sleep 1000 & echo $!; exec tail -f /dev/null"];
        _parent = Process.Start(new ProcessStartInfo("/bin/sh", arguments) { RedirectStandardOutput = true })!;
        try
        {
            Pid = int.Parse(_parent.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
            WaitFor($"/proc/{_parent.Id}/comm", "tail\n");
            using var child = Process.GetProcessById(Pid);
            child.Kill();
            WaitFor($"/proc/{Pid}/stat", ") Z ");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public int Pid { get; }

    public void Dispose()
    {
        _parent.Kill();
        _parent.WaitForExit();
        _parent.Dispose();
    }

    private static void WaitFor(string file, string text) =>
        Assert.True(
            SpinWait.SpinUntil(() => File.ReadAllText(file).Contains(text, StringComparison.Ordinal), TimeSpan.FromMinutes(1)),
            $"{file} never says '{text}'");
}

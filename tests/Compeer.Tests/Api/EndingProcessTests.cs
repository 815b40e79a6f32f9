using System.Diagnostics;
using Compeer.Api;

namespace Compeer.Tests.Api;

public sealed class EndingProcessTests
{
    [Theory]
    [InlineData("Name:\tmond\nState:\tS (sleeping)\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000000000", false)]
    [InlineData("Name:\tmond\nState:\tR (running)\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000004000", false)]
    [InlineData("Name:\tmond\nState:\tR (running)\nSigPnd:\t0000000000000100\nShdPnd:\t0000000000000000", true)]
    [InlineData("Name:\tmond\nState:\tD (disk sleep)\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000000100", true)]
    [InlineData("Name:\tmond\nState:\tT (stopped)\nSigPnd:\t0000000000000000\nShdPnd:\t0000000000000000", false)]
    [InlineData("Name:\tmond\nState:\tZ (zombie)\nThreads:\t3\nShdPnd:\t0000000000000000", true)]
    [InlineData("Name:\tmond\nState:\tX (dead)", true)]
    [InlineData("Name:\tState: Z", false)]
    [InlineData("", false)]
    [InlineData("SigPnd:\tlater", false)]
    public void IsSaidBy_Status(string status, bool ending) => Assert.Equal(ending, EndingProcess.IsSaidBy(status.Split('\n')));

    [Fact]
    public void Is_ThisProcess_IsNot() => Assert.False(EndingProcess.Is(Environment.ProcessId));

    [Fact]
    public void Is_NoProcess_IsNot() => Assert.False(EndingProcess.Is(int.MaxValue));

    [Fact]
    public void Is_ProcessThatNobodyReaped_Is()
    {
        using var dead = new DeadProcess();
        Assert.True(EndingProcess.Is(dead.Pid));
    }

    [Fact]
    public void Is_ProcessThatWasKilled_IsFromThatMomentUntilItIsGone()
    {
        using var victim = Process.Start("/bin/sleep", "1000");
        victim.Kill();
        var ending = EndingProcess.Is(victim.Id);
        Assert.True(ending || !Directory.Exists($"/proc/{victim.Id}"), "a killed process is there and not ending");
        victim.WaitForExit();
    }
}

using Compeer.Daemon.Hosting;

namespace Compeer.Tests.Daemon.Hosting;

public sealed class RehearsalTests
{
    /// <summary>Whatever it does not come to is compiled while the first checks wait.</summary>
    [Fact]
    public void Play_ComesToAResultOfEachObject() => Assert.Equal((2, 2), Rehearsal.Play());
}

namespace Compeer.Tests.Execution;

/// <summary>The real time, and as much more as it is stepped by.</summary>
/// <param name="stands">It goes on by its steps alone.</param>
internal sealed class SteppedTime(bool stands = false) : TimeProvider
{
    private readonly long _began = System.GetTimestamp();
    private long _stepped;

    public override long GetTimestamp() => (stands ? _began : System.GetTimestamp()) + Interlocked.Read(ref _stepped);

    internal void Step(TimeSpan by) => Interlocked.Add(ref _stepped, (long)(by.TotalSeconds * TimestampFrequency));
}

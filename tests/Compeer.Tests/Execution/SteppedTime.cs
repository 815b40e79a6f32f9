namespace Compeer.Tests.Execution;

/// <summary>The real time, and as much more as it is stepped by.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private long _stepped;

    public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _stepped);

    internal void Step(TimeSpan by) => Interlocked.Add(ref _stepped, (long)(by.TotalSeconds * TimestampFrequency));
}

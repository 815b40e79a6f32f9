using Compeer.Daemon.Hosting;

namespace Compeer.Tests.Daemon.Hosting;

public sealed class PartStackTests
{
    private readonly List<string> _stopped = [];
    private readonly List<string> _reported = [];

    [Fact]
    public async Task Dispose_OnePartFails_TheOthersAreStoppedInReverseAndItIsReported()
    {
        var parts = new PartStack((name, fault) => _reported.Add($"{name}: {fault.Message}"));
        parts.Push(new Part("lock", _stopped));
        parts.Push(new Faulty());
        parts.Push(new Part("socket", _stopped));
        parts.Push("last words", () => throw new InvalidOperationException("speechless"));

        await parts.DisposeAsync();
        await parts.DisposeAsync();

        Assert.Equal(["socket", "lock"], _stopped);
        Assert.Equal(["last words: speechless", "Faulty: out of order"], _reported);
    }

    private sealed class Part(string name, List<string> stopped) : IDisposable
    {
        public void Dispose() => stopped.Add(name);
    }

    private sealed class Faulty : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.FromException(new IOException("out of order"));
    }
}

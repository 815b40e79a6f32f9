using System.Text;
using BenchmarkDotNet.Attributes;
using Compeer.Cluster.Model;
using Compeer.Cluster.Wire;

namespace Compeer.Benchmarks;

/// <summary>Frames of updates, as a link carries them: composing and reading.</summary>
[MemoryDiagnoser]
public class WireBenchmarks
{
    private const int MaxFrameBytes = 1 << 20;

    private LinkFrame.Updates _frame = null!;
    private ReadOnlyMemory<byte> _bytes;

    /// <summary>Updates in the frame.</summary>
    [Params(1, 100)]
    public int Updates { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var origin = new NodeId(UInt128.MaxValue / 3);
        var payload = new byte[120];
        new Random(1).NextBytes(payload);
        _frame = new LinkFrame.Updates(
            Sync: 0,
            [.. Enumerable.Range(1, Updates).Select(i =>
                new Update(origin, i, (ulong)i << 16, RegisterKind.CheckState, Encoding.UTF8.GetBytes($"host{i}\nservice"), payload))]);
        _bytes = FrameCodec.Encode(_frame);
    }

    [Benchmark]
    public int Encode() => FrameCodec.Encode(_frame).Length;

    [Benchmark]
    public bool Decode() => FrameReader.Read(_bytes, MaxFrameBytes, out _) is not null;
}

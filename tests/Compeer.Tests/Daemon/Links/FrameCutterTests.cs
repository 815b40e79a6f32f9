using Compeer.Daemon.Links;

namespace Compeer.Tests.Daemon.Links;

public sealed class FrameCutterTests
{
    /// <summary>Sizes at which something changes in the cutter: a frame in the buffer, just in it, just not in it, far beyond it.</summary>
    private static readonly int[] Corners =
        [1, 2, 300, LinkOptions.BatchBytes - 5, LinkOptions.BatchBytes - 4, LinkOptions.BatchBytes - 3, LinkOptions.BatchBytes, 200_000];

    [Fact]
    public void Cut_FramesTornAnywhere_ComeOutWholeAndInOrder()
    {
        var torn = 0;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var frames = new byte[random.Next(1, 30)][];
            for (var i = 0; i < frames.Length; i++)
            {
                frames[i] = new byte[random.Next(8) == 0 ? Corners[random.Next(Corners.Length)] : random.Next(1, 400)];
                random.NextBytes(frames[i]);
            }

            var longestRead = random.Next(3) switch { 0 => 3, 1 => 1000, _ => 1 << 20 };
            Assert.Equal(frames, Cut(LinkTests.OnWire(frames), () => random.Next(1, longestRead), ref torn));
        }

        Assert.True(torn > 1000, $"only {torn} reads ended inside of a frame");
    }

    [Fact]
    public void Cut_EveryPlaceOfATear_GivesTheSameFrames()
    {
        byte[][] frames = [[1], [2, 3], [4, 5, 6]];
        var wire = LinkTests.OnWire(frames);
        for (var at = 1; at < wire.Length; at++)
        {
            var first = true;
            var torn = 0;
            Assert.Equal(frames, Cut(wire, () => first ? at : wire.Length, ref torn, () => first = false));
        }
    }

    [Fact]
    public void Cut_APartOfAFrameIsKept_KeepsNothingElse()
    {
        var cutter = new FrameCutter();
        Give(cutter, LinkTests.OnWire([[1, 2, 3], [4, 5]]));
        Assert.True(cutter.TryCut(out var first));
        Give(cutter, LinkTests.OnWire([[9, 9, 9], [9, 9]]));
        Assert.Equal([1, 2, 3], first.ToArray());
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(first, out var segment));
        Assert.Equal(3, segment.Array!.Length);
    }

    private static void Give(FrameCutter cutter, byte[] bytes)
    {
        bytes.CopyTo(cutter.Room);
        cutter.Added(bytes.Length);
    }

    private static List<byte[]> Cut(byte[] wire, Func<int> next, ref int torn, Action? read = null)
    {
        var cutter = new FrameCutter();
        var frames = new List<byte[]>();
        for (var at = 0; at < wire.Length;)
        {
            var room = cutter.Room;
            Assert.False(room.IsEmpty);
            var count = Math.Min(Math.Min(next(), room.Length), wire.Length - at);
            read?.Invoke();
            wire.AsMemory(at, count).CopyTo(room);
            cutter.Added(count);
            at += count;
            var before = frames.Count;
            while (cutter.TryCut(out var frame))
            {
                frames.Add(frame.ToArray());
            }

            torn += frames.Count == before ? 1 : 0;
            Assert.Null(cutter.Problem);
        }

        return frames;
    }
}

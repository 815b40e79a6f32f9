using Compeer.Cluster.Model;
using Compeer.Daemon.Log;
using Compeer.Daemon.Storage;

namespace Compeer.Tests.Daemon.Storage;

public sealed class DurableStateFileTests : IDisposable
{
    private static readonly DurableState Some = new()
    {
        ReservedSequence = 1 << 20,
        ClockMark = ulong.MaxValue / 3,
        HighestEpoch = 7,
        HighestConfigurationNumber = 14,
        Configuration = Version(12),
        ReservedEntry = 1 << 21,
        Contemporaries = [new NodeId(3), new NodeId(UInt128.MaxValue - 9)],
        Rest = new byte[] { 1, 2, 3 },
    };

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _logFolder = new();
    private readonly MonitoringLog _log;

    public DurableStateFileTests() => _log = MonitoringLog.Open(_logFolder.File("naemon.log"));

    private string Path => _folder.File("node.state");

    private static ConfigurationVersion Version(long number) => new(number, "h\u00e4sh")
    {
        Origin = new NodeId(UInt128.MaxValue - 5),
        History = new HistoryId(UInt128.MaxValue - 6),
        Ancestors = [7, ulong.MaxValue],
    };

    [Fact]
    public async Task Open_AfterMany_HasTheLast()
    {
        await using (var file = Open())
        {
            Assert.Equal(DurableState.Empty, file.State);
            for (var number = 1; number <= 200; number++)
            {
                file.Write(Some with { Configuration = Version(number) });
            }

            file.Write(Some);
        }

        await using var again = Open();
        Assert.Equal(
            Some with { Rest = default, Contemporaries = [] }, again.State with { Rest = default, Contemporaries = [] });
        Assert.Equal(Some.Contemporaries.AsEnumerable(), again.State.Contemporaries);
        Assert.Equal(Some.Rest.ToArray(), again.State.Rest.ToArray());
        Assert.Equal([7, ulong.MaxValue], again.State.Configuration!.Ancestors.AsEnumerable());
        Assert.Equal([Path], Directory.GetFiles(_folder.Path));
        Assert.Empty(Said());
    }

    /// <summary>A file of a version that knew no contemporaries, and of one that knew no numbers of entries either.</summary>
    [Theory]
    [InlineData(1, 1 << 21)]
    [InlineData(9, 0)]
    public void Decode_FileOfAnEarlierVersion_HasWhatThatKnew(int missing, long entry)
    {
        var bytes = DurableStateCodec.Encode(Some with { Contemporaries = [], Rest = default })[..^missing];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(8), bytes.Length - 44);
        System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(44), bytes.AsSpan(12, 32));
        var state = DurableStateCodec.Decode(bytes, out _)!;
        Assert.Equal((entry, Some.Configuration!.Number), (state.ReservedEntry, state.Configuration!.Number));
        Assert.Empty(state.Contemporaries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(60)]
    [InlineData(100)]
    public async Task Open_CutOrDamaged_KeepsItAsideAndSaysSo(int at)
    {
        var bytes = DurableStateCodec.Encode(Some);
        await File.WriteAllBytesAsync(Path, bytes[..at]);
        await using (var cut = Open())
        {
            Assert.Equal(DurableState.Empty, cut.State);
        }

        Assert.Contains("cannot be used", Assert.Single(Said()), StringComparison.Ordinal);
        Assert.True(File.Exists(Path + ".bad"));
        Assert.False(File.Exists(Path));
        bytes[at] ^= 1;
        Assert.Null(DurableStateCodec.Decode(bytes, out var problem));
        Assert.NotEqual("", problem);
    }

    /// <summary>Nobody writes anything more: what was given is brought to the disk all the same once it takes it.</summary>
    [Fact]
    public async Task Write_DiskThatFailsAndIsWellAgain_IsSaidOnceEachAndTriedUntilItIsThere()
    {
        var time = new EarlyTime();
        await using (var file = DurableStateFile.Open(Path, new DaemonLog(_log, TimeProvider.System), time))
        {
            Directory.CreateDirectory(Path + ".new");
            file.Write(Some with { Configuration = Version(1) });
            file.Write(Some);
            await time.WaitUntilAskedAsync(times: 3);
            Assert.False(File.Exists(Path));
            Directory.Delete(Path + ".new");
            var limit = System.Diagnostics.Stopwatch.StartNew();
            while (!File.Exists(Path))
            {
                Assert.True(limit.Elapsed < TimeSpan.FromSeconds(30), "it is not tried again");
                await Task.Yield();
            }
        }

        await using (var again = Open())
        {
            Assert.Equal(Some.Configuration!.Number, again.State.Configuration!.Number);
        }

        var lines = Said();
        Assert.Equal(2, lines.Length);
        Assert.EndsWith(
            $"Error: cannot write {Path}: this user has no permission for it; the work goes on, and it is tried again", lines[0],
            StringComparison.Ordinal);
        Assert.Contains("can be written again", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dispose_DiskThatFailedAndIsWellAgain_WritesTheLast()
    {
        await using (var file = Open())
        {
            Directory.CreateDirectory(Path + ".new");
            file.Write(Some);
            var limit = System.Diagnostics.Stopwatch.StartNew();
            while (!_log.Lines.Equals(1L))
            {
                Assert.True(limit.Elapsed < TimeSpan.FromSeconds(30), "it does not fail");
                await Task.Yield();
            }

            Directory.Delete(Path + ".new");
        }

        Assert.True(File.Exists(Path));
    }

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
        _logFolder.Dispose();
    }

    private DurableStateFile Open() => DurableStateFile.Open(Path, new DaemonLog(_log, TimeProvider.System), TimeProvider.System);

    /// <summary>Closes the log, which writes what it has.</summary>
    private string[] Said()
    {
        _log.Dispose();
        return File.ReadAllLines(_logFolder.File("naemon.log"));
    }

    /// <summary>A time in which every wait is over at once; it counts them.</summary>
    private sealed class EarlyTime : TimeProvider
    {
        private readonly SemaphoreSlim _asked = new(0);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(DurableStateFile.TryAgainAfter, dueTime);
            _asked.Release();
            return System.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
        }

        public async Task WaitUntilAskedAsync(int times)
        {
            for (; times > 0; times--)
            {
                Assert.True(await _asked.WaitAsync(TimeSpan.FromSeconds(30)), "it is not tried again");
            }
        }
    }
}

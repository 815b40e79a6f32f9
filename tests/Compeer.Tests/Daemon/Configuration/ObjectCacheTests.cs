using System.Text;
using Compeer.Configuration;
using Compeer.Configuration.Main;
using Compeer.Configuration.Objects.Definitions;
using Compeer.Configuration.Text;
using Compeer.Daemon.Configuration;
using Compeer.Daemon.Log;

namespace Compeer.Tests.Daemon.Configuration;

/// <summary>When the object cache is written: not before the first checks were started.</summary>
public sealed class ObjectCacheTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly MonitoringLog _log;

    public ObjectCacheTests() => _log = MonitoringLog.Open(_folder.File("naemon.log"));

    private string CacheFile => _folder.File("objects.cache");

    public void Dispose()
    {
        _log.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Written_WhenItMayBegin()
    {
        var mayBegin = new TaskCompletionSource();
        await using var cache = Open(mayBegin.Task);
        Follow(cache, "first");
        Assert.False(cache.Writing.IsCompleted);
        Follow(cache, "second");
        Assert.False(File.Exists(CacheFile));

        mayBegin.SetResult();
        await cache.Writing.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Contains("\thost_name\tsecond\n", await File.ReadAllTextAsync(CacheFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_BeforeItMayBegin_NothingIsWrittenNorWaitedFor()
    {
        var cache = Open(new TaskCompletionSource().Task);
        Follow(cache, "first");
        await cache.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.False(File.Exists(CacheFile));
    }

    private ObjectCache Open(Task mayBegin)
    {
        var cache = new ObjectCache(CacheFile, new DaemonLog(_log, TimeProvider.System), TimeProvider.System);
        cache.BeginAfter(mayBegin);
        return cache;
    }

    private static void Follow(ObjectCache cache, string host)
    {
        var (main, objects) = Compile(SampleObjects.OneHost.Replace("web1", host, StringComparison.Ordinal));
        cache.Follow(main, objects);
    }

    private static (MainConfiguration Main, ObjectConfiguration Objects) Compile(string text)
    {
        var main = MainConfigurationReader.Read(new SourceFile("/t/naemon.cfg", "cfg_file=/t/o.cfg\n"u8.ToArray()), []).Configuration!;
        var objects = ObjectConfigurationCompiler.Compile(main, [new SourceFile("/t/o.cfg", Encoding.UTF8.GetBytes(text))], []);
        return (main, objects.Configuration!);
    }
}

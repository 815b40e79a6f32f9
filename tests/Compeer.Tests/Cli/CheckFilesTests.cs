using System.Buffers.Binary;
using System.Text;

namespace Compeer.Tests.Cli;

/// <summary>The plugins about files: spool folders and core dumps.</summary>
public sealed class CheckFilesTests : IDisposable
{
    private readonly CliHarness _mon = new();

    private string Spool => Directory.CreateDirectory(_mon.Paths.Prefix + "/spool").FullName;

    public void Dispose() => _mon.Dispose();

    [Theory]
    [InlineData(4, "", 0, "OK: 4 files too old|old_files=4;5;10")]
    [InlineData(5, "", 1, "WARNING: 5 files too old|old_files=5;5;10")]
    [InlineData(10, "", 2, "CRITICAL: 10 files too old|old_files=10;5;10")]
    [InlineData(2, "--warning=1 --critical=2", 2, "CRITICAL: 2 files too old|old_files=2;1;2")]
    [InlineData(5, "--maxage=2h", 0, "OK: 0 files too old|old_files=0;5;10")]
    public async Task Spool_OldFiles_AreCounted(int files, string arguments, int exitCode, string expected)
    {
        for (var i = 0; i < files; i++)
        {
            Write($"{Spool}/old{i}", age: TimeSpan.FromHours(1));
        }

        Write($"{Spool}/new", age: TimeSpan.Zero);
        Directory.CreateDirectory($"{Spool}/folder");
        Directory.SetLastWriteTimeUtc($"{Spool}/folder", FixedTime.Now.UtcDateTime.AddHours(-1));

        var run = await _mon.RunAsync(["check", "spool", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), Spool]);

        Assert.Equal(new CliRun(exitCode, expected + "\n", ""), run);
    }

    [Fact]
    public async Task Spool_Delete_TakesTheOldOnesAway()
    {
        Write($"{Spool}/old", age: TimeSpan.FromMinutes(6));
        Write($"{Spool}/new", age: TimeSpan.FromMinutes(4));

        Assert.Equal(
            new CliRun(0, "OK: 1 too old files were deleted|old_files=1;0;0\n", ""),
            await _mon.RunAsync("check", "spool", "--warning=0", "--critical=0", Spool, "--delete"));
        Assert.Equal([$"{Spool}/new"], Directory.GetFileSystemEntries(Spool));
    }

    [Theory]
    [InlineData("checks", "naemon.cfg", "a=b\ncheck_result_path = ../spool/\n")]
    [InlineData("perfdata", "pnp/npcd.cfg", "perfdata_spool_dir=PREFIX/spool\n")]
    public async Task Spool_Word_MeansTheFolderOfTheConfiguration(string word, string file, string content)
    {
        var path = $"{_mon.Paths.ConfigurationFolder}/{file}";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content.Replace("PREFIX", _mon.Paths.Prefix, StringComparison.Ordinal));
        Write($"{Spool}/old", age: TimeSpan.FromHours(1));

        Assert.Equal("OK: 1 files too old|old_files=1;5;10\n", (await _mon.RunAsync("check", "spool", word)).Out);
    }

    [Theory]
    [InlineData("checks", 0, "OK: 0 files too old (there is no folder PREFIX/var/spool/checkresults)|old_files=0;5;10")]
    [InlineData("perfdata", 0, "OK: 0 files too old (there is no folder PREFIX/var/spool/perfdata)|old_files=0;5;10")]
    [InlineData("/nowhere", 3, "UNKNOWN: spool directory \"/nowhere\" doesn't exist")]
    public async Task Spool_NoFolder_IsFineWhereMondMakesNone(string path, int exitCode, string expected) =>
        Assert.Equal(new CliRun(exitCode, expected + "\n", ""), await _mon.RunAsync("check", "spool", path));

    [Fact]
    public async Task Cores_OfMond_AreCritical()
    {
        WriteCore($"{_mon.Paths.Prefix}/core.123", "mond");
        WriteCore($"{_mon.Paths.Prefix}/core", "");
        WriteCore($"{_mon.Paths.Prefix}/score.1", "mond");
        WriteCore($"{_mon.Paths.Prefix}/core.9", "check_ping");

        Assert.Equal(
            new CliRun(
                2,
                "CRITICAL: 2 corefiles found|cores=2;0;1\nPREFIX/core: a core dump of something that it does not say\n"
                + "PREFIX/core.123: a core dump of mond\n",
                ""),
            await _mon.RunAsync("check", "cores"));
        Assert.Equal(1, (await _mon.RunAsync("check", "cores", "--critical=3")).ExitCode);
    }

    [Fact]
    public async Task Cores_OnlyOfOthers_AreNone()
    {
        var folder = Directory.CreateDirectory(_mon.Paths.Prefix + "/crash").FullName;
        WriteCore($"{folder}/core.9", "check_ping");
        await File.WriteAllTextAsync($"{folder}/core.js", "let x = 1;");

        Assert.Equal(new CliRun(0, "OK: No corefiles found|cores=0;0;1\n", ""), await _mon.RunAsync("check", "cores"));
        Assert.Equal(
            new CliRun(
                0,
                "OK: No (valid) corefiles found|cores=0;0;1\nPREFIX/crash/core.9: of check_ping\nPREFIX/crash/core.js: no core dump\n",
                ""),
            await _mon.RunAsync("check", "cores", "--dir=" + folder, "--debug"));
        Assert.Equal(
            "OK: No (valid) corefiles found|cores=0;0;1\nPREFIX/crash/core.9: of check_ping, deleted\n",
            (await _mon.RunAsync("check", "cores", "--dir=" + folder, "--delete")).Out);
        Assert.Equal([$"{folder}/core.js"], Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Cores_CutOffAnywhere_StillCountAndBreakNothing()
    {
        var whole = CoreOf("mond");
        var path = $"{_mon.Paths.Prefix}/core.1";
        foreach (var length in Enumerable.Range(64, whole.Length - 64))
        {
            await File.WriteAllBytesAsync(path, whole[..length]);
            Assert.Equal(2, (await _mon.RunAsync("check", "cores")).ExitCode);
        }
    }

    [Fact]
    public async Task Cores_FolderNotThere_IsUnknown() =>
        Assert.Equal(
            new CliRun(3, "UNKNOWN: no such folder: /nowhere\n", ""), await _mon.RunAsync("check", "cores", "--dir=/nowhere"));

    private static void Write(string path, TimeSpan age)
    {
        File.WriteAllText(path, "x");
        File.SetLastWriteTimeUtc(path, (FixedTime.Now - age).UtcDateTime);
    }

    private static void WriteCore(string path, string program) => File.WriteAllBytes(path, CoreOf(program));

    /// <summary>A head, one segment of notes, a note that is passed over, and one with the program's name where there is any.</summary>
    private static byte[] CoreOf(string program)
    {
        var core = new byte[64 + 56 + 20 + 12 + 8 + 136];
        "\u007fELF"u8.CopyTo(core);
        (core[4], core[5], core[16]) = (2, 1, 4);
        BinaryPrimitives.WriteInt64LittleEndian(core.AsSpan(32), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(core.AsSpan(56), 1);
        BinaryPrimitives.WriteUInt32LittleEndian(core.AsSpan(64), 4);
        BinaryPrimitives.WriteInt64LittleEndian(core.AsSpan(64 + 8), 120);
        BinaryPrimitives.WriteInt64LittleEndian(core.AsSpan(64 + 32), core.Length - 120);
        Note(core.AsSpan(120), name: 5, content: 0, type: 1);
        Note(core.AsSpan(140), name: 5, content: 136, type: program.Length > 0 ? 3u : 6u);
        Encoding.ASCII.GetBytes(program).CopyTo(core.AsSpan(160 + 40));
        return core;
    }

    private static void Note(Span<byte> note, uint name, uint content, uint type)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(note, name);
        BinaryPrimitives.WriteUInt32LittleEndian(note[4..], content);
        BinaryPrimitives.WriteUInt32LittleEndian(note[8..], type);
    }
}

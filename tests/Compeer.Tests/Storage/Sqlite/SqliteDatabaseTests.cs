using System.Text;
using Compeer.Cluster.Model;
using Compeer.Storage.Model;
using Compeer.Storage.Sqlite;
using Compeer.Tests.Daemon;
using Microsoft.Data.Sqlite;

namespace Compeer.Tests.Storage.Sqlite;

public sealed class SqliteDatabaseTests : IDisposable
{
    private static readonly NodeId One = new(UInt128.MaxValue - 1);
    private static readonly NodeId Two = new(2);

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("retention.db");

    [Fact]
    public void Write_ThenRead_GivesEveryFieldOfEveryValue()
    {
        Update[] written =
        [
            Value("a", 1),
            Value("a", long.MaxValue / 8) with { Setting = uint.MaxValue, Clock = ulong.MaxValue, Epoch = int.MaxValue - 1 },
            Value("b", 3) with { Origin = Two, IsRemoval = true, Payload = default },
            Value("c", 4) with { Kind = (RegisterKind)77, Rest = new byte[] { 1, 2 } },
            Value("d\ne", 5) with { Kind = RegisterKind.CheckState, Payload = new byte[300_000] },
        ];
        OriginKnowledge[] knowledge =
        [
            new(One, [new WriteRange(1, 7), new WriteRange(9, long.MaxValue / 8)], Dropped: 0),
            new(Two, [], Dropped: 5, IsPartial: true),
        ];
        using (var database = SqliteDatabase.Open(Path))
        {
            database.Write(new UnstoredValues(1, written, [], knowledge));
        }

        using var again = SqliteDatabase.Open(Path);
        var read = again.Read();
        Assert.Equal(
            written.Select(Text).Order(StringComparer.Ordinal), read.Values.Select(Text).Order(StringComparer.Ordinal));
        Assert.Equal(knowledge.Select(Text).Order(), read.Knowledge.Select(Text).Order());
    }

    [Fact]
    public void Write_NewerAndGone_ReplacesAndDeletes()
    {
        using var database = SqliteDatabase.Open(Path);
        database.Write(new UnstoredValues(1, [Value("a", 1), Value("b", 2), Value("b", 3) with { Setting = 9 }], [], []));

        database.Write(new UnstoredValues(2, [Value("a", 4)], [Key("b"), Key("not there")], []));

        Assert.Equal([("a", 4), ("b", 3)], database.Read().Values.Select(value => (Name(value), value.Sequence)).Order());
    }

    [Fact]
    public void Open_ANewOne_IsForThisUserOnly()
    {
        using var database = SqliteDatabase.Open(Path);
        database.Write(new UnstoredValues(1, [Value("a", 1)], [], []));

        Assert.All(
            Directory.GetFiles(_folder.Path, "retention.db*"),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void Open_NoDatabase_SaysThatItIsDamagedAndCanBeSetAside()
    {
        File.WriteAllText(Path, new string('x', 10_000));

        var fault = Assert.Throws<StorageException>(() => SqliteDatabase.Open(Path));
        Assert.Equal(StorageFault.Damaged, fault.Fault);
        Assert.Equal($"{Path}: it is no database, or was overwritten", fault.Message);

        var aside = SqliteDatabase.SetAside(Path, new DateTimeOffset(2026, 11, 26, 20, 15, 1, TimeSpan.FromHours(1)));
        Assert.Equal(Path + ".bad-20261126-191501", aside);
        Assert.StartsWith("xxx", File.ReadAllText(aside), StringComparison.Ordinal);
        using var database = SqliteDatabase.Open(Path);
        Assert.Empty(database.Read().Values);
    }

    [Fact]
    public void Read_OverwrittenPages_SaysThatItIsDamaged()
    {
        using (var database = SqliteDatabase.Open(Path))
        {
            database.Write(new UnstoredValues(1, [.. Enumerable.Range(1, 2_000).Select(i => Value($"{i}", i))], [], []));
        }

        using (var file = File.OpenWrite(Path))
        {
            file.Position = 4096 * 2;
            file.Write(new byte[4096 * 20].Select(_ => (byte)0xA5).ToArray());
        }

        using var damaged = SqliteDatabase.Open(Path);
        Assert.Equal(StorageFault.Damaged, Assert.Throws<StorageException>(damaged.Read).Fault);
        Assert.NotEmpty(DatabaseMaintenance.Check(Path));
    }

    /// <summary>One page in the middle: what stands before and behind it is there, also when the log has not been put into the file
    /// yet.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Salvage_OverwrittenPage_HasWhatStandsBeforeAndBehind(bool isInLog)
    {
        using (var database = SqliteDatabase.Open(Path))
        {
            database.Write(new UnstoredValues(
                1,
                [
                    .. Enumerable.Range(1000, 2_000).Select(i => Value($"{i}", i) with { Kind = RegisterKind.CheckState }),
                    .. Enumerable.Range(1, 5).Select(i => Value($"word {i}", i)),
                ],
                [],
                [new OriginKnowledge(One, [new WriteRange(1, 7)], 0)]));
        }

        using (var file = File.OpenWrite(Path))
        {
            file.Position = 4096 * (file.Length / 4096 / 2);
            file.Write(new byte[4096].Select(_ => (byte)0xA5).ToArray());
        }

        using (var connection = SqliteDatabase.Connect(Path, SqliteOpenMode.ReadWrite))
        {
            if (isInLog)
            {
                Schema.Execute(
                    connection,
                    "INSERT INTO value VALUES (3, x'01', 0, x'00000000000000000000000000000001', 1, 1, 0, 0, x'', x'')");
                File.Copy(Path, Path + ".copy");
                File.Copy(Path + "-wal", Path + ".copy-wal");
            }
        }

        var copy = isInLog ? Path + ".copy" : Path;
        var bytes = File.ReadAllBytes(copy);
        var salvaged = SqliteDatabase.Salvage(copy);

        var states = salvaged.Values.Where(value => value.Kind == RegisterKind.CheckState).Select(Name).Order().ToArray();
        Assert.InRange(states.Length, 1_900, 1_999);
        Assert.Equal(("1000", "2999"), (states[0], states[^1]));
        Assert.Equal(5, salvaged.Values.Count(value => Name(value).StartsWith("word ", StringComparison.Ordinal)));
        Assert.Equal(isInLog, salvaged.Values.Any(value => value.Kind == (RegisterKind)3));
        Assert.Empty(salvaged.Knowledge);
        Assert.Equal(bytes, File.ReadAllBytes(copy));
    }

    [Fact]
    public void Salvage_NothingLeft_IsNothing()
    {
        File.WriteAllText(Path, new string('x', 10_000));
        Assert.Empty(SqliteDatabase.Salvage(Path).Values);
    }

    [Fact]
    public void Open_LaterVersion_IsRefusedAndLeftAsItIs()
    {
        using (SqliteDatabase.Open(Path))
        {
        }

        Sql("PRAGMA user_version = 3");

        var fault = Assert.Throws<StorageException>(() => SqliteDatabase.Open(Path));
        Assert.Equal(StorageFault.Foreign, fault.Fault);
        Assert.StartsWith(
            $"{Path}: it has version 3, this program understands 2; it is left as it is: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DatabaseOfAnotherProgram_IsRefused()
    {
        Sql("CREATE TABLE cookies (name TEXT)");

        var fault = Assert.Throws<StorageException>(() => SqliteDatabase.Open(Path));
        Assert.Equal(StorageFault.Foreign, fault.Fault);
        Assert.Contains("a database of another program", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>As a kill at the very first start leaves it: not another program's, and the next start fills it.</summary>
    [Fact]
    public void Check_EmptyFile_SaysSoAndTheNextStartFillsIt()
    {
        File.WriteAllBytes(Path, []);

        var fault = Assert.Throws<StorageException>(() => DatabaseMaintenance.Check(Path));
        Assert.Equal($"{Path}: it is empty; mond fills it when it starts", fault.Message);
        SqliteDatabase.Open(Path).Dispose();
        Assert.Empty(DatabaseMaintenance.Check(Path));
    }

    [Theory]
    [InlineData("UPDATE value SET origin = x'00'")]
    [InlineData("UPDATE value SET sequence = -1")]
    [InlineData("UPDATE value SET removed = 2")]
    [InlineData("UPDATE knowledge SET ranges = x'0000000000000005000000000000000400'")]
    [InlineData("UPDATE knowledge SET ranges = x'00000000000000050000000000000004'")]
    public void Read_RowThatNoVersionWrites_IsDamaged(string sql)
    {
        using (var database = SqliteDatabase.Open(Path))
        {
            database.Write(new UnstoredValues(1, [Value("a", 1)], [], [new OriginKnowledge(One, [new WriteRange(1, 1)], 0)]));
        }

        Sql(sql);
        using var again = SqliteDatabase.Open(Path);

        Assert.Equal(StorageFault.Damaged, Assert.Throws<StorageException>(again.Read).Fault);
    }

    [Fact]
    public void ReadOnly_FileThatCannotBeWritten_HasWhatIsThere()
    {
        using (var database = SqliteDatabase.Open(Path))
        {
            database.Write(new UnstoredValues(1, [Value("a", 1)], [], []));
        }

        Assert.Equal("a", Name(Assert.Single(SqliteDatabase.ReadOnly(Path).Values)));
        Assert.Empty(SqliteDatabase.ReadOnly(_folder.File("missing.db")).Values);
    }

    /// <summary>What is read before it is known whether the daemon starts: only what a start would take as it is.</summary>
    [Fact]
    public void Ahead_OnlyWholeOnesOfThisVersion_AreOpened()
    {
        Assert.Null(SqliteDatabase.Ahead(Path));
        Assert.False(File.Exists(Path));
        File.WriteAllBytes(Path, []);
        Assert.Null(SqliteDatabase.Ahead(Path));
        using (var database = SqliteDatabase.Open(Path))
        {
            database.Write(new UnstoredValues(1, [Value("a", 1)], [], []));
        }

        (var opened, var found) = SqliteDatabase.Ahead(Path)!.Value;
        Assert.Equal("a", Name(Assert.Single(found.Values)));
        opened.Write(new UnstoredValues(2, [Value("b", 2)], [], []));
        opened.Dispose();

        File.Copy(Path, Path + ".copy");
        Sql("DROP TABLE stream; DROP TABLE entry; DROP TABLE told; PRAGMA user_version = 1");
        Assert.Null(SqliteDatabase.Ahead(Path));
        File.Copy(Path + ".copy", Path, overwrite: true);
        Sql("UPDATE value SET sequence = -1");
        Assert.Null(SqliteDatabase.Ahead(Path));
        File.WriteAllBytes(Path + "-wal", new byte[100]);
        Assert.Null(SqliteDatabase.Ahead(Path));
        Assert.Equal(100, new FileInfo(Path + "-wal").Length);
    }

    [Fact]
    public void Backup_WhileItIsUsed_IsWholeAndReadable()
    {
        using var database = SqliteDatabase.Open(Path);
        database.Write(new UnstoredValues(1, [Value("a", 1)], [], []));
        var copy = _folder.File("copy.db");

        DatabaseMaintenance.Backup(Path, copy);
        database.Write(new UnstoredValues(2, [Value("b", 2)], [], []));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(copy));
        using var read = SqliteDatabase.Open(copy);
        Assert.Equal("a", Name(Assert.Single(read.Read().Values)));
        Assert.Contains(
            "something is there already", Assert.Throws<StorageException>(() => DatabaseMaintenance.Backup(Path, copy)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Vacuum_AfterMuchWasDeleted_IsSmallerAndWhole()
    {
        using var database = SqliteDatabase.Open(Path);
        Update[] many = [.. Enumerable.Range(1, 5_000).Select(i => Value($"{i}", i) with { Payload = new byte[500] })];
        database.Write(new UnstoredValues(1, many, [], []));
        database.Write(new UnstoredValues(2, [], [.. many.Skip(1).Select(value => Key(Name(value)))], []));

        (var before, var after) = DatabaseMaintenance.Vacuum(Path);

        Assert.True(after < before / 4, $"{before} bytes became {after}");
        Assert.Empty(DatabaseMaintenance.Check(Path));
        Assert.Single(database.Read().Values);
        database.Write(new UnstoredValues(3, [Value("still written", 9_000)], [], []));
    }

    public void Dispose() => _folder.Dispose();

    private static Update Value(string key, long sequence) =>
        new(One, sequence, 5, RegisterKind.OperatorSettings, Encoding.UTF8.GetBytes(key), new byte[] { 1, 2, 3 });

    private static RegisterKey Key(string key) => new(RegisterKind.OperatorSettings, Encoding.UTF8.GetBytes(key));

    private static string Name(Update update) => Encoding.UTF8.GetString(update.Key.Span);

    private static string Text(Update update) =>
        $"{Name(update)} {update.Kind} {update.Setting} {update.Origin} {update.Sequence} {update.Clock} {update.Epoch} {update.IsRemoval} "
        + $"{Convert.ToHexString(update.Payload.Span)} {Convert.ToHexString(update.Rest.Span)}";

    private static string Text(OriginKnowledge entry) =>
        $"{entry.Origin} {string.Join(',', entry.Known)} {entry.Dropped} {entry.IsPartial}";

    private void Sql(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

using Compeer.Cli.Keys;

namespace Compeer.Tests.Cli.Keys;

public sealed class KeyLineTests
{
    [Fact]
    public async Task Message_WrittenAndRead_IsTheSame()
    {
        KeyLine[] lines = [new(KeyVerb.From, "peer01"), new(KeyVerb.Give, ""), new(KeyVerb.Did, "a b\nc")];
        using var written = new StringWriter();
        await KeyLine.WriteAsync(written, lines, CancellationToken.None);

        Assert.Equal("compeer-keys 1\nFrom peer01\nGive \nDid a b c\nend\n", written.ToString());
        Assert.Equal([lines[0], lines[1], new KeyLine(KeyVerb.Did, "a b c")], (await ReadAsync(written.ToString()))!);
    }

    [Fact]
    public async Task Read_WordsOfAShellAndUnknownLines_AreSkipped() =>
        Assert.Equal(
            [new KeyLine(KeyVerb.From, "x")],
            (await ReadAsync("Welcome to peer02\nFrom nobody\ncompeer-keys 1\nLater things\n7 x\n99 y\nFrom x\n\nend\nmore\n"))!);

    [Theory]
    [InlineData("")]
    [InlineData("compeer-keys 1\nFrom x\n")]
    [InlineData("end\n")]
    public async Task Read_EndBeforeTheEnd_IsNone(string text) => Assert.Null(await ReadAsync(text));

    [Fact]
    public async Task Read_WhatDoesNotEnd_IsNone()
    {
        Assert.Null(await ReadAsync("compeer-keys 1\n" + string.Concat(Enumerable.Repeat("From x\n", 20_000)) + "end\n"));
        Assert.Null(await ReadAsync($"compeer-keys 1\nFrom {new string('x', 100_000)}\nend\n"));
    }

    [Fact]
    public async Task Task_AsLines_IsTheSame()
    {
        var key = PublicSshKey.Parse("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJb6rZJ5bGqZ0Cw3lqkWnOQ0yEo2eY5mYy7rQ0wV6c3L a b")!;
        var task = new AccountTask(NeedsKey: true, [key], [new KnownHost("[p]:23", key)]);
        using var written = new StringWriter();
        await KeyLine.WriteAsync(written, task.ToLines(), CancellationToken.None);
        var read = AccountTask.FromLines([.. (await ReadAsync(written.ToString()))!]);

        Assert.Equal((true, key, new KnownHost("[p]:23", key)), (read.NeedsKey, read.Authorize.Single(), read.Known.Single()));
    }

    private static async Task<KeyLine[]?> ReadAsync(string text)
    {
        using var reader = new StringReader(text);
        return (await KeyLine.ReadAsync(reader, CancellationToken.None))?.ToArray();
    }
}

using Compeer.Cli.Keys;

namespace Compeer.Tests.Cli.Keys;

public sealed class AuthorizedKeysTests
{
    private const string Blob = "AAAAC3NzaC1lZDI1NTE5AAAAIJb6rZJ5bGqZ0Cw3lqkWnOQ0yEo2eY5mYy7rQ0wV6c3L";
    private const string Line = "ssh-ed25519 " + Blob + " root@peer01";

    private static readonly PublicSshKey Key = PublicSshKey.Parse(Line)!;

    [Theory]
    [InlineData("", Line + "\n")]
    [InlineData("ssh-rsa AAAAother x\n", Line + "\n")]
    [InlineData("ssh-rsa AAAAother x", "\n" + Line + "\n")]
    [InlineData("# " + Line + "\n", Line + "\n")]
    [InlineData(Line + "\n", "")]
    [InlineData("ssh-ed25519 " + Blob + " another comment", "")]
    [InlineData("from=\"10.0.0.1\",no-pty ssh-ed25519 " + Blob + "\n", "")]
    [InlineData("  \t" + Line + "\r\n", "")]
    public void Missing_File_GetsTheKeyOnceAndKeepsTheRest(string content, string added)
    {
        Assert.Equal(added, AuthorizedKeys.Missing(content, [Key]));
        Assert.Equal("", AuthorizedKeys.Missing(content + added, [Key, Key]));
    }

    [Fact]
    public void Missing_SameKeyTwice_IsWrittenOnce() => Assert.Equal(Line + "\n", AuthorizedKeys.Missing("", [Key, Key]));

    [Theory]
    [InlineData(Line)]
    [InlineData("  " + Line + "  ")]
    [InlineData("ssh-ed25519 " + Blob)]
    [InlineData("sk-ssh-ed25519@openssh.com " + Blob + " a b c")]
    public void Parse_PublicKey_IsTaken(string line) => Assert.Equal(Blob, PublicSshKey.Parse(line)!.Blob);

    [Theory]
    [InlineData("")]
    [InlineData("ssh-ed25519")]
    [InlineData("ssh-ed25519 not!base64atall")]
    [InlineData("command=\"rm\" ssh-ed25519 " + Blob)]
    [InlineData("hello " + Blob)]
    [InlineData("ssh-ed25519 " + Blob + " two\nssh-rsa lines")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----")]
    public void Parse_WhatIsNoKey_IsNone(string line) => Assert.Null(PublicSshKey.Parse(line));
}

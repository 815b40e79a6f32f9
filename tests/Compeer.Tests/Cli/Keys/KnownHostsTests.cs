using Compeer.Cli.Keys;

namespace Compeer.Tests.Cli.Keys;

public sealed class KnownHostsTests
{
    private const string Blob = "AAAAC3NzaC1lZDI1NTE5AAAAIJb6rZJ5bGqZ0Cw3lqkWnOQ0yEo2eY5mYy7rQ0wV6c3L";

    // ssh-keygen -H made it of "peer02 ssh-ed25519 …".
    private const string Hashed = "|1|c2FsdHNhbHRzYWx0c2FsdHNhbHQ=|";

    private static readonly KnownHost Host = new("peer02", PublicSshKey.Parse("ssh-ed25519 " + Blob)!);

    [Theory]
    [InlineData("", null)]
    [InlineData("peer03 ssh-ed25519 XXXX\n", null)]
    [InlineData("peer02 ssh-rsa XXXX\n", null)]
    [InlineData("peer02 ssh-ed25519 XXXX\n", "XXXX")]
    [InlineData("# peer02 ssh-ed25519 XXXX\npeer02 ssh-ed25519 YYYY", "YYYY")]
    [InlineData("@revoked peer02 ssh-ed25519 XXXX\n", null)]
    [InlineData("10.0.0.2,PEER02 ssh-ed25519 XXXX comment\n", "XXXX")]
    [InlineData("[peer02]:23 ssh-ed25519 XXXX\n", null)]
    [InlineData("|1|broken ssh-ed25519 XXXX\n", null)]
    public void Find_Entry_IsByNameAndType(string content, string? blob) => Assert.Equal(blob, KnownHosts.Find(content, Host));

    [Fact]
    public void Find_HashedName_IsFound()
    {
        var salt = Convert.FromBase64String("c2FsdHNhbHRzYWx0c2FsdHNhbHQ=");
#pragma warning disable CA5350 // The format is OpenSSH's.
        var hash = Convert.ToBase64String(System.Security.Cryptography.HMACSHA1.HashData(salt, "peer02"u8));
#pragma warning restore CA5350

        Assert.Equal("XXXX", KnownHosts.Find($"{Hashed}{hash} ssh-ed25519 XXXX\n", Host));
        Assert.Null(KnownHosts.Find($"{Hashed}{hash} ssh-ed25519 XXXX\n", Host with { Name = "peer03" }));
    }

    [Theory]
    [InlineData("", "peer02 ssh-ed25519 " + Blob + "\n")]
    [InlineData("x", "\npeer02 ssh-ed25519 " + Blob + "\n")]
    public void Line_Added_IsFound(string content, string line)
    {
        Assert.Equal(line, KnownHosts.Line(content, Host));
        Assert.Equal(Blob, KnownHosts.Find(content + line, Host));
    }

    [Theory]
    [InlineData("peer02", null, "peer02")]
    [InlineData("peer02", "22", "peer02")]
    [InlineData("10.0.0.2", "23", "[10.0.0.2]:23")]
    public void NameOf_Port_IsPartOfTheNameUnlessUsual(string address, string? port, string name) =>
        Assert.Equal(name, KnownHost.NameOf(address, port));
}

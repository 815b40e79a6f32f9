using System.Net;
using Compeer.Daemon.Nrdp;
using Compeer.Daemon.Passive;
using Compeer.Tests.Daemon.Passive;

namespace Compeer.Tests.Daemon.Nrdp;

/// <summary>What <c>nrdp.cfg</c> says.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class NrdpSettingsReaderTests
{
    private const string Token = "token=0123456789abcdef\n";

    [Fact]
    public void Read_EachKey_HasItsEffect()
    {
        var file = SettingsFile.Of("nrdp.cfg", Token + """
            token=another-long-token
            command_token=for-commands-too
            server_address=::
            server_port=443
            certificate=/etc/ssl/a.pem
            certificate_key=/etc/ssl/a.key
            allowed_hosts=10.0.0.0/8
            """);
        var settings = NrdpSettingsReader.Read(file)!;
        Assert.Empty(file.Errors.Concat(file.Warnings));
        Assert.Equal(IPEndPoint.Parse("[::]:443"), settings.EndPoint);
        Assert.Equal(("/etc/ssl/a.pem", "/etc/ssl/a.key"), (settings.Certificate, settings.CertificateKey));
        Assert.False(settings.AllowedHosts.Allows(IPAddress.Loopback));
        Assert.Equal(
            [true, true, true, false, false],
            new[] { "0123456789abcdef", "another-long-token", "for-commands-too", "0123456789abcde", "" }
                .Select(settings.Tokens.MaySendResults));
        Assert.Equal(
            [false, true], new[] { "0123456789abcdef", "for-commands-too" }.Select(settings.Tokens.MayGiveCommands));
    }

    [Fact]
    public void Read_TheLeast_ListensOnLoopbackAndTakesNoCommands()
    {
        var settings = NrdpSettingsReader.Read(SettingsFile.Of("nrdp.cfg", Token))!;
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:5669"), settings.EndPoint);
        Assert.False(settings.Tokens.AllowsCommands);
    }

    [Theory]
    [InlineData("server_port=1", "token is not set")]
    [InlineData(Token + "tokens=x", "nrdp.cfg:2: tokens: there is no such setting")]
    [InlineData(Token + "server_address=nowhere", "server_address: it must be an address")]
    [InlineData(Token + "allowed_hosts=nowhere", "allowed_hosts: 'nowhere' is no address")]
    [InlineData(Token + "certificate_key=a", "certificate_key is set, and certificate is not")]
    public void Read_WhatIsWrong_IsTold(string text, string error)
    {
        var file = SettingsFile.Of("nrdp.cfg", text);
        Assert.Null(NrdpSettingsReader.Read(file));
        Assert.Contains(file.Errors, line => line.Contains(error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, true)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, false)]
    public void Read_AFileThatOthersMayRead_IsRefused(UnixFileMode mode, bool isTaken)
    {
        using var site = new PassiveSite();
        var path = site.Folder.Write("nrdp.cfg", Token);
        File.SetUnixFileMode(path, mode);
        Assert.Equal(isTaken, NrdpSettingsReader.Read(SettingsFile.Read(path)) is not null);
    }

    [Fact]
    public void Read_AShortToken_IsWarnedOf()
    {
        var file = SettingsFile.Of("nrdp.cfg", "token=short");
        Assert.NotNull(NrdpSettingsReader.Read(file));
        Assert.Equal(["nrdp.cfg: a token has less than 12 characters and can be guessed"], file.Warnings);
    }
}

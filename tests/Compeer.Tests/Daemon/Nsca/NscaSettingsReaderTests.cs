using System.Net;
using System.Text;
using Compeer.Daemon.Nsca;
using Compeer.Daemon.Passive;

namespace Compeer.Tests.Daemon.Nsca;

/// <summary>What <c>nsca.cfg</c> says.</summary>
public sealed class NscaSettingsReaderTests
{
    private const string Blank = " ";
    private const string Enough = "password=geheim\ndecryption_method=14\n";

    [Fact]
    public void Read_ASampleOfNsca_HasEachKeyInEffectOrNamed()
    {
        var file = SettingsFile.Of("nsca.cfg", $"""
            # LOG FACILITY
            log_facility=daemon
            #check_result_path=/usr/local/nagios/var/checkresults
            pid_file=/var/run/nsca.pid

            server_port=5777
            server_address=10.1.2.3
            nsca_user=nagios
            nsca_group=nogroup
            #nsca_chroot=/var/run/nagios/rw
            debug=1
            command_file=/var/lib/nagios3/rw/nagios.cmd
            alternate_dump_file=/var/run/nagios/nsca.dump
            aggregate_writes=0
            append_to_file=0
            max_packet_age=60
            password= a pass=word{Blank}
            decryption_method=8
            strict_mode_spoofing=1
            allowed_hosts=10.0.0.0/8, 192.168.1.1
            """);
        var settings = NscaSettingsReader.Read(file);
        Assert.Empty(file.Errors);
        Assert.Equal(IPEndPoint.Parse("10.1.2.3:5777"), settings!.EndPoint);
        Assert.Equal(" a pass=word ", Encoding.ASCII.GetString(settings.Password));
        Assert.Equal("BLOWFISH", settings.Method.Name);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.MaxPacketAge);
        Assert.True(settings.TellsEach && settings.ChecksNames);
        Assert.True(settings.AllowedHosts.Allows(IPAddress.Parse("10.9.9.9")));
        Assert.False(settings.AllowedHosts.Allows(IPAddress.Parse("11.9.9.9")));
        Assert.Equal(
            ["nsca.cfg: without effect inside mond: log_facility, pid_file, nsca_user, nsca_group, command_file, "
                + "alternate_dump_file, aggregate_writes, append_to_file"],
            file.Warnings);
    }

    [Fact]
    public void Read_TheLeast_ListensOnLoopbackWithNscasDefaults()
    {
        var settings = NscaSettingsReader.Read(SettingsFile.Of("nsca.cfg", Enough))!;
        Assert.Equal(IPEndPoint.Parse("127.0.0.1:5667"), settings.EndPoint);
        Assert.Equal(TimeSpan.FromSeconds(30), settings.MaxPacketAge);
        Assert.False(settings.TellsEach || settings.ChecksNames);
        Assert.True(settings.AllowedHosts.Allows(IPAddress.Parse("1.2.3.4")));
    }

    [Theory]
    [InlineData("password=geheim", "decryption_method is not set; NSCA takes 1 then, which protects nothing")]
    [InlineData("decryption_method=14", "password is not set")]
    [InlineData("password=\ndecryption_method=14", "nsca.cfg:1: it is not of the form name=value")]
    [InlineData(Enough + "pasword=geheim", "nsca.cfg:3: pasword: there is no such setting")]
    [InlineData(Enough + "server_port=70000", "nsca.cfg:3: server_port: it must be a number from 1 to 65535")]
    [InlineData(Enough + "server_address=myhost", "server_address: it must be an address of this machine")]
    [InlineData(Enough + "max_packet_age=901", "max_packet_age: it must be a number from 0 to 900")]
    [InlineData(Enough + "allowed_hosts=10.0.0.0/99", "allowed_hosts: '10.0.0.0/99' is no address and no network")]
    [InlineData(Enough + "debug=yes", "debug: it must be a number")]
    [InlineData("password=geheim\ndecryption_method=12", "decryption_method: there is no such method here; there are 0 (none), 1 (XOR)")]
    public void Read_WhatIsWrong_IsToldWithoutTheSecret(string text, string error)
    {
        var file = SettingsFile.Of("nsca.cfg", text);
        Assert.Null(NscaSettingsReader.Read(file));
        Assert.Contains(file.Errors, line => line.Contains(error, StringComparison.Ordinal));
        Assert.DoesNotContain(file.Errors, line => line.Contains("geheim", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, "none")]
    [InlineData(1, "XOR")]
    [InlineData(2, "DES")]
    public void Read_AWeakMethod_IsTakenWithAWarning(int number, string name)
    {
        var file = SettingsFile.Of("nsca.cfg", $"password=geheim\ndecryption_method={number}");
        Assert.NotNull(NscaSettingsReader.Read(file));
        Assert.Equal(
            [$"nsca.cfg: decryption_method {number} ({name}) does not keep anybody from reading or forging results"], file.Warnings);
    }

    [Fact]
    public void Read_NoAgeLimit_IsWarnedOf()
    {
        var file = SettingsFile.Of("nsca.cfg", Enough + "max_packet_age=0");
        Assert.Equal(TimeSpan.Zero, NscaSettingsReader.Read(file)!.MaxPacketAge);
        Assert.Contains(file.Warnings, line => line.Contains("max_packet_age is 0", StringComparison.Ordinal));
    }
}

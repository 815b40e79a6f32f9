using System.Net;
using Compeer.Daemon.Passive;

namespace Compeer.Tests.Daemon.Passive;

/// <summary>Who may connect.</summary>
public sealed class AddressListTests
{
    [Theory]
    [InlineData("10.0.0.0/8 192.168.1.7,fd00::/8", "10.200.1.1", true)]
    [InlineData("10.0.0.0/8 192.168.1.7,fd00::/8", "192.168.1.7", true)]
    [InlineData("10.0.0.0/8 192.168.1.7,fd00::/8", "::ffff:192.168.1.7", true)]
    [InlineData("10.0.0.0/8 192.168.1.7,fd00::/8", "192.168.1.8", false)]
    [InlineData("10.0.0.0/8 192.168.1.7,fd00::/8", "fd12::1", true)]
    [InlineData("10.0.0.0/8 192.168.1.7,fd00::/8", "fe80::1", false)]
    [InlineData("::ffff:192.168.1.7", "192.168.1.7", true)]
    public void Allows_AddressesOfTheList_AndNoOthers(string list, string address, bool expected) =>
        Assert.Equal(expected, AddressList.Parse(list, out _)!.Allows(IPAddress.Parse(address)));

    [Theory]
    [InlineData("", "it names no address")]
    [InlineData(" , ", "it names no address")]
    [InlineData("10.0.0.1, everybody", "'everybody' is no address and no network")]
    [InlineData("10.0.0.1/33", "'10.0.0.1/33' is no address and no network")]
    public void Parse_WhatIsNoList_SaysWhy(string list, string expected)
    {
        Assert.Null(AddressList.Parse(list, out var problem));
        Assert.Equal(expected, problem);
    }
}

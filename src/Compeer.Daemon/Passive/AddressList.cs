using System.Collections.Immutable;
using System.Net;

namespace Compeer.Daemon.Passive;

/// <summary>Addresses that may connect: single ones and networks (<c>10.0.0.0/8</c>). An empty list lets everybody in that reaches the
/// address on which is listened.</summary>
internal sealed class AddressList
{
    private readonly ImmutableArray<IPNetwork> _networks;

    private AddressList(ImmutableArray<IPNetwork> networks) => _networks = networks;

    /// <summary>One that lets everybody in.</summary>
    public static AddressList Everybody { get; } = new([]);

    /// <summary>Reads a list with commas or blanks between its entries.</summary>
    /// <param name="text">The list.</param>
    /// <param name="problem">The entry that is neither an address nor a network.</param>
    public static AddressList? Parse(string text, out string problem)
    {
        var networks = ImmutableArray.CreateBuilder<IPNetwork>();
        foreach (var entry in text.Split([',', ' ', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (IPAddress.TryParse(entry, out var address))
            {
                var plain = Plain(address);
                networks.Add(new IPNetwork(plain, 8 * plain.GetAddressBytes().Length));
            }
            else if (IPNetwork.TryParse(entry, out var network))
            {
                networks.Add(network);
            }
            else
            {
                problem = $"'{entry}' is no address and no network";
                return null;
            }
        }

        problem = networks.Count == 0 ? "it names no address" : "";
        return networks.Count == 0 ? null : new AddressList(networks.ToImmutable());
    }

    /// <summary>Whether this address may connect.</summary>
    public bool Allows(IPAddress address)
    {
        var plain = Plain(address);
        return _networks.IsEmpty || _networks.Any(network => network.Contains(plain));
    }

    /// <summary>An address of IPv4 that came in by a socket of IPv6 is the one that people write.</summary>
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}

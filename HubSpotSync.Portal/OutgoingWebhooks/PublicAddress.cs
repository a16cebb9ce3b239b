using System.Net;
using System.Net.Sockets;

namespace HubSpotSync.Portal.OutgoingWebhooks;

/// <summary>
/// Tells addresses of the internet from those of this machine and of networks that only insiders reach (IANA's special
/// purpose registries). What an IPv6 address carries of an IPv4 one counts as that one.
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(network => IPNetwork.Parse(network)),
    ];

    // What is not in here is not routed: loopback, link-local, unique local, multicast, tunnels.
    private static readonly IPNetwork Routed = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialSixes =
        [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16")];

    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return !Special.Any(network => network.Contains(address));
        }

        if (address.IsIPv4MappedToIPv6 || Translated.Contains(address))
        {
            return Is(new IPAddress(address.GetAddressBytes().AsSpan()[^4..]));
        }

        return Routed.Contains(address) && !SpecialSixes.Any(network => network.Contains(address));
    }
}

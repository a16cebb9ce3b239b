using System.Net;

namespace HubSpotSync.Portal.OutgoingWebhooks;

/// <summary>What may be called. Where a name leads is looked at by who calls it: it may lead elsewhere then.</summary>
internal static class WebhookUrl
{
    private const int Longest = 1000;

    /// <returns>What is wrong with it; <c>null</c>: nothing.</returns>
    public static string? ProblemOf(string? text, bool allowsPrivate)
    {
        if (text is null || text.Length > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("https" or "http") || url.Host.Length == 0)
        {
            return "This is no address: it needs a form like https://example.com/hooks.";
        }

        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return "Leave user, password and fragment out of the address. Deliveries are signed instead.";
        }

        if (allowsPrivate)
        {
            return null;
        }

        return url.Scheme != "https" ? "It has to begin with https, so that nobody on the way reads or changes it."
            : url.IsLoopback || (IPAddress.TryParse(url.IdnHost.Trim('[', ']'), out var ip) && !PublicAddress.Is(ip))
                ? PrivateWords
            : null;
    }

    public const string PrivateWords =
        "It leads to this machine or into a private network, which is not called. Give an address of the internet.";
}

using System.Security.Cryptography;

namespace HubSpotSync.Portal.Web;

/// <summary>A page whose script, another maker's, writes styles while it runs. Nothing else is looser.</summary>
internal sealed class StylesItself
{
    /// <summary>Lets the one script in the page run that was written with it.</summary>
    public static string NonceFor(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        context.Items[typeof(StylesItself)] = nonce;
        return nonce;
    }

    public static string? NonceOf(HttpContext context) => context.Items[typeof(StylesItself)] as string;
}

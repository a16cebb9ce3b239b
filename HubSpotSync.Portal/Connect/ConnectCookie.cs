namespace HubSpotSync.Portal.Connect;

/// <summary>Binds a state to the browser that began it. On https its name forbids that another host sets it.</summary>
internal static class ConnectCookie
{
    private const string Name = "hubspotsync.connect";

    public static void Set(HttpContext context, string nonce) =>
        context.Response.Cookies.Append(NameOf(context), nonce, Options(context, ConnectStates.Lifetime));

    /// <summary>Reads it and takes it away: a state is good for one use.</summary>
    public static string? Take(HttpContext context)
    {
        var nonce = context.Request.Cookies[NameOf(context)];
        context.Response.Cookies.Delete(NameOf(context), Options(context, null));
        return nonce;
    }

    private static string NameOf(HttpContext context) => context.Request.IsHttps ? $"__Host-{Name}" : Name;

    private static CookieOptions Options(HttpContext context, TimeSpan? lifetime) => new()
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = lifetime,
        Path = "/",
        SameSite = SameSiteMode.Lax, // it has to come along when HubSpot sends the person back
        Secure = context.Request.IsHttps,
    };
}

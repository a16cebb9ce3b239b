namespace HubSpotSync.Portal.Connect;

/// <summary>
/// Binds what a person began to the browser they began it in. On https the cookie's name forbids that another host sets
/// it.
/// </summary>
internal sealed class BrowserNonce
{
    private readonly string _name;

    private BrowserNonce(string name) => _name = name;

    /// <summary>Of a state that went to HubSpot.</summary>
    public static BrowserNonce OfState { get; } = new("hubspotsync.connect");

    /// <summary>Of the question which of two accounts it shall be.</summary>
    public static BrowserNonce OfSwitch { get; } = new("hubspotsync.switch");

    public void Set(HttpContext context, string nonce) =>
        context.Response.Cookies.Append(NameOn(context), nonce, Options(context, ConnectStates.Lifetime));

    public string? Read(HttpContext context) => context.Request.Cookies[NameOn(context)];

    /// <summary>Reads it and takes it away: it is good for one use.</summary>
    public string? Take(HttpContext context)
    {
        var nonce = Read(context);
        context.Response.Cookies.Delete(NameOn(context), Options(context, null));
        return nonce;
    }

    private string NameOn(HttpContext context) => context.Request.IsHttps ? $"__Host-{_name}" : _name;

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

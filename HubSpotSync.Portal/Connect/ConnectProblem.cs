namespace HubSpotSync.Portal.Connect;

/// <summary>Why connecting did not work: cause, what to do, and the code in small type.</summary>
internal sealed record ConnectProblem(string Title, string Text, string Code)
{
    private const string Nothing = " Nothing was stored.";

    public static ConnectProblem Denied { get; } = new(
        "You declined in HubSpot",
        "HubSpot asked you to allow the connection, and it was not allowed. Connect again when you are ready."
        + Nothing,
        "access_denied");

    public static ConnectProblem NoCode { get; } = new(
        "HubSpot sent no answer",
        "You came back from HubSpot without its code. Start again from the connect page." + Nothing,
        "missing_code");

    public static ConnectProblem Unreachable { get; } = new(
        "HubSpot does not answer",
        "We could not reach HubSpot to finish. That is between this server and HubSpot, and passes most times. "
        + "Try again in a minute." + Nothing,
        "unreachable");

    public static ConnectProblem Of(StateProblem problem) => problem switch
    {
        StateProblem.Expired => new(
            "That took longer than ten minutes",
            "For your safety a connection has to be finished within ten minutes. Start again." + Nothing,
            "state_expired"),
        StateProblem.Used => new(
            "This link was used already",
            "You came back with an answer that was already taken, or your browser keeps no cookies. "
            + "Look whether the account is connected; if not, start again." + Nothing,
            "state_used"),
        StateProblem.Foreign => new(
            "This connection was begun by somebody else",
            "The answer belongs to another user or another browser. Start again here, signed in as yourself." + Nothing,
            "state_foreign"),
        _ => new(
            "We can't read this answer",
            "The address you came back with is not one of ours, or it was changed on the way. Start again." + Nothing,
            "state_unreadable"),
    };

    public static ConnectProblem OfHubSpot(string error) => error == "access_denied" ? Denied : new(
        "HubSpot could not go on",
        "HubSpot sent you back with an error of its own. Try again; if it stays, "
        + "look up the code below in HubSpot's help." + Nothing,
        error.Length > 60 ? error[..60] : error);

    public static ConnectProblem OfToken(string reason) => reason switch
    {
        "BAD_AUTH_CODE" => new(
            "HubSpot no longer takes this code",
            "The code of your consent was used before or has ended. Start again." + Nothing,
            reason),
        "BAD_CLIENT_SECRET" or "BAD_CLIENT_ID" or "invalid_client" => new(
            "HubSpot doesn't accept this installation's app secret",
            "Your setting: the app id or secret of this installation is not the one HubSpot has. Whoever runs it sets "
            + "Parameters__hubspot_client_id and Parameters__hubspot_client_secret to the values of the app in your "
            + "HubSpot developer account, and starts it again." + Nothing,
            reason),
        "BAD_REDIRECT_URI" => new(
            "HubSpot does not know this address",
            "Your setting: the redirect URL of the app in your HubSpot developer account has to be exactly this "
            + "portal's address followed by /hubspot/callback. Add it there and start again." + Nothing,
            reason),
        _ => new(
            "HubSpot refused the connection",
            "HubSpot gave no tokens. Start again; if it stays, look up the code below in HubSpot's help." + Nothing,
            reason),
    };

    public static ConnectProblem MissingScopes(IEnumerable<string> scopes) => new(
        "HubSpot granted less than this mode needs",
        $"Missing: {string.Join(", ", scopes)}. Connect as a super admin of the HubSpot account, "
        + "and check that the app in your developer account asks for these permissions." + Nothing,
        "missing_scopes");

    public static ConnectProblem UnknownToken { get; } = new(
        "HubSpot does not know this token",
        "It may be cut off, or it was deleted or rotated in HubSpot. Copy it there again, whole, and paste it here."
        + Nothing,
        "unknown_token");

    public static ConnectProblem MissingTokenScopes(IEnumerable<string> scopes) => new(
        "This token may do less than this mode needs",
        $"Missing: {string.Join(", ", scopes)}. Add these scopes to the private app or service key in HubSpot, "
        + "then paste the token again; or choose a mode that needs less." + Nothing,
        "missing_scopes");

    public static ConnectProblem ChangedMeanwhile { get; } = new(
        "Something else is connected now",
        "Since you signed in to the other account, somebody connected or switched to another one here. Look at what is "
        + "connected, and start again if you still want to switch." + Nothing,
        "changed_meanwhile");

    public static ConnectProblem OtherPage { get; } = new(
        "This page was about another account",
        "Since this page was opened you signed in to yet another account. Look at the question again." + Nothing,
        "other_page");
}

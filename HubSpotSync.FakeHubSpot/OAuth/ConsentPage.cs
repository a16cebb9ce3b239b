using System.Text;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.FakeHubSpot.Store;
using static HubSpotSync.FakeHubSpot.Control.HtmlPage;

namespace HubSpotSync.FakeHubSpot.OAuth;

internal static class ConsentPage
{
    public static IResult Ask(
        HttpContext http, AuthorizeRequest request, IReadOnlyList<FakeAccount> accounts, FakeAccount chosen)
    {
        var body = new StringBuilder()
            .Append("<h1>Connect HubSpotSync to your account</h1>")
            .Append("<p>This is the stand-in for HubSpot. Nothing here leaves this machine.</p>")
            .Append("<form method=\"post\" action=\"/oauth/authorize\">")
            .Append(Hidden("client_id", request.ClientId))
            .Append(Hidden("redirect_uri", request.RedirectUri))
            .Append(Hidden("scope", string.Join(' ', request.Scopes)))
            .Append(request.State is null ? "" : Hidden("state", request.State))
            .Append(request.Challenge is not { } proof
                ? ""
                : Hidden("code_challenge", proof.Challenge) + Hidden("code_challenge_method", proof.Method))
            .Append(Hidden("form", Guid.NewGuid().ToString()))
            .Append(Choices(accounts, chosen))
            .Append(Wishes(request.Scopes))
            .Append(OptionalWishes(request.OptionalScopes))
            .Append(
                "<p class=\"buttons\"><button class=\"main\" name=\"decision\" value=\"approve\">Connect app</button>")
            .Append("<button name=\"decision\" value=\"deny\">Deny</button></p></form>")
            .ToString();
        return Show(http, "Connect app", body, formAction: $"'self' {request.RedirectOrigin}");
    }

    public static IResult Problem(HttpContext http, string problem) => Show(
        http,
        "Cannot connect",
        $"<h1>The app cannot be connected</h1><p role=\"alert\">{Text(problem)}</p>"
        + "<p>Go back and start again from the app.</p>",
        status: 400);

    private static string Choices(IReadOnlyList<FakeAccount> accounts, FakeAccount chosen)
    {
        var html = new StringBuilder("<fieldset><legend>Choose an account</legend>");
        foreach (var account in accounts)
        {
            var mark = account == chosen ? " checked" : "";
            var contacts = account.Store(ObjectType.Contact).Records.Count;
            html.Append("<label class=\"choice\">")
                .Append("<input type=\"radio\" name=\"account\" ")
                .Append(Invariant($"value=\"{account.PortalId}\" required{mark}>"))
                .Append(Invariant($"<span><strong>{Text(account.Name)}</strong><br>"))
                .Append(Invariant($"Hub ID {account.PortalId}, {contacts:N0} contacts</span></label>"));
        }

        return html.Append("</fieldset>").ToString();
    }

    private static string Wishes(IReadOnlyList<string> scopes)
    {
        var items = scopes.Select(scope => $"<li>{Wish(scope)}</li>");
        return $"<h2>This app will be able to:</h2><ul>{string.Concat(items)}</ul>";
    }

    /// <summary>HubSpot itself leaves out what the account or the person lacks; here a person plays that.</summary>
    private static string OptionalWishes(IReadOnlyList<string> scopes)
    {
        if (scopes.Count == 0)
        {
            return "";
        }

        var items = scopes.Select(
            scope => "<label class=\"choice\"><input type=\"checkbox\" name=\"optional_scope\" "
                + $"value=\"{Text(scope)}\" checked><span>{Wish(scope)}</span></label>");
        return "<fieldset><legend>Optional: untick what this account or you lack</legend>"
            + $"{string.Concat(items)}</fieldset>";
    }

    private static string Wish(string scope) =>
        $"{Text(ScopeCatalog.InWords(scope) ?? scope)} <code>{Text(scope)}</code>";
}

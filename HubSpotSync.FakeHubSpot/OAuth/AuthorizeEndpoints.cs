using System.Globalization;
using HubSpotSync.FakeHubSpot.Store;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.OAuth;

internal static class AuthorizeEndpoints
{
    public static IResult Show(HttpContext http, FakeAccounts accounts, IOptions<FakeOptions> options)
    {
        var request = AuthorizeRequest.Read(name => http.Request.Query[name]);
        if (request.Problem(options.Value) is { } problem)
        {
            return ConsentPage.Problem(http, problem);
        }

        var wanted = http.Request.RouteValues["portalId"] as string;
        var chosen = wanted is null ? accounts.Main : Find(accounts, wanted);
        return chosen is null
            ? ConsentPage.Problem(http, "The account the app asks for does not exist.")
            : ConsentPage.Ask(http, request, accounts.All, chosen);
    }

    public static async Task<IResult> AnswerAsync(
        HttpContext http,
        FakeAccounts accounts,
        Installations installations,
        ConsentAnswers answers,
        IOptions<FakeOptions> options)
    {
        if (!http.Request.HasFormContentType)
        {
            return ConsentPage.Problem(http, "The answer was not a form.");
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);

        // Each ticked optional scope is a field of its own.
        var request = AuthorizeRequest.Read(
            name => form.TryGetValue(name, out var values) ? string.Join(' ', values.AsEnumerable()) : null);
        if (request.Problem(options.Value) is { } problem)
        {
            return ConsentPage.Problem(http, problem);
        }

        var decision = (string?)form["decision"];
        var account = Find(accounts, form["account"]);
        return (decision, account) switch
        {
            ("deny", _) => Results.Redirect(Denied(request)),
            ("approve", not null) =>
                Results.Redirect(answers.Once(form["form"], () => Approved(request, account, installations))),
            ("approve", null) => ConsentPage.Problem(http, "Choose an account first."),
            _ => ConsentPage.Problem(http, "The answer was neither yes nor no."),
        };
    }

    private static string Approved(AuthorizeRequest request, FakeAccount account, Installations installations) =>
        request.Back(("code", installations.NewCode(account.PortalId, request)));

    private static string Denied(AuthorizeRequest request) =>
        request.Back(("error", "access_denied"), ("error_description", "The user denied access to the app"));

    private static FakeAccount? Find(FakeAccounts accounts, string? portalId) =>
        int.TryParse(portalId, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? accounts.Find(id) : null;
}

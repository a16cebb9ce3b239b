using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Connect;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>Where HubSpot sends the person back to.</summary>
internal sealed class CallbackModel(ConnectStates states, HubSpotConnect connect, PublicUrl publicUrl) : PageModel
{
    public const string Path = "/hubspot/callback";

    public ConnectProblem? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        string? code, string? state, string? error, CancellationToken cancellationToken)
    {
        switch (await CompleteAsync(code, state, error, cancellationToken))
        {
            case ConnectAnswer.Refused refused:
                Problem = refused.Problem;
                return Page();
            case ConnectAnswer.Asks asks:
                BrowserNonce.OfSwitch.Set(HttpContext, asks.Nonce);
                return Redirect(SwitchModel.Path);
            default:
                TempData["Said"] = "HubSpot is connected.";
                return Redirect("/settings/integrations/hubspot/filter");
        }
    }

    private async Task<ConnectAnswer> CompleteAsync(
        string? code, string? state, string? error, CancellationToken cancellationToken)
    {
        var userId = User.UserId()!.Value; // signed in: the policy asks for it
        var workspaceId = User.WorkspaceId()!.Value; // likewise
        var visitor = new ConnectVisitor(userId, workspaceId, BrowserNonce.OfState.Take(HttpContext));
        if (states.Read(state, visitor, out var begun) is not StateProblem.None and var problem)
        {
            return new ConnectAnswer.Refused(ConnectProblem.Of(problem));
        }

        if (!string.IsNullOrEmpty(error))
        {
            return new ConnectAnswer.Refused(ConnectProblem.OfHubSpot(error));
        }

        return string.IsNullOrEmpty(code) || begun is null
            ? new ConnectAnswer.Refused(ConnectProblem.NoCode)
            : await connect.CompleteAsync(
                new Consent(userId, begun.Mode, code, publicUrl.Of(Request, Path)), cancellationToken);
    }
}

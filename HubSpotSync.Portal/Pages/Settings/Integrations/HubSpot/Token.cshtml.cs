using System.ComponentModel.DataAnnotations;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Connect;
using HubSpotSync.Portal.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>
/// Connects by the token of a private app or a service key: for installations without an app of their own.
/// </summary>
[EnableRateLimiting(RateLimits.Attempts)]
internal sealed class TokenModel(WorkspaceShell shell, TokenConnect connect) : PageModel
{
    [BindProperty]
    public SyncMode Mode { get; set; }

    [BindProperty]
    [Required(ErrorMessage = "Paste the token.")]
    [StringLength(2000, ErrorMessage = "This is longer than any token of HubSpot.")]
    public string Token { get; set; } = "";

    public HubSpotConnection? Connection { get; private set; }

    public ConnectProblem? Problem { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        Mode = Connection?.Mode ?? SyncMode.TwoWay;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var token = Token?.Trim() ?? "";
        if (!ModelState.IsValid || !Enum.IsDefined(Mode))
        {
            return Page();
        }

        // What can't stand in a header is no token, and would not reach HubSpot.
        if (!token.All(letter => letter is > ' ' and < (char)127))
        {
            Problem = ConnectProblem.UnknownToken;
            return Page();
        }

        var userId = User.UserId()!.Value; // signed in: the policy asks for it
        return Answer(await connect.CompleteAsync(new PastedToken(userId, Mode, token), cancellationToken));
    }

    private IActionResult Answer(ConnectAnswer answer)
    {
        switch (answer)
        {
            case ConnectAnswer.Asks asks:
                BrowserNonce.OfSwitch.Set(HttpContext, asks.Nonce);
                return Redirect(SwitchModel.Path);
            case ConnectAnswer.Connected connected:
                TempData["Said"] = $"{connected.Account} is connected.";
                return Redirect(Connection?.FirstRunDoneAt is null
                    ? "/settings/integrations/hubspot/filter"
                    : "/settings/integrations/hubspot");
            default:
                Problem = (answer as ConnectAnswer.Refused)?.Problem;
                return Page();
        }
    }
}

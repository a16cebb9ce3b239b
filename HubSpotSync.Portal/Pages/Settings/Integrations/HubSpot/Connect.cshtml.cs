using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Connect;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

internal sealed class ConnectModel(
    WorkspaceShell shell,
    ConnectStates states,
    HubSpotOAuth oauth,
    PublicUrl publicUrl,
    IOptions<HubSpotOptions> hubSpot)
    : PageModel
{
    [BindProperty]
    public SyncMode Mode { get; set; }

    public HubSpotConnection? Connection { get; private set; }

    public bool HasApp => hubSpot.Value.HasApp;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        Mode = Connection?.Mode ?? SyncMode.TwoWay;
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!HasApp || !ModelState.IsValid || !Enum.IsDefined(Mode))
        {
            await OnGetAsync(cancellationToken);
            return Page();
        }

        var state = await shell.RequireAsync(cancellationToken);
        var userId = User.UserId()!.Value; // signed in: the policy asks for it
        var (text, nonce) = states.Create(userId, state.Workspace.Id, Mode);
        BrowserNonce.OfState.Set(HttpContext, nonce);
        var url = oauth.AuthorizeUrl(Mode, text, publicUrl.Of(Request, CallbackModel.Path));
        return Redirect(url.AbsoluteUri);
    }
}

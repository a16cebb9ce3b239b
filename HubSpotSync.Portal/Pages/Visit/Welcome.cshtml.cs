using HubSpotSync.Portal.Setup;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Visit;

/// <summary>Says how to begin, as long as nobody has.</summary>
internal sealed class WelcomeModel(OwnerPresence owner) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken) =>
        await owner.IsThereAsync(cancellationToken) ? Redirect("/") : Page();
}

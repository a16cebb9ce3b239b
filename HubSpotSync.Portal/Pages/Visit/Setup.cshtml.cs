using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Setup;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages.Visit;

[EnableRateLimiting(RateLimits.Attempts)]
internal sealed class SetupModel(
    OwnerPresence owner, OwnerAccount account, SetupCode setupCode, SignInManager<User> signIn) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty]
    public SetupInput Input { get; set; } = new();

    public bool IsDone { get; private set; }

    public bool CodeMatches { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        await LookAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        if (IsDone || !CodeMatches || !ModelState.IsValid)
        {
            return Page();
        }

        var (created, problem) = await account.CreateAsync(
            new CreateOwner(
                Input.Name.Trim(), Input.Email.Trim(), Input.Password,
                Input.WorkspaceName.Trim(), Input.TimeZone, Input.Currency),
            cancellationToken);
        if (created is null)
        {
            IsDone = problem is null;
            foreach (var error in problem?.Errors ?? [])
            {
                ModelState.AddModelError("", error.Description);
            }

            return Page();
        }

        await signIn.SignInAsync(created, isPersistent: true);
        return Redirect("/");
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        IsDone = await owner.IsThereAsync(cancellationToken);
        CodeMatches = setupCode.Matches(Code);
    }
}

using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages.Visit;

/// <summary>For demos and tests; does not exist unless the installation allows such links.</summary>
[EnableRateLimiting(RateLimits.Attempts)]
internal sealed class SignInLinkModel(
    IConfiguration configuration,
    SignInLinks links,
    WorkspaceLookup lookup,
    CrmDbContext db,
    UserManager<User> users,
    SignInManager<User> signIn,
    TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    public bool IsValid { get; private set; }

    private bool IsAllowed => configuration.GetValue("SignIn:AllowLinks", false);

    public IActionResult OnGet()
    {
        IsValid = Code is not null && links.Read(Code) is not null;
        return IsAllowed ? Page() : NotFound();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!IsAllowed)
        {
            return NotFound();
        }

        if (User.Identity?.IsAuthenticated == true)
        {
            return Redirect("/");
        }

        if (Code is null
            || links.Read(Code) is not { } userId
            || await lookup.FindByUserAsync(userId, cancellationToken) is not { } workspaceId)
        {
            return Page();
        }

        db.EnterWorkspace(workspaceId, "sign-in");
        var user = await users.FindByIdAsync(userId.ToString());
        if (user is null || await users.IsLockedOutAsync(user))
        {
            return Page();
        }

        await signIn.SignInAsync(user, isPersistent: false);
        user.LastSignedInAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        return Redirect("/");
    }
}

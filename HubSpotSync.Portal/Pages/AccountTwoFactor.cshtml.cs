using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages;

/// <summary>Each sets up their own second factor, and takes it off again with their password.</summary>
[EnableRateLimiting(RateLimits.Attempts)]
internal sealed class AccountTwoFactorModel(
    CrmDbContext db, UserManager<User> users, SignInManager<User> signIn, TwoFactor twoFactor, OwnPassword password)
    : PageModel
{
    public User Who { get; private set; } = null!; // set by every handler; the session has a user

    public AuthenticatorKey? Key { get; private set; }

    public int CodesLeft { get; private set; }

    /// <summary>Shown in the answer that made them, and never again.</summary>
    public IReadOnlyList<string>? Codes { get; private set; }

    public IHtmlContent Drawing => QrDrawing.Of(Key?.Link ?? "", "QR code for your authenticator app");

    public string Heading => Codes is not null || Who.TwoFactorEnabled
        ? "Two-factor is on"
        : Key is null ? "Two-factor is off" : "Two-factor in two steps";

    public async Task OnGetAsync() => await LoadAsync();

    public async Task<IActionResult> OnPostBeginAsync(CancellationToken cancellationToken)
    {
        await LoadAsync();
        if (!Who.TwoFactorEnabled)
        {
            await twoFactor.BeginAsync(Who, cancellationToken);
        }

        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostOnAsync(string? code, CancellationToken cancellationToken)
    {
        await LoadAsync();
        if (Who.TwoFactorEnabled || Key is null)
        {
            return RedirectToPage();
        }

        Codes = await twoFactor.TurnOnAsync(Who, code ?? "", User.SessionId(), cancellationToken);
        if (Codes is null)
        {
            ModelState.Clear(); // what was typed is not shown again
            ModelState.AddModelError(
                "Code", "This is not the code that the app shows now. Look whether the time of your phone is right.");
            return Page();
        }

        await signIn.RefreshSignInAsync(Who);
        return Page();
    }

    public async Task<IActionResult> OnPostRenewAsync(string? renewPassword, CancellationToken cancellationToken)
    {
        await LoadAsync();
        if (!await AcceptsAsync(renewPassword, nameof(renewPassword)))
        {
            return Page();
        }

        Codes = await twoFactor.RenewCodesAsync(Who);
        await db.SaveChangesAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostOffAsync(
        [FromForm(Name = "Password")] string? given, CancellationToken cancellationToken)
    {
        await LoadAsync();
        if (!await AcceptsAsync(given, "Password"))
        {
            return Page();
        }

        await twoFactor.TurnOffAsync(Who, Who.Id, cancellationToken);
        await signIn.RefreshSignInAsync(Who);
        TempData["Said"] = "Two-factor is off. Signing in asks for your password only.";
        return RedirectToPage("/Account");
    }

    private async Task<bool> AcceptsAsync(string? given, string field)
    {
        if (!Who.TwoFactorEnabled)
        {
            return false;
        }

        var refusal = await password.RefusalAsync(User, given, HttpContext);
        if (refusal is not null)
        {
            ModelState.Clear();
            ModelState.AddModelError(field, refusal);
        }

        return refusal is null;
    }

    private async Task LoadAsync()
    {
        Who = await users.GetUserAsync(User) ?? throw new InvalidOperationException("A session without a user.");
        Key = await twoFactor.PendingAsync(Who);
        CodesLeft = Who.TwoFactorEnabled ? await twoFactor.CountCodesAsync(Who) : 0;
    }
}

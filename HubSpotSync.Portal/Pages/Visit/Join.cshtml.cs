using System.ComponentModel.DataAnnotations;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages.Visit;

internal sealed class JoinInput
{
    [StringLength(100, ErrorMessage = "A name has at most 100 characters.")]
    public string? Name { get; set; }

    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(
        200,
        MinimumLength = SignInRules.PasswordLength,
        ErrorMessage = "A password has at least 12 characters.")]
    public string Password { get; set; } = "";

    [Compare(nameof(Password), ErrorMessage = "The two passwords are not the same.")]
    public string PasswordAgain { get; set; } = "";
}

/// <summary>
/// Where invitations and links for a new password lead. Reading the link, as mail scanners do, uses nothing up.
/// </summary>
[EnableRateLimiting(RateLimits.Attempts)]
internal sealed class JoinModel(LinkVisit visit, SignInManager<User> signIn) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string? Code { get; set; }

    [BindProperty]
    public JoinInput Input { get; set; } = new();

    public GoodLink? Good { get; private set; }

    public string? Problem { get; private set; }

    public bool IsSignedIn => User.Identity?.IsAuthenticated == true;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        await LookAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LookAsync(cancellationToken);
        if (Good is not { } good)
        {
            return Page();
        }

        var name = Input.Name?.Trim() ?? "";
        if (good.User is null && name.Length == 0)
        {
            ModelState.AddModelError("Input.Name", "Say what we may call you.");
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        (var user, Problem) = await visit.UseAsync(good, name, Input.Password, cancellationToken);
        if (user is null)
        {
            return Page();
        }

        // Who has a second factor still shows it.
        if (user.TwoFactorEnabled)
        {
            return RedirectToPage("/Visit/SignIn");
        }

        await signIn.SignInAsync(user, isPersistent: false);
        return Redirect("/");
    }

    private async Task LookAsync(CancellationToken cancellationToken) =>
        Good = IsSignedIn ? null : await visit.FindAsync(Code, cancellationToken);
}

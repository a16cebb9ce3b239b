using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages.Visit;

/// <summary>Asks those who gave the right password a moment ago for the code of their app.</summary>
[EnableRateLimiting(RateLimits.Attempts)]
internal sealed class TwoFactorModel(TwoFactorSignIn codes, AttemptLimiter attempts) : PageModel
{
    [BindProperty]
    public string Code { get; set; } = "";

    [BindProperty(SupportsGet = true)]
    public bool Remember { get; set; }

    [BindProperty(SupportsGet = true)]
    public bool ByRecovery { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    /// <summary>Whether somebody gave their password here, five minutes ago at most.</summary>
    public bool IsAsked { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (User.Identity?.IsAuthenticated == true)
        {
            return GoOn();
        }

        IsAsked = await codes.FindAsync(cancellationToken) is not null;
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (User.Identity?.IsAuthenticated == true)
        {
            return GoOn();
        }

        if (await codes.FindAsync(cancellationToken) is not { } user)
        {
            return Page();
        }

        IsAsked = true;

        if (attempts.WaitOf(HttpContext, $"code:{user.Id}") is { } wait)
        {
            RateLimits.SayWhen(Response, wait);
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var isIn = ByRecovery
            ? await codes.TryRecoveryAsync(user, Code, cancellationToken)
            : await codes.TryAppAsync(user, Code, Remember, cancellationToken);
        if (isIn)
        {
            return GoOn();
        }

        ModelState.AddModelError("Code", ByRecovery
            ? "This is no recovery code of yours, or it was used before."
            : "This is not the code that the app shows now. After five wrong ones an account rests for 15 minutes.");
        return Page();
    }

    private LocalRedirectResult GoOn() => LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
}

using System.ComponentModel.DataAnnotations;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages.Visit;

[EnableRateLimiting(RateLimits.Attempts)]
internal sealed class SignInModel(PasswordSignIn passwords, AttemptLimiter attempts) : PageModel
{
    [BindProperty]
    [Required(ErrorMessage = "Give your e-mail.")]
    public string Email { get; set; } = "";

    [BindProperty]
    [Required(ErrorMessage = "Give your password.")]
    public string Password { get; set; } = "";

    [BindProperty]
    public bool Remember { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? ReturnUrl { get; set; }

    public string? Problem { get; private set; }

    public IActionResult OnGet()
    {
        ModelState.Clear();
        return User.Identity?.IsAuthenticated == true ? GoOn() : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (User.Identity?.IsAuthenticated == true)
        {
            return GoOn();
        }

        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (attempts.WaitOf(HttpContext, Email.Trim().ToUpperInvariant()) is { } wait)
        {
            RateLimits.SayWhen(Response, wait);
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        switch (await passwords.TryAsync(Email.Trim(), Password, Remember, cancellationToken))
        {
            case SignInAnswer.SignedIn:
                return GoOn();
            case SignInAnswer.WantsCode:
                return RedirectToPage("/Visit/TwoFactor", new { ReturnUrl, Remember });
            default:
                break;
        }

        Problem = "E-mail and password do not match. After five wrong tries an account rests for 15 minutes.";
        return Page();
    }

    private LocalRedirectResult GoOn() =>
        LocalRedirect(Url.IsLocalUrl(ReturnUrl) ? ReturnUrl : "/");
}

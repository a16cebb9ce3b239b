using System.ComponentModel.DataAnnotations;
using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages;

internal sealed class PasswordInput
{
    [Required(ErrorMessage = "Give the password you have now.")]
    public string Current { get; set; } = "";

    [Required(ErrorMessage = "Choose a new password.")]
    [StringLength(
        200,
        MinimumLength = SignInRules.PasswordLength,
        ErrorMessage = "A password has at least 12 characters.")]
    public string Password { get; set; } = "";

    [Compare(nameof(Password), ErrorMessage = "The two passwords are not the same.")]
    public string PasswordAgain { get; set; } = "";
}

[EnableRateLimiting(RateLimits.Attempts)]
internal sealed class AccountModel(
    CrmDbContext db,
    UserManager<User> users,
    SignInManager<User> signIn,
    AttemptLimiter attempts,
    Sessions sessions,
    AuditLog audit) : PageModel
{
    [BindProperty]
    public PasswordInput Input { get; set; } = new();

    public User Who { get; private set; } = null!; // set by every handler; the session has a user

    public IReadOnlyList<UserSession> Sessions { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        await LoadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostEndSessionAsync(Guid session, CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (!await sessions.EndAsync(Who.Id, Who.Id, session, cancellationToken))
        {
            return NotFound();
        }

        TempData["Said"] = "That session is over.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostEndSessionsAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        await sessions.EndOthersAsync(Who.Id, Who.Id, User.SessionId(), cancellationToken);
        TempData["Said"] = "You are signed in here only.";
        return RedirectToPage();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        if (!ModelState.IsValid)
        {
            return Page();
        }

        if (attempts.WaitOf(HttpContext, $"password:{Who.Id}") is { } wait)
        {
            RateLimits.SayWhen(Response, wait);
            return StatusCode(StatusCodes.Status429TooManyRequests);
        }

        var result = await users.ChangePasswordAsync(Who, Input.Current, Input.Password);
        if (!result.Succeeded)
        {
            foreach (var error in result.Errors)
            {
                var isCurrent = error.Code == nameof(IdentityErrorDescriber.PasswordMismatch);
                ModelState.AddModelError(
                    isCurrent ? "Input.Current" : "",
                    isCurrent ? "This is not your current password." : error.Description);
            }

            return Page();
        }

        audit.Add(Who.Id, "user.password_changed", Who.Id.ToString());
        await db.SaveChangesAsync(cancellationToken);
        await sessions.EndAllAsync(Who.Id, User.SessionId(), cancellationToken);
        await signIn.RefreshSignInAsync(Who);
        TempData["Said"] = "Your password is changed.";
        return RedirectToPage();
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        Who = await users.GetUserAsync(User) ?? throw new InvalidOperationException("A session without a user.");
        Sessions = await sessions.ReadAsync(Who.Id, cancellationToken);
    }
}

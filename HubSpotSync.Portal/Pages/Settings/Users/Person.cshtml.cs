using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;

namespace HubSpotSync.Portal.Pages.Settings.Users;

/// <summary>One user, as those see it who may change it.</summary>
[EnableRateLimiting(RateLimits.Attempts)]
internal sealed class PersonModel(
    UserAccounts accounts,
    UserLinks links,
    Sessions sessions,
    TwoFactor twoFactor,
    OwnPassword password,
    PublicUrl url,
    TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    public User Who { get; private set; } = null!; // set by every handler that draws the page

    /// <summary>Where they are signed in; <c>null</c> where that is nothing to the reader.</summary>
    public IReadOnlyList<UserSession>? Sessions { get; private set; }

    public string? Problem { get; private set; }

    public NewLink? NewLink { get; private set; }

    /// <summary>The part of the page whose question was not answered well.</summary>
    public string? Asks { get; private set; }

    public bool IsInactive => UserAccounts.IsInactive(Who, clock.GetUtcNow());

    public bool MayChange => UserAccounts.MayChange(User, Who);

    public IEnumerable<WorkspaceRole> Roles => Enum
        .GetValues<WorkspaceRole>()
        .Where(role => role < WorkspaceRole.Owner || User.IsAtLeast(WorkspaceRole.Owner));

    private bool SeesSessions => User.IsAtLeast(WorkspaceRole.Owner) || Who.Id == User.UserId();

    public Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return WithAsync(_ => Task.FromResult<IActionResult>(Page()), cancellationToken);
    }

    public Task<IActionResult> OnPostRoleAsync(WorkspaceRole? role, CancellationToken cancellationToken) =>
        ChangeAsync(
            who => accounts.ChangeRoleAsync(User, who, role, cancellationToken),
            "The role is changed; it counts at once.",
            cancellationToken);

    public Task<IActionResult> OnPostDeactivateAsync(CancellationToken cancellationToken) => ChangeAsync(
        who => accounts.SetActiveAsync(User, who, false, cancellationToken),
        "Deactivated: every session ended, and signing in is no longer possible.",
        cancellationToken);

    public Task<IActionResult> OnPostActivateAsync(CancellationToken cancellationToken) => ChangeAsync(
        who => accounts.SetActiveAsync(User, who, true, cancellationToken),
        "Activated with the password it had.",
        cancellationToken);

    public Task<IActionResult> OnPostRemoveAsync(CancellationToken cancellationToken) => WithAsync(
        async who =>
        {
            Problem = await accounts.RemoveAsync(User, who, cancellationToken);
            if (Problem is not null)
            {
                return Page();
            }

            TempData["Said"] = $"{who.DisplayName} is removed and signed out everywhere.";
            return RedirectToPage("/Settings/Users/Index");
        },
        cancellationToken);

    public Task<IActionResult> OnPostPasswordAsync(CancellationToken cancellationToken) => WithAsync(
        async who =>
        {
            if (!MayChange || IsInactive)
            {
                return Forbid();
            }

            var code = await links.NewPasswordAsync(User, who, cancellationToken);
            NewLink = new NewLink(
                $"Send this link to {who.DisplayName}", url.Of(Request, $"/join?code={code}"),
                "It is shown once, now. Whoever opens it chooses the new password; after that, or after a day, it is "
                + "worth nothing.");
            return Page();
        },
        cancellationToken);

    public Task<IActionResult> OnPostTwoFactorOffAsync(string? password, CancellationToken cancellationToken) =>
        WithAsync(who => TurnOffAsync(who, password, cancellationToken), cancellationToken);

    public Task<IActionResult> OnPostEndSessionAsync(Guid session, CancellationToken cancellationToken) => WithAsync(
        async who =>
        {
            if (!SeesSessions)
            {
                return Forbid();
            }

            if (!await sessions.EndAsync(User.UserId(), who.Id, session, cancellationToken))
            {
                return NotFound();
            }

            TempData["Said"] = "That session is over.";
            return RedirectToPage();
        },
        cancellationToken);

    public Task<IActionResult> OnPostEndSessionsAsync(CancellationToken cancellationToken) => WithAsync(
        async who =>
        {
            if (!SeesSessions)
            {
                return Forbid();
            }

            await sessions.EndOthersAsync(User.UserId(), who.Id, User.SessionId(), cancellationToken);
            TempData["Said"] = $"{who.DisplayName} is signed out.";
            return RedirectToPage();
        },
        cancellationToken);

    private async Task<IActionResult> TurnOffAsync(User who, string? given, CancellationToken cancellationToken)
    {
        if (!MayChange)
        {
            return Forbid();
        }

        if (await password.RefusalAsync(User, given, HttpContext) is { } refusal)
        {
            ModelState.AddModelError("Password", refusal);
            Asks = "TwoFactorOff";
            return Page();
        }

        await twoFactor.TurnOffAsync(who, User.UserId(), cancellationToken);
        TempData["Said"] = $"Two-factor is off. {who.DisplayName} signs in by password.";
        return RedirectToPage();
    }

    private Task<IActionResult> ChangeAsync(
        Func<User, Task<string?>> change, string said, CancellationToken cancellationToken) => WithAsync(
        async who =>
        {
            Problem = await change(who);
            ModelState.Clear();
            if (Problem is not null)
            {
                return Page();
            }

            TempData["Said"] = said;
            return RedirectToPage();
        },
        cancellationToken);

    // Somebody of another workspace is not there.
    private async Task<IActionResult> WithAsync(
        Func<User, Task<IActionResult>> act, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(Id, cancellationToken) is not { } who)
        {
            return NotFound();
        }

        Who = who;
        var answer = await act(who);
        if (answer is PageResult && SeesSessions)
        {
            Sessions = await sessions.ReadAsync(who.Id, cancellationToken);
        }

        return answer;
    }
}

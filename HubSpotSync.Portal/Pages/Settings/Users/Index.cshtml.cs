using System.ComponentModel.DataAnnotations;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Users;

internal sealed class NewUserInput
{
    [Required(ErrorMessage = "Give a name.")]
    [StringLength(100, ErrorMessage = "A name has at most 100 characters.")]
    public string Name { get; set; } = "";

    [Required(ErrorMessage = "Give an e-mail.")]
    [EmailAddress(ErrorMessage = "This is not a valid e-mail address.")]
    [StringLength(200, ErrorMessage = "An e-mail has at most 200 characters here.")]
    public string Email { get; set; } = "";

    public WorkspaceRole Role { get; set; } = WorkspaceRole.Member;
}

internal sealed class UsersModel(UserAccounts accounts, TimeProvider clock) : PageModel
{
    [BindProperty]
    public NewUserInput Input { get; set; } = new();

    public IReadOnlyList<User> Users { get; private set; } = [];

    public string? Problem { get; private set; }

    public string? NewPassword { get; private set; }

    public string? NewPasswordFor { get; private set; }

    /// <summary>Only an owner makes owners.</summary>
    public IEnumerable<WorkspaceRole> Roles => Enum
        .GetValues<WorkspaceRole>()
        .Where(role => role < WorkspaceRole.Owner || User.IsAtLeast(WorkspaceRole.Owner));

    public bool IsInactive(User user) => UserAccounts.IsInactive(user, clock.GetUtcNow());

    public bool MayChange(User user) => user.Role < WorkspaceRole.Owner || User.IsAtLeast(WorkspaceRole.Owner);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        Users = await accounts.ReadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
        {
            (NewPassword, Problem) = await accounts.AddAsync(
                User, Input.Name.Trim(), Input.Email.Trim(), Input.Role, cancellationToken);
            NewPasswordFor = NewPassword is null ? null : Input.Name.Trim();
        }

        if (NewPassword is not null)
        {
            Input = new NewUserInput();
            ModelState.Clear();
        }

        Users = await accounts.ReadAsync(cancellationToken);
        return Page();
    }

    public Task<IActionResult> OnPostRoleAsync(Guid id, WorkspaceRole? role, CancellationToken cancellationToken) =>
        AfterAsync(
            accounts.ChangeRoleAsync(User, id, role, cancellationToken),
            "The role is changed; it counts at once.",
            cancellationToken);

    public Task<IActionResult> OnPostDeactivateAsync(Guid id, CancellationToken cancellationToken) =>
        AfterAsync(
            accounts.SetActiveAsync(User, id, false, cancellationToken),
            "Deactivated: every session ended, and signing in is no longer possible.",
            cancellationToken);

    public Task<IActionResult> OnPostActivateAsync(Guid id, CancellationToken cancellationToken) =>
        AfterAsync(
            accounts.SetActiveAsync(User, id, true, cancellationToken),
            "Activated with the password it had.",
            cancellationToken);

    private async Task<IActionResult> AfterAsync(Task<string?> change, string said, CancellationToken cancellationToken)
    {
        Problem = await change;
        if (Problem is null)
        {
            TempData["Said"] = said;
            return RedirectToPage();
        }

        ModelState.Clear();
        Users = await accounts.ReadAsync(cancellationToken);
        return Page();
    }
}

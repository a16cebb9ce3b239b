using System.ComponentModel.DataAnnotations;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Billing.Mail;
using HubSpotSync.Portal.Loops;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Pages.Settings.Users;

internal sealed class InvitationInput
{
    [Required(ErrorMessage = "Give an e-mail.")]
    [EmailAddress(ErrorMessage = "This is not a valid e-mail address.")]
    [StringLength(200, ErrorMessage = "An e-mail has at most 200 characters here.")]
    public string Email { get; set; } = "";

    public WorkspaceRole Role { get; set; } = WorkspaceRole.Member;
}

internal sealed class UsersModel(
    UserAccounts accounts,
    UserLinks links,
    IOptions<MailOptions> mail,
    LoopSignal<MailLoop> outbox,
    PublicUrl url,
    TimeProvider clock) : PageModel
{
    [BindProperty]
    public InvitationInput Input { get; set; } = new();

    public IReadOnlyList<UserRow> Users { get; private set; } = [];

    public IReadOnlyList<OpenInvitation> Invitations { get; private set; } = [];

    /// <summary>Invitations leave by e-mail as well.</summary>
    public bool HasMail => mail.Value.IsSet;

    public string? Problem { get; private set; }

    public NewLink? NewLink { get; private set; }

    /// <summary>Only an owner makes owners.</summary>
    public IEnumerable<WorkspaceRole> Roles => Enum
        .GetValues<WorkspaceRole>()
        .Where(role => role < WorkspaceRole.Owner || User.IsAtLeast(WorkspaceRole.Owner));

    public bool IsInactive(User user) => UserAccounts.IsInactive(user, clock.GetUtcNow());

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        await ReadAsync(cancellationToken);
    }

    public async Task<IActionResult> OnPostInviteAsync(CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
        {
            var email = Input.Email.Trim();
            (var invited, Problem) = await links.InviteAsync(
                User, (email, Input.Role), code => url.Of(Request, $"/join?code={code}"), cancellationToken);
            if (invited is not null)
            {
                outbox.Ring();
                NewLink = new NewLink(
                    invited.IsMailed
                        ? $"An e-mail with this link is on its way to {email}"
                        : $"Send this link to {email}",
                    invited.Link,
                    (invited.IsMailed ? "The list below says when it has left. " : "")
                    + "The link is shown once, now. Whoever opens it chooses a name and a password, and is in; after "
                    + "that, or after seven days, it is worth nothing.");
                Input = new InvitationInput();
                ModelState.Clear();
            }
        }

        await ReadAsync(cancellationToken);
        return Page();
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid id, CancellationToken cancellationToken)
    {
        if (!await links.RevokeAsync(User, id, cancellationToken))
        {
            return NotFound();
        }

        TempData["Said"] = "The invitation is taken back; its link no longer works.";
        return RedirectToPage();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        Users = await accounts.ReadAsync(cancellationToken);
        Invitations = await links.ReadInvitationsAsync(cancellationToken);
    }
}

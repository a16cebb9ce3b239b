using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Bulk;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Customers;

/// <summary>How work on many customers gets on, and what it came to.</summary>
internal sealed class JobModel(CrmDbContext db, BulkRequests requests) : PageModel
{
    public BulkJob Job { get; private set; } = null!; // set by the handler, or 404

    public string Back => CustomerQuery.Parse(Job.Choice.Query).Href();

    public bool MayUndo => !Job.IsActive && Job.Changed > 0 && BulkRequests.Opposite(Job.Kind) is not null;

    public string Heading => Job switch
    {
        { State: BulkState.Failed } => "This stopped before its end",
        { IsActive: true } => $"{Doing}…",
        _ => $"{Numbers.Of(Job.Changed, "customer")} {Done}",
    };

    public string Result => Job switch
    {
        { State: BulkState.Failed } =>
            $"It was tried several times and did not get on: {Job.LastError}. What was done until then stays. "
                + "Try again.",
        _ when Job.Processed > Job.Changed + Job.Skipped.Values.Sum() =>
            $"{Numbers.Of(Job.Processed, "customer")} looked at; "
            + $"{Numbers.Count(Job.Processed - Job.Changed - Job.Skipped.Values.Sum())} were so already.",
        _ => $"{Numbers.Of(Job.Processed, "customer")} looked at.",
    };

    private string Doing => Job.Kind switch
    {
        BulkKind.Tag => "Tagging",
        BulkKind.Untag => "Taking the tag off",
        BulkKind.Archive => "Archiving",
        BulkKind.Restore => "Restoring",
        _ => "Changing the owner",
    };

    private string Done => Job.Kind switch
    {
        BulkKind.Tag => "tagged",
        BulkKind.Untag => "freed of the tag",
        BulkKind.Archive => "archived",
        BulkKind.Restore => "restored",
        _ => "given to the owner",
    };

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var job = await db.BulkJobs.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == id && row.Kind != BulkKind.Import, cancellationToken);
        if (job is null)
        {
            return NotFound();
        }

        Job = job;
        return Page();
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid id, CancellationToken cancellationToken)
    {
        var by = User.UserId() ?? throw new InvalidOperationException("A session without a user.");
        return await requests.UndoAsync(id, by, cancellationToken) is { } undo
            ? Redirect($"/customers/bulk/{undo}")
            : NotFound();
    }
}

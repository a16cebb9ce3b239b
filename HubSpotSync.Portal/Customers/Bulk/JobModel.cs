using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Bulk;

/// <summary>How work on many records gets on, and what it came to.</summary>
internal abstract class JobModel(CrmDbContext db, BulkRequests requests) : PageModel
{
    public BulkJob Job { get; private set; } = null!; // set by the handler, or 404

    public abstract RecordKind Of { get; }

    public string ListName => Of == RecordKind.Contact ? "Customers" : "Companies";

    public string Back => RecordLists.HrefOf(Of, Job.Choice.Query);

    public string Address => $"{RecordNames.ListOf(Of)}/bulk/{Job.Id}";

    public bool MayUndo => !Job.IsActive && Job.Changed > 0 && BulkRequests.Opposite(Job.Kind) is not null;

    public string Heading => Job switch
    {
        { State: BulkState.Failed } => "This stopped before its end",
        { IsActive: true } => $"{Doing}…",
        _ => $"{Count(Job.Changed)} {Done}",
    };

    public string Result => Job switch
    {
        { State: BulkState.Failed } =>
            $"It was tried several times and did not get on: {Job.LastError}. What was done until then stays. "
                + "Try again.",
        _ when Job.Processed > Job.Changed + Job.Skipped.Values.Sum() =>
            $"{Count(Job.Processed)} looked at; "
            + $"{Numbers.Count(Job.Processed - Job.Changed - Job.Skipped.Values.Sum())} were so already.",
        _ => $"{Count(Job.Processed)} looked at.",
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

    public string Count(int number) => RecordNames.Count(Of, number);

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var job = await db.BulkJobs.AsNoTracking().FirstOrDefaultAsync(
            row => row.Id == id && row.RecordKind == Of && row.Kind != BulkKind.Import, cancellationToken);
        if (job is null)
        {
            return NotFound();
        }

        Job = job;
        return Page();
    }

    public async Task<IActionResult> OnPostUndoAsync(Guid id, CancellationToken cancellationToken) =>
        await requests.UndoAsync(Of, id, cancellationToken) is { } undo
            ? Redirect($"{RecordNames.ListOf(Of)}/bulk/{undo}")
            : NotFound();
}

internal sealed class CustomerJobModel(CrmDbContext db, BulkRequests requests) : JobModel(db, requests)
{
    public override RecordKind Of => RecordKind.Contact;
}

internal sealed class CompanyJobModel(CrmDbContext db, BulkRequests requests) : JobModel(db, requests)
{
    public override RecordKind Of => RecordKind.Company;
}

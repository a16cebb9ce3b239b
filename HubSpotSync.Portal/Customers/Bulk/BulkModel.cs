using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Jobs;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Customers.Bulk;

/// <summary>What stands above a list: views of it, and what can be done with many.</summary>
/// <param name="Query">What the list shows: the part of its address after the question mark.</param>
internal sealed record ListTools(RecordKind Kind, string Query, int Total, bool IsArchived)
{
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    public IReadOnlyList<Owner> Owners { get; init; } = [];

    public IReadOnlyList<SavedView> Views { get; init; } = [];

    /// <summary>Of work that is asked for next, so that asking twice does it once.</summary>
    public Guid NewJob { get; } = Guid.NewGuid();

    public string List => RecordNames.ListOf(Kind);
}

/// <summary>Takes a list's form of what is to be done with many.</summary>
internal abstract class BulkModel(BulkRequests requests) : PageModel
{
    [BindProperty]
    public Guid JobId { get; set; }

    [BindProperty]
    public BulkKind Kind { get; set; }

    [BindProperty]
    public List<Guid> Ids { get; set; } = [];

    [BindProperty]
    public bool IsAll { get; set; }

    [BindProperty]
    public string? Query { get; set; }

    [BindProperty]
    public string? Tag { get; set; }

    [BindProperty]
    public string? Owner { get; set; }

    protected abstract RecordKind Of { get; }

    public IActionResult OnGet() => Redirect(RecordNames.ListOf(Of));

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(Kind) || Kind == BulkKind.Import || JobId == Guid.Empty)
        {
            return BadRequest();
        }

        var target = Kind == BulkKind.Owner ? Owner : Tag;
        var wish = new BulkWish(JobId, Kind, IsAll ? null : [.. Ids.Distinct()], Query ?? "", target) { Of = Of };
        if (await requests.AskAsync(wish, cancellationToken) is not { } refusal)
        {
            return Redirect($"{RecordNames.ListOf(Of)}/bulk/{JobId}");
        }

        TempData["Refused"] = refusal;
        return Redirect(RecordLists.HrefOf(Of, Query));
    }
}

internal sealed class CustomerBulkModel(BulkRequests requests) : BulkModel(requests)
{
    protected override RecordKind Of => RecordKind.Contact;
}

internal sealed class CompanyBulkModel(BulkRequests requests) : BulkModel(requests)
{
    protected override RecordKind Of => RecordKind.Company;
}

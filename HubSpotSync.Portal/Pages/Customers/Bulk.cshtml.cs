using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Bulk;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Customers;

/// <summary>Takes the list's form of what is to be done with many.</summary>
internal sealed class BulkModel(BulkRequests requests) : PageModel
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

    public IActionResult OnGet() => Redirect(CustomerQuery.Path);

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!Enum.IsDefined(Kind) || Kind == BulkKind.Import || JobId == Guid.Empty)
        {
            return BadRequest();
        }

        var by = User.UserId() ?? throw new InvalidOperationException("A session without a user.");
        var wish = new BulkWish(
            JobId, Kind, IsAll ? null : [.. Ids.Distinct()], Query ?? "", Kind == BulkKind.Owner ? Owner : Tag);
        if (await requests.AskAsync(wish, by, cancellationToken) is not { } refusal)
        {
            return Redirect($"/customers/bulk/{JobId}");
        }

        TempData["Refused"] = refusal;
        return Redirect(CustomerQuery.Parse(Query).Href());
    }
}

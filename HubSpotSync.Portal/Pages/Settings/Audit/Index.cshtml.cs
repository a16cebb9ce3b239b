using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Audit;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Audit;

internal sealed class AuditModel(AuditPages pages) : PageModel
{
    public AuditQuery Query { get; private set; } = new();

    public AuditPage Found { get; private set; } = new([], null, null);

    public IReadOnlyList<User> People { get; private set; } = [];

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Query = AuditQuery.Of(Request.Query);
        Found = await pages.ReadAsync(Query, cancellationToken);
        People = await pages.PeopleAsync(cancellationToken);
    }
}

using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

internal sealed class HistoryModel(SyncFacts facts) : PageModel
{
    public IReadOnlyList<RunRow> Runs { get; private set; } = [];

    public Paging Paging { get; private set; } = new(1, 50, 0);

    public async Task OnGetAsync([FromQuery(Name = "page")] int pageNumber, CancellationToken cancellationToken)
    {
        Paging = new Paging(pageNumber, 50, await facts.CountRunsAsync(cancellationToken));
        Runs = await facts.ReadRunsAsync(Paging.Skip, Paging.Size, cancellationToken);
    }
}

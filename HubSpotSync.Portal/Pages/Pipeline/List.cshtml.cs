using HubSpotSync.Portal.Pipelines;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Pipeline;

internal sealed class DealListModel(PipelineScene scene, DealQueries deals) : PageModel
{
    private const int PageSize = 50;

    public Scene Scene { get; private set; } = null!; // set by the one handler

    public IReadOnlyDictionary<DealFilter, int> Counts { get; private set; } = new Dictionary<DealFilter, int>();

    public Paging Paging { get; private set; } = new(1, PageSize, 0);

    public IReadOnlyList<DealCard> Cards { get; private set; } = [];

    public string Heading => PipelineWords.Heading(Scene.ToInvoice);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Scene = await scene.ReadAsync(DealQuery.Of(Request.Query), cancellationToken);
        var (query, map, today) = (Scene.Query, Scene.Map, Scene.Today);
        Counts = await deals.CountAsync(query, map, today, cancellationToken);
        Paging = new Paging(query.Page, PageSize, Counts[query.Filter]);
        var page = deals.Matching(query, map, today)
            .OrderByDescending(deal => deal.CloseDate != null).ThenByDescending(deal => deal.CloseDate)
            .ThenBy(deal => deal.Id)
            .Skip(Paging.Skip).Take(Paging.Size);
        Cards = await deals.Cards(page, map).ToListAsync(cancellationToken);
    }
}

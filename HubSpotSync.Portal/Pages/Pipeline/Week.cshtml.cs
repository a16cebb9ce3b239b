using HubSpotSync.Portal.Pipelines;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Pipeline;

internal sealed class WeekModel(PipelineScene scene, WeekReview review, TimeProvider clock) : PageModel
{
    public Scene Scene { get; private set; } = null!; // set by the one handler

    public Week Week { get; private set; } = null!; // set by the one handler

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var query = DealQuery.Of(Request.Query) with { Stage = null, Filter = DealFilter.All, Page = 1 };
        Scene = await scene.ReadAsync(query, cancellationToken);
        Week = await review.ReadAsync(query, Scene.Map, clock.GetUtcNow(), cancellationToken);
    }
}

using HubSpotSync.Portal.Pipelines;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Pipeline;

internal sealed class BoardModel(PipelineScene scene, PipelineBoard board) : PageModel
{
    public Scene Scene { get; private set; } = null!; // set by the one handler

    /// <summary><c>null</c>: HubSpot has told of no pipeline yet.</summary>
    public Board? Board { get; private set; }

    public string Heading => PipelineWords.Heading(Scene.ToInvoice);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Scene = await scene.ReadAsync(DealQuery.Of(Request.Query), cancellationToken);
        if ((Scene.Map.Find(Scene.Query.Pipeline) ?? Scene.Map.First) is { } pipeline)
        {
            Scene = Scene with { Query = Scene.Query with { Pipeline = pipeline.Id, Stage = null, Page = 1 } };
            Board = await board.ReadAsync(
                Scene.Query, Scene.Map, Scene.DealCurrency, Scene.Today, cancellationToken);
        }
    }
}

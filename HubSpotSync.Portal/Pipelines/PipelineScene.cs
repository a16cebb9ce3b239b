using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Shell;

namespace HubSpotSync.Portal.Pipelines;

/// <summary>What all three pipeline pages show around their deals.</summary>
/// <param name="Today">When the workspace's day began.</param>
internal sealed record Scene(
    DealQuery Query,
    PipelineMap Map,
    HubSpotConnection? Connection,
    string Currency,
    DateTimeOffset Today,
    int ToInvoice)
{
    /// <summary>Deals that name no currency are in HubSpot's own for the account.</summary>
    public string DealCurrency => Connection?.Currency ?? Currency;
}

internal sealed class PipelineScene(
    PipelineStages stages, DealQueries deals, WorkspaceShell shell, WorkspaceToday today)
{
    public async Task<Scene> ReadAsync(DealQuery query, CancellationToken cancellationToken)
    {
        var map = await stages.ReadAsync(cancellationToken);
        return new Scene(
            query,
            map,
            (await shell.RequireAsync(cancellationToken)).Connection,
            (await today.WorkspaceAsync(cancellationToken)).Currency,
            (await today.BeginAsync(cancellationToken)).ToUniversalTime(),
            await deals.CountToInvoiceAsync(map, cancellationToken));
    }
}

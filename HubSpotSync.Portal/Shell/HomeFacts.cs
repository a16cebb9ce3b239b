using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Duplicates;
using HubSpotSync.Data.OutgoingWebhooks;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Pipelines;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Shell;

/// <summary>What waits for a person, with how much of it, and where it is dealt with.</summary>
internal sealed record Errand(string Icon, int Count, string One, string Many, string Href)
{
    public string What => Count == 1 ? One : Many;
}

/// <summary>A stage of the pipeline with what its deals come to.</summary>
internal sealed record StageSum(Stage Stage, int Deals, string Amount);

/// <summary>What the first page of the day says, beside the sync itself.</summary>
internal sealed record HomeDay(
    IReadOnlyList<Errand> Errands,
    Pipeline? Pipeline,
    IReadOnlyList<StageSum> Stages,
    IReadOnlyList<OpenSum> Invoices,
    int OpenInvoices,
    int OverdueInvoices);

internal sealed class HomeFacts(
    CrmDbContext db,
    PipelineScene scene,
    PipelineBoard board,
    InvoiceList invoices,
    WorkspaceToday today,
    DuplicateQueue duplicates)
{
    private const string HubSpot = "/settings/integrations/hubspot";

    public async Task<HomeDay> ReadAsync(SyncCounts counts, CancellationToken cancellationToken)
    {
        var deals = await scene.ReadAsync(new DealQuery(), cancellationToken);
        var (papers, sums) = await invoices.SummarizeAsync(
            await today.ReadAsync(cancellationToken), cancellationToken);
        var pipeline = deals.Map.First;
        return new HomeDay(
            await ErrandsAsync(counts, deals.ToInvoice, papers[InvoiceFilter.Overdue], cancellationToken),
            pipeline,
            pipeline is null ? [] : await StagesAsync(deals, pipeline, cancellationToken),
            sums,
            papers[InvoiceFilter.Open],
            papers[InvoiceFilter.Overdue]);
    }

    private async Task<IReadOnlyList<Errand>> ErrandsAsync(
        SyncCounts counts, int toInvoice, int overdue, CancellationToken cancellationToken)
    {
        var toReview = (await db.Database
            .SqlQuery<int>($"""select count(*)::int as "Value" from import_candidates""")
            .ToListAsync(cancellationToken))[0];
        var silent = await db.OutgoingWebhooks.CountAsync(
            webhook => webhook.State == OutgoingWebhookState.Failed, cancellationToken);
        var pairs = (await duplicates.CountAsync(cancellationToken)).Open;
        Errand[] all =
        [
            new("alert-triangle", counts.Failing, "record needs you to go on", "records need you to go on",
                $"{HubSpot}/outcomes?state=Failing"),
            new("users", toReview, "contact to review before it comes", "contacts to review before they come",
                $"{HubSpot}/review"),
            new("git-merge", pairs, "pair of customers who may be one", "pairs of customers who may be one",
                $"{HubSpot}/duplicates"),
            new("file-invoice", toInvoice, "won deal to invoice", "won deals to invoice",
                $"{DealQuery.List}?show=toinvoice"),
            new("cash", overdue, "invoice overdue", "invoices overdue", "/invoices?state=overdue"),
            new("send", silent, "webhook is switched off; an admin sees why",
                "webhooks are switched off; an admin sees why", "/settings/webhooks"),
        ];
        return [.. all.Where(errand => errand.Count > 0)];
    }

    private async Task<IReadOnlyList<StageSum>> StagesAsync(
        Scene deals, Pipeline pipeline, CancellationToken cancellationToken)
    {
        var sums = await board.SumAsync(
            new DealQuery { Pipeline = pipeline.Id }, deals.Map, deals.DealCurrency, deals.Today, cancellationToken);
        return
        [
            .. from stage in deals.Map.Stages[pipeline.Id]
               where !stage.IsClosed
               let here = sums.Where(sum => sum.StageId == stage.Id).ToList()
               select new StageSum(
                   stage,
                   here.Sum(sum => sum.Deals),
                   PipelineWords.Sum(here.Select(sum => (sum.Amount, sum.Currency)))),
        ];
    }
}

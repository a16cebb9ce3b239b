using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Forms;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Invoices;

/// <summary>Makes and changes drafts for programs, by the same form that people fill.</summary>
internal sealed class InvoiceDesk(
    CrmDbContext db, Prefill prefill, Buyers buyers, PaperDrafts drafts, WorkspaceToday today)
{
    private static readonly (int First, int Last) Years = (1900, 2999);

    public Task<Invoice?> FindAsync(Guid id, CancellationToken cancellationToken) => db.Invoices.AsNoTracking()
        .Include(row => row.Lines).FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    public async Task<IResult> CreateAsync(
        NewInvoiceInput input, HttpContext http, CancellationToken cancellationToken)
    {
        if (await UnknownAsync(input.CustomerId, input.DealId, cancellationToken) is { } unknown)
        {
            return unknown;
        }

        var paper = await prefill.InvoiceAsync(
            new PaperSource(input.DealId, null, null, null), cancellationToken);
        if (paper is null)
        {
            return ApiProblem.Invalid("dealId", "There is no such deal.");
        }

        paper.ConfirmDuplicate = input.ConfirmDuplicate;
        var (values, problem) = await FillAsync(paper, input, cancellationToken);
        if (values is null)
        {
            return problem!; // one of the two is there
        }

        var saved = await drafts.CreateInvoiceAsync(paper, values, null, cancellationToken);
        if (saved != DraftSaved.Done)
        {
            var other = await drafts.OtherInvoiceAsync(paper, cancellationToken);
            return ApiProblem.Conflict(
                "deal_has_invoice",
                "This deal has an invoice already. Send confirmDuplicate: true to bill it once more.",
                ("otherId", other?.Id));
        }

        http.Response.Headers.Location = $"/api/invoices/{paper.Id}";
        return await ShowAsync(paper.Id, http, isNew: true, cancellationToken);
    }

    public async Task<IResult> UpdateAsync(
        Guid id, InvoiceInput input, HttpContext http, CancellationToken cancellationToken)
    {
        var (seen, problem) = http.ReadIfMatch();
        var invoice = await db.Invoices.Include(row => row.Lines)
            .FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (problem is not null || invoice is null)
        {
            return problem ?? ApiProblem.NotFound();
        }

        if (await UnknownAsync(input.CustomerId, null, cancellationToken) is { } unknown)
        {
            return unknown;
        }

        var theirs = PaperInput.Of(invoice);
        var paper = PaperInput.Of(invoice);
        var (values, invalid) = await FillAsync(paper, input, cancellationToken);
        if (values is null)
        {
            return invalid!; // one of the two is there
        }

        paper.Version = seen!.Number ?? invoice.Version; // there without a problem
        return await drafts.SaveAsync(invoice, paper, values, null, cancellationToken) switch
        {
            DraftSaved.Done => await ShowAsync(id, http, isNew: false, cancellationToken),
            DraftSaved.NoDraft => ApiProblem.Conflict(
                "already_sent", "This invoice was sent and stays as it was sent. Make another one instead."),
            _ => await ClashAsync(id, paper, theirs, http, cancellationToken),
        };
    }

    public async Task<IResult> ShowAsync(
        Guid id, HttpContext http, bool isNew, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } invoice)
        {
            return ApiProblem.NotFound();
        }

        http.SayVersion(invoice.Version);
        var view = InvoiceView.Of(invoice);
        return isNew ? TypedResults.Created((string?)null, view) : TypedResults.Ok(view);
    }

    private async Task<IResult> ClashAsync(
        Guid id, PaperInput mine, PaperInput before, HttpContext http, CancellationToken cancellationToken)
    {
        var current = await FindAsync(id, cancellationToken);
        if (current is null)
        {
            return ApiProblem.NotFound();
        }

        http.SayVersion(current.Version);
        var conflicts = InvoiceNames.Between(mine, PaperInput.Of(current));
        return RowVersions.ChangedMeanwhile(
            conflicts.Count > 0 ? conflicts : InvoiceNames.Between(mine, before), InvoiceView.Of(current));
    }

    private async Task<(PaperValues? Values, IResult? Problem)> FillAsync(
        PaperInput paper, InvoiceInput input, CancellationToken cancellationToken)
    {
        if (new[] { input.IssuedOn, input.DueOn }.Any(day => day?.Year < Years.First || day?.Year > Years.Last))
        {
            var field = input.IssuedOn?.Year is { } year && (year < Years.First || year > Years.Last)
                ? "issuedOn"
                : "dueOn";
            return (null, ApiProblem.Invalid(field, $"A year is from {Years.First} to {Years.Last}."));
        }

        if (input.CustomerId is { } customer)
        {
            await buyers.TakeAsync(paper, customer, cancellationToken);
        }

        var workspace = await today.WorkspaceAsync(cancellationToken);
        input.ApplyTo(paper, Prefill.TaxRateOf(workspace));
        if (input.IssuedOn is { } issued && input.DueOn is null)
        {
            paper.Until = Words.Dates.Field(issued.AddDays(workspace.PaymentDays));
        }

        var state = new ModelStateDictionary();
        var values = new PaperForm(paper, state, isInvoice: true).Read();
        return (values, values is null ? ApiProblem.Invalid(InvoiceNames.Of(state)) : null);
    }

    private async Task<IResult?> UnknownAsync(Guid? customer, Guid? deal, CancellationToken cancellationToken) =>
        customer is not null && !await db.Customers.AnyAsync(row => row.Id == customer, cancellationToken)
            ? ApiProblem.Invalid("customerId", "There is no such customer.")
            : deal is not null && !await db.Deals.AnyAsync(row => row.Id == deal, cancellationToken)
                ? ApiProblem.Invalid("dealId", "There is no such deal.")
                : null;
}

using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.History;
using HubSpotSync.Portal.Customers.Merging;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Companies;

internal sealed record CompanyCustomer(Guid Id, string Name, string? Email, string? JobTitle);

internal sealed class CompanyModel(
    CrmDbContext db, WorkspaceShell shell, RecordFacts facts, SyncCards cards, Timeline timeline, MergeDesk merges,
    TagBook tags) : PageModel
{
    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public DateTimeOffset? ArchivedAt { get; private set; }

    public IReadOnlyList<FieldFact> Fields { get; private set; } = [];

    public IReadOnlyList<CompanyCustomer> Customers { get; private set; } = [];

    public IReadOnlyList<DealRow> Deals { get; private set; } = [];

    public TagStrip Tags { get; private set; } = null!; // set by the handler, or 404

    public TimelinePage History { get; private set; } = null!; // set by the handler, or 404

    public SyncCard Sync { get; private set; } = null!; // set by the handler, or 404

    public MergeLine? Merged { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        Guid id, long? before, Guid? merged, bool itself, CancellationToken cancellationToken)
    {
        var company = await db.Companies
            .AsNoTracking()
            .FirstOrDefaultAsync(company => company.Id == id, cancellationToken);
        if (company is null)
        {
            return NotFound();
        }

        Merged = await merges.LineOfAsync(company, merged, cancellationToken);
        if (Merged?.LeadsTo(itself) is { } survivor)
        {
            return Redirect(survivor);
        }

        var connection = (await shell.RequireAsync(cancellationToken)).Connection;
        (Id, Name, ArchivedAt) = (id, RecordNames.Of(company), company.ArchivedAt);
        var owner = await facts.OwnerAsync(connection?.Id, company.HubspotOwnerId, cancellationToken);
        Fields =
        [
            .. FieldFacts.Of(company, StandardFields.Companies, connection)
                .Select(fact => fact.Name == StandardFields.Owner ? fact with { Value = owner } : fact),
        ];
        var people = await db.Customers.AsNoTracking()
            .Where(customer => customer.CompanyId == id && customer.ArchivedAt == null)
            .OrderBy(customer => customer.SortName).ThenBy(customer => customer.Id)
            .Take(100)
            .Select(customer => new
            {
                customer.Id,
                customer.FirstName,
                customer.LastName,
                customer.Email,
                customer.JobTitle,
            })
            .ToListAsync(cancellationToken);
        Customers =
        [
            .. people.Select(person => new CompanyCustomer(
                person.Id,
                CustomerNames.Of(person.FirstName, person.LastName, person.Email, null),
                person.Email,
                person.JobTitle)),
        ];
        Deals = await facts.DealsAsync(
            db.Deals.Where(deal => deal.CompanyId == id).Select(deal => deal.Id), connection, cancellationToken);
        Tags = new TagStrip(
            RecordKind.Company, id, await tags.OfAsync(RecordKind.Company, id, cancellationToken),
            await tags.AllAsync(cancellationToken), ArchivedAt is not null);
        Sync = await CardAsync(id, cancellationToken);
        History = await timeline.ReadAsync(
            company, StandardFields.Companies, Dates.ReadTicks(before), cancellationToken);
        return Page();
    }

    /// <summary>The card beside it, for who waits for a look.</summary>
    public async Task<IActionResult> OnGetSyncAsync(Guid id, int looks, CancellationToken cancellationToken) =>
        await db.Companies.AnyAsync(company => company.Id == id, cancellationToken)
            ? Partial("_SyncCard", await CardAsync(id, cancellationToken) with { Looks = looks })
            : NotFound();

    private async Task<SyncCard> CardAsync(Guid id, CancellationToken cancellationToken)
    {
        var connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var card = await cards.ReadAsync(id, RecordKind.Company, connection, cancellationToken);
        return card with { Address = $"/companies/{id}" };
    }
}

using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Companies;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.History;
using HubSpotSync.Portal.Customers.Merging;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Customers.Writing;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Customers;

internal sealed class CustomerModel(
    CrmDbContext db, WorkspaceShell shell, RecordFacts facts, SyncCards cards, Timeline timeline, TagBook tags,
    MergeDesk merges, RuleBook book, CompanyChoices companies) : PageModel
{
    public Customer Customer { get; private set; } = null!; // set by the handler, or 404

    public HubSpotConnection? Connection { get; private set; }

    public IReadOnlyList<FieldFact> Fields { get; private set; } = [];

    public IReadOnlyList<DealRow> Deals { get; private set; } = [];

    public TagStrip Tags { get; private set; } = null!; // likewise

    public TimelinePage History { get; private set; } = null!; // likewise

    public SyncCard Sync { get; private set; } = null!; // likewise

    /// <summary>Why the company can't be chosen here; <c>null</c>: it can.</summary>
    public string? CompanyLock { get; private set; }

    public CompanyPick Pick { get; private set; } = null!; // likewise

    public string Name => CustomerNames.Of(Customer.FirstName, Customer.LastName, Customer.Email, Customer.CompanyName);

    public string? HubSpotHref => Sync.Href;

    public MergeLine? Merged { get; private set; }

    public async Task<IActionResult> OnGetAsync(
        Guid id, long? before, Guid? merged, bool itself, CancellationToken cancellationToken)
    {
        var customer = await db.Customers.AsNoTracking()
            .Include(customer => customer.Company)
            .FirstOrDefaultAsync(customer => customer.Id == id, cancellationToken);
        if (customer is null)
        {
            return NotFound();
        }

        Merged = await merges.LineOfAsync(customer, merged, cancellationToken);
        if (Merged?.LeadsTo(itself) is { } survivor)
        {
            return Redirect(survivor);
        }

        Customer = customer;
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var map = Connection is null
            ? StandardFields.Contacts
            : Connection.Policy.MapOf(RecordKind.Contact);
        var owner = await facts.OwnerAsync(Connection?.Id, customer.HubspotOwnerId, cancellationToken);
        Fields = [.. FieldFacts.Of(customer, map, Connection).Select(fact => Readable(fact, owner))];
        Deals = await facts.DealsAsync(
            db.DealCustomers.Where(row => row.CustomerId == id).Select(row => row.DealId),
            Connection,
            cancellationToken);
        await ReadCompanyAsync(cancellationToken);
        Tags = await TagsAsync(customer, cancellationToken);
        History = await timeline.ReadAsync(customer, map, Dates.ReadTicks(before), cancellationToken);
        var card = await cards.ReadAsync(id, RecordKind.Contact, Connection, cancellationToken);
        Sync = card with { Address = $"/customers/{id}" };
        return Page();
    }

    /// <summary>The card beside it, for who waits for HubSpot.</summary>
    public async Task<IActionResult> OnGetSyncAsync(Guid id, int looks, CancellationToken cancellationToken)
    {
        if (!await db.Customers.AnyAsync(customer => customer.Id == id, cancellationToken))
        {
            return NotFound();
        }

        var connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var card = await cards.ReadAsync(id, RecordKind.Contact, connection, cancellationToken);
        return Partial("_SyncCard", card with { Address = $"/customers/{id}", Looks = looks });
    }

    private async Task<TagStrip> TagsAsync(Customer customer, CancellationToken cancellationToken) => new(
        RecordKind.Contact, customer.Id, await tags.OfAsync(RecordKind.Contact, customer.Id, cancellationToken),
        await tags.AllAsync(cancellationToken), customer.ArchivedAt is not null)
    {
        First = customer.LifecycleStage is { } stage
            ? (StageWords.Label(stage, Connection), $"/customers?stage={Uri.EscapeDataString(stage)}")
            : null,
    };

    private async Task ReadCompanyAsync(CancellationToken cancellationToken)
    {
        var rules = await book.ReadAsync(RecordKind.Contact, cancellationToken);
        var linked = await book.LinkedAsync(rules, [Customer.Id], cancellationToken);
        CompanyLock = rules.LocksCompany(Customer, linked.Count > 0)
            ? EditCheck.LockedWords(rules.LabelOf(Customer.CompanyField), isLinked: true)
            : null;
        var current = Customer.CompanyId?.ToString();
        Pick = await companies.PickAsync(
            $"/customers/{Customer.Id}/edit", current, current, find: null, cancellationToken);
    }

    private FieldFact Readable(FieldFact fact, string? owner) => fact switch
    {
        { Name: StandardFields.Owner } => fact with { Value = owner },
        { Name: StandardFields.LifecycleStage, Value: { } stage } =>
            fact with { Value = StageWords.Label(stage, Connection) },
        _ => fact,
    };
}

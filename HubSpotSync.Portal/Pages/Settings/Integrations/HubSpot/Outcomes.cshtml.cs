using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

internal sealed record OutcomeRow(RecordOutcome Outcome, string Name, string? Href, string? HubSpotHref, string Why);

internal sealed class OutcomesModel(CrmDbContext db, WorkspaceShell shell) : PageModel
{
    public OutcomeState State { get; private set; }

    public Paging Paging { get; private set; } = new(1, 50, 0);

    public IReadOnlyList<OutcomeRow> Rows { get; private set; } = [];

    public async Task OnGetAsync(
        string? state, [FromQuery(Name = "page")] int pageNumber, CancellationToken cancellationToken)
    {
        State = string.Equals(state, nameof(OutcomeState.Failing), StringComparison.OrdinalIgnoreCase)
            ? OutcomeState.Failing
            : OutcomeState.Excluded;
        if ((await shell.RequireAsync(cancellationToken)).Connection is not { } connection)
        {
            return;
        }

        var outcomes = db.Outcomes.AsNoTracking()
            .Where(outcome => outcome.ConnectionId == connection.Id && outcome.State == State);
        Paging = new Paging(pageNumber, 50, await outcomes.CountAsync(cancellationToken));
        var page = await outcomes
            .OrderBy(outcome => outcome.Kind).ThenBy(outcome => outcome.RecordKey)
            .Skip(Paging.Skip).Take(Paging.Size)
            .ToListAsync(cancellationToken);
        var names = await ReadNamesAsync(page, cancellationToken);
        Rows = [.. page.Select(outcome => RowOf(outcome, names, connection))];
    }

    private async Task<Dictionary<Guid, string>> ReadNamesAsync(
        List<RecordOutcome> page, CancellationToken cancellationToken)
    {
        var ids = page.Select(outcome => outcome.LocalId).OfType<Guid>().ToList();
        var names = await db.Customers.Where(customer => ids.Contains(customer.Id))
            .Select(customer => new
            {
                customer.Id,
                customer.FirstName,
                customer.LastName,
                customer.Email,
                customer.CompanyName,
            })
            .ToDictionaryAsync(
                customer => customer.Id,
                customer => CustomerNames.Of(
                    customer.FirstName,
                    customer.LastName,
                    customer.Email,
                    customer.CompanyName),
                cancellationToken);
        foreach (var company in await db.Companies.Where(company => ids.Contains(company.Id))
            .Select(company => new { company.Id, company.Name, company.Domain })
            .ToListAsync(cancellationToken))
        {
            names[company.Id] = company.Name ?? company.Domain ?? "No name";
        }

        return names;
    }

    private static OutcomeRow RowOf(RecordOutcome outcome, Dictionary<Guid, string> names, HubSpotConnection connection)
    {
        var name = outcome.LocalId is { } local ? names.GetValueOrDefault(local) : null;
        var href = name is null ? null : outcome.Kind switch
        {
            RecordKind.Contact => $"/customers/{outcome.LocalId}",
            RecordKind.Company => $"/companies/{outcome.LocalId}",
            _ => null,
        };
        var hubSpot = outcome.HubspotId is { } id ? HubSpotLinks.Record(connection, outcome.Kind, id) : null;
        var kind = outcome.Kind.ToString().ToLowerInvariant();
        return new OutcomeRow(
            outcome,
            name ?? $"HubSpot {kind} {outcome.HubspotId}",
            href,
            hubSpot,
            ReasonWords.Say(outcome.Reason, outcome.Detail, connection));
    }
}

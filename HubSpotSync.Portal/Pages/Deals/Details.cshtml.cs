using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Pipelines;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Deals;

internal sealed record DealPerson(Guid Id, string Name, string? Email);

/// <summary>What the sync did with a deal at a moment.</summary>
internal sealed record DealMove(DateTimeOffset At, string Title, string Cause, IReadOnlyList<ChangeLine> Lines);

internal sealed class DealModel(CrmDbContext db, PipelineScene scene, DealQueries deals, SyncCards cards) : PageModel
{
    private const int MostMoves = 50;

    public Scene Scene { get; private set; } = null!; // set by the handler, or 404

    public DealCard Deal { get; private set; } = null!; // likewise

    public DateTimeOffset? ArchivedAt { get; private set; }

    public IReadOnlyList<DealPerson> People { get; private set; } = [];

    public IReadOnlyList<DealMove> Moves { get; private set; } = [];

    public SyncCard Sync { get; private set; } = null!; // set by the handler, or 404

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        Scene = await scene.ReadAsync(new DealQuery(), cancellationToken);
        var one = db.Deals.AsNoTracking().Where(deal => deal.Id == id);
        if (await deals.Cards(one, Scene.Map).FirstOrDefaultAsync(cancellationToken) is not { } found)
        {
            return NotFound();
        }

        Deal = found;
        ArchivedAt = await one.Select(deal => deal.ArchivedAt).SingleAsync(cancellationToken);
        var people = await db.DealCustomers
            .Where(row => row.DealId == id)
            .Join(db.Customers, row => row.CustomerId, customer => customer.Id, (_, customer) => customer)
            .OrderBy(customer => customer.SortName).ThenBy(customer => customer.Id)
            .Take(100)
            .Select(customer => new { customer.Id, customer.FirstName, customer.LastName, customer.Email })
            .ToListAsync(cancellationToken);
        People =
        [
            .. people.Select(person => new DealPerson(
                person.Id, CustomerNames.Of(person.FirstName, person.LastName, person.Email, null), person.Email)),
        ];
        var changes = await db.Changes.AsNoTracking()
            .Where(change => change.Kind == RecordKind.Deal && change.LocalId == id)
            .OrderByDescending(change => change.At).ThenByDescending(change => change.Id)
            .Take(MostMoves)
            .ToListAsync(cancellationToken);
        var words = new ValueWords(Scene.Map, Scene.Connection) { Pipeline = Deal.PipelineId };
        Moves =
        [
            .. changes.Select(change => new DealMove(
                change.At,
                ChangeWords.Action(change),
                ChangeWords.Cause(change.Cause),
                ChangeLine.Of(change, StandardFields.Deals, words))),
        ];
        Sync = await cards.ReadAsync(id, RecordKind.Deal, Scene.Connection, cancellationToken);
        return Page();
    }
}

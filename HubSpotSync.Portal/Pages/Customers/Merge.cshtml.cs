using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Writing;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Customers;

internal sealed record MergeRow(
    string Name, string Label, string? Mine, string? Theirs, bool IsLocked, bool TakesTheirs);

/// <summary>Makes two customers one: which one stays, and whose values.</summary>
internal sealed class MergeModel(CrmDbContext db, CustomerList customers, RuleBook book, CustomerMerge merge)
    : PageModel
{
    [BindProperty]
    public Dictionary<string, string?> Pick { get; set; } = [];

    public Customer Mine { get; private set; } = null!; // set by the handlers, or 404

    public Customer? Other { get; private set; }

    public string MyName => NameOf(Mine);

    public string OtherName => Other is null ? "" : NameOf(Other);

    public string Heading => Other is null ? $"Merge {MyName}" : $"Merge {OtherName} into {MyName}";

    public string? Search { get; private set; }

    public IReadOnlyList<CustomerRow> Choices { get; private set; } = [];

    public IReadOnlyList<MergeRow> Rows { get; private set; } = [];

    public int Equal { get; private set; }

    public bool AreBothInHubSpot { get; private set; }

    public async Task<IActionResult> OnGetAsync(Guid id, Guid? with, string? q, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, with, cancellationToken))
        {
            return NotFound();
        }

        var query = CustomerQuery.Of([new("q", q)]);
        Search = query.Search;
        if (Other is null && Search is not null)
        {
            Choices = [.. (await customers.ReadAsync(query, cancellationToken)).Rows
                .Where(row => row.Id != id).Take(10)];
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid with, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, with, cancellationToken) || Other is null)
        {
            return NotFound();
        }

        var fromOther = Rows
            .Where(row => !row.IsLocked && Pick.GetValueOrDefault(row.Name) == "theirs")
            .Select(row => row.Name)
            .ToHashSet(StringComparer.Ordinal);
        db.ChangeTracker.Clear();
        switch (await merge.MergeAsync(id, with, fromOther, cancellationToken))
        {
            case MergeAnswer.NotFound:
                return NotFound();
            case MergeAnswer.AlreadyDone:
                TempData["Refused"] = "One of the two was archived or merged meanwhile. Nothing was changed.";
                break;
            default:
                TempData["Said"] = "The two are one now.";
                break;
        }

        return Redirect($"/customers/{id}");
    }

    private async Task<bool> LoadAsync(Guid id, Guid? with, CancellationToken cancellationToken)
    {
        var both = await db.Customers.AsNoTracking()
            .Where(row => row.Id == id || row.Id == with)
            .ToListAsync(cancellationToken);
        if (both.Find(row => row.Id == id) is not { } mine || (with is not null && both.Count < 2))
        {
            return false;
        }

        (Mine, Other) = (mine, both.Find(row => row.Id == with && row.Id != id));
        if (Other is not null)
        {
            var rules = await book.ReadAsync(RecordKind.Contact, cancellationToken);
            var linked = await book.LinkedAsync(rules, [id, Other.Id], cancellationToken);
            AreBothInHubSpot = linked.Count == 2;
            var fields = rules.Map.Fields.Where(field => mine.ValueOf(field.Name) != Other.ValueOf(field.Name));
            Rows =
            [
                .. fields.Select(field => (field, IsLocked: rules.Locks(field, linked.ContainsKey(id))))
                    .Select(row => new MergeRow(
                        row.field.Name, rules.LabelOf(row.field.Name), Shown(mine, row.field.Name, rules),
                        Shown(Other, row.field.Name, rules), row.IsLocked,
                        !row.IsLocked && mine.ValueOf(row.field.Name) is null)),
            ];
            Equal = rules.Map.Fields.Length - Rows.Count;
        }

        return true;
    }

    private static string? Shown(Customer customer, string field, RecordRules rules) =>
        customer.ValueOf(field) is { } value && field == StandardFields.LifecycleStage
            ? StageWords.Label(value, rules.Connection)
            : customer.ValueOf(field);

    private static string NameOf(Customer row) =>
        CustomerNames.Of(row.FirstName, row.LastName, row.Email, row.CompanyName);
}

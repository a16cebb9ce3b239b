using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Companies;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Customers.Merging;

/// <summary>A record that may be the same one.</summary>
internal sealed record MergeChoice(Guid Id, string Name, string Detail);

/// <summary>Makes two records one: which one stays, and whose values.</summary>
internal abstract class MergeModel(MergeDesk desk) : PageModel
{
    private const int MostChoices = 10;

    [BindProperty]
    public Dictionary<string, string?> Pick { get; set; } = [];

    public CrmRecord Mine { get; private set; } = null!; // set by the handlers, or 404

    public MergePair? Pair { get; private set; }

    public string MyName => RecordNames.Of(Mine);

    public string OtherName => Pair is null ? "" : RecordNames.Of(Pair.Other);

    public string Heading => Pair is null ? $"Merge {MyName}" : $"Merge {OtherName} into {MyName}";

    public string? Search { get; private set; }

    public IReadOnlyList<MergeChoice> Choices { get; private set; } = [];

    public string List => RecordNames.ListOf(Kind);

    public string Address => RecordNames.HrefOf(Kind, Mine.Id);

    public abstract RecordKind Kind { get; }

    public abstract MergeWords Words { get; }

    public async Task<IActionResult> OnGetAsync(Guid id, Guid? with, string? q, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, with, cancellationToken))
        {
            return NotFound();
        }

        Search = q?.Trim() is { Length: > 0 } wanted ? wanted : null;
        if (Pair is null && Search is not null)
        {
            Choices = [.. (await ChoicesAsync(Search, cancellationToken)).Where(row => row.Id != id).Take(MostChoices)];
        }

        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id, Guid with, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(id, with, cancellationToken) || Pair is null)
        {
            return NotFound();
        }

        var fromOther = Pair.FromOther(row => Pick.GetValueOrDefault(row.Name) == "theirs");
        switch (await desk.MergeAsync(Kind, Pair, fromOther, cancellationToken))
        {
            case MergeAnswer.NotFound:
                return NotFound();
            case MergeAnswer.Archived:
                TempData["Refused"] = "One of the two was archived or merged meanwhile. Nothing was changed.";
                break;
            case MergeAnswer.ValueTaken:
                TempData["Refused"] = Words.ValueTaken;
                return Redirect($"{Address}/merge?with={with}");
            default:
                TempData["Said"] = "The two are one now.";
                break;
        }

        return Redirect(Address);
    }

    protected abstract Task<IEnumerable<MergeChoice>> ChoicesAsync(string search, CancellationToken cancellationToken);

    private async Task<bool> LoadAsync(Guid id, Guid? with, CancellationToken cancellationToken)
    {
        if (await desk.FindAsync(Kind, id, cancellationToken) is not { } mine)
        {
            return false;
        }

        Mine = mine;
        if (with is not { } otherId || otherId == id)
        {
            return true;
        }

        if (await desk.FindAsync(Kind, otherId, cancellationToken) is not { } other)
        {
            return false;
        }

        Pair = await desk.CompareAsync(Kind, mine, other, cancellationToken);
        return true;
    }
}

/// <summary>How a page of a kind speaks.</summary>
/// <param name="Together">What of both comes together.</param>
/// <param name="InHubSpot">What it is called there.</param>
internal sealed record MergeWords(
    string Question, string Hint, string Nobody, string Together, string InHubSpot, string ValueTaken);

internal sealed class MergeCustomerModel(MergeDesk desk, CustomerList customers) : MergeModel(desk)
{
    public override RecordKind Kind => RecordKind.Contact;

    public override MergeWords Words { get; } = new(
        "Who is the same person?", "Name, e-mail, company or phone", "Nobody else matches. Two letters are the least.",
        "Deals, invoices, notes and tags", "contact",
        "A third customer has this e-mail already. Take the other one, or merge with that customer first.");

    protected override async Task<IEnumerable<MergeChoice>> ChoicesAsync(
        string search, CancellationToken cancellationToken)
    {
        var query = CustomerQuery.Of([new("q", search)]);
        return query.Search is null
            ? []
            : (await customers.ReadAsync(query, cancellationToken)).Rows
                .Select(row => new MergeChoice(row.Id, row.Name, $"{row.Email} {row.Company}"));
    }
}

internal sealed class MergeCompanyModel(MergeDesk desk, CompanyList companies) : MergeModel(desk)
{
    public override RecordKind Kind => RecordKind.Company;

    public override MergeWords Words { get; } = new(
        "Which company is the same one?", "Name or domain begins with", "No other company begins so.",
        "Customers, deals, invoices, notes and tags", "company",
        "A third company is called so already. Take the other name, or merge with that company first.");

    protected override async Task<IEnumerable<MergeChoice>> ChoicesAsync(
        string search, CancellationToken cancellationToken) =>
        (await companies.ReadAsync(new CompanyQuery(search), cancellationToken)).Rows
            .Select(row => new MergeChoice(row.Id, row.Name ?? row.Domain ?? "No name", $"{row.Domain} {row.City}"));
}

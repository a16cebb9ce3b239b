using System.Text.Json;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using HubSpotSync.Portal.Customers.Writing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Companies;

/// <summary>A company that a customer may belong to.</summary>
internal sealed record CompanyChoice(Guid Id, string Name, string? Domain);

/// <summary>Where a customer's company is chosen: the one that is, and those that were found.</summary>
/// <param name="Find">What was looked for.</param>
internal sealed record CompanyPick(
    CompanyChoice? Chosen, string? Was, string? Find, IReadOnlyList<CompanyChoice> Choices)
{
    public const int Longest = 100;

    /// <summary>The page that takes the choice.</summary>
    public required string Address { get; init; }

    public string? Problem { get; init; }

    /// <summary>All that is offered: the one that is, whatever was looked for, comes first.</summary>
    public IEnumerable<CompanyChoice> Offered =>
        Chosen is null ? Choices : Choices.Where(choice => choice.Id != Chosen.Id).Prepend(Chosen);
}

/// <summary>Finds companies to choose from, and says what a choice comes to.</summary>
internal sealed class CompanyChoices(CrmDbContext db, CompanyList companies)
{
    private const int MostChoices = 8;

    public async Task<IReadOnlyList<CompanyChoice>> FindAsync(string? text, CancellationToken cancellationToken)
    {
        if (text?.Trim() is not { Length: > 0 and <= CompanyPick.Longest } wanted)
        {
            return [];
        }

        var found = await CompanyList.Ordered(companies.Matching(new CompanyQuery(wanted)), cursor: null)
            .Take(MostChoices)
            .Select(row => new { row.Id, row.Name, row.Domain })
            .ToListAsync(cancellationToken);
        return [.. found.Select(row => Choice(row.Id, row.Name, row.Domain))];
    }

    /// <param name="id">As a form holds it.</param>
    public async Task<CompanyChoice?> ReadAsync(string? id, CancellationToken cancellationToken)
    {
        var company = Guid.TryParse(id, out var wanted)
            ? await db.Companies.AsNoTracking()
                .Where(row => row.Id == wanted)
                .Select(row => new { row.Id, row.Name, row.Domain })
                .FirstOrDefaultAsync(cancellationToken)
            : null;
        return company is null ? null : Choice(company.Id, company.Name, company.Domain);
    }

    public async Task<CompanyPick> PickAsync(
        string address, string? chosen, string? was, string? find, CancellationToken cancellationToken) => new(
        await ReadAsync(chosen, cancellationToken), was, find, await FindAsync(find, cancellationToken))
    {
        Address = address,
    };

    /// <returns>Why the company of an edit can't be chosen; <c>null</c>: it can, or there is none in it.</returns>
    public async Task<WriteAnswer.Refused?> AnswerAsync(
        IReadOnlyDictionary<string, FieldEdit> changes, CancellationToken cancellationToken)
    {
        if (!changes.TryGetValue(Customer.CompanyField, out var edit) || edit.Mine is null)
        {
            return null;
        }

        var isThere = Guid.TryParse(edit.Mine, out var id)
            && await db.Companies.AnyAsync(row => row.Id == id && row.ArchivedAt == null, cancellationToken);
        return isThere
            ? null
            : WriteAnswer.No("This company is archived or not there. Choose another one.", Customer.CompanyField);
    }

    /// <summary>What an edit changed, as its activity keeps it: a company by its name, as it is called now.</summary>
    public async Task<string> FieldsOfAsync(
        IReadOnlyDictionary<string, FieldEdit> changes, CancellationToken cancellationToken)
    {
        var fields = changes.ToDictionary(
            change => change.Key, change => new[] { change.Value.Theirs, change.Value.Mine });
        if (fields.TryGetValue(Customer.CompanyField, out var ids))
        {
            fields[Customer.CompanyField] =
            [
                (await ReadAsync(ids[0], cancellationToken))?.Name, (await ReadAsync(ids[1], cancellationToken))?.Name,
            ];
        }

        return JsonSerializer.Serialize(fields);
    }

    private static CompanyChoice Choice(Guid id, string? name, string? domain) =>
        new(id, name ?? domain ?? "No name", name is null ? null : domain);
}

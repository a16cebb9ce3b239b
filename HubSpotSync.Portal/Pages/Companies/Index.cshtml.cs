using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Companies;

internal sealed record CompanyRow(Guid Id, string? Name, string? Domain, string? City, string? Country);

internal sealed class CompaniesModel(CrmDbContext db, CustomerList links, WorkspaceShell shell) : PageModel
{
    public string? Search { get; private set; }

    public HubSpotConnection? Connection { get; private set; }

    public Paging Paging { get; private set; } = new(1, 50, 0);

    public IReadOnlyList<CompanyRow> Rows { get; private set; } = [];

    public IReadOnlyDictionary<Guid, long> Links { get; private set; } = new Dictionary<Guid, long>();

    public async Task OnGetAsync(
        string? q,
        [FromQuery(Name = "page")] int pageNumber,
        CancellationToken cancellationToken)
    {
        Search = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var companies = db.Companies.AsNoTracking().Where(company => company.ArchivedAt == null);
        if (Search is not null)
        {
            var begins = Search.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_") + "%";
            companies = companies.Where(company =>
                EF.Functions.ILike(company.Name!, begins, @"\") // null is no match
                || EF.Functions.ILike(company.Domain!, begins, @"\")); // likewise
        }

        Paging = new Paging(pageNumber, 50, await companies.CountAsync(cancellationToken));
        Rows = await companies
            .OrderBy(company => company.SortName).ThenBy(company => company.Id)
            .Skip(Paging.Skip).Take(Paging.Size)
            .Select(company => new CompanyRow(company.Id, company.Name, company.Domain, company.City, company.Country))
            .ToListAsync(cancellationToken);
        Links = await links.ReadLinksAsync(
            Connection?.Id, RecordKind.Company, [.. Rows.Select(row => row.Id)], cancellationToken);
    }
}

using HubSpotSync.Data;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Companies;
using HubSpotSync.Portal.Customers.Csv;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Companies;

/// <summary>All that the list finds, as a file.</summary>
internal sealed class ExportModel(CrmDbContext db, RecordExport export, AuditLog audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        audit.Add(User.UserId(), "companies.exported");
        await db.SaveChangesAsync(cancellationToken);
        Response.IsCsvFile("companies.csv");
        await export.CompaniesAsync(CompanyQuery.Of(Request.Query).First(), Response.Body, cancellationToken);
        return new EmptyResult();
    }
}

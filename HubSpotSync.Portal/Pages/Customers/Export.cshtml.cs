using HubSpotSync.Data;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Customers.Csv;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Customers;

/// <summary>All that the list finds, as a file.</summary>
internal sealed class ExportModel(CrmDbContext db, RecordExport export, AuditLog audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        audit.Add(User.UserId(), "customers.exported");
        await db.SaveChangesAsync(cancellationToken);
        Response.IsCsvFile("customers.csv");
        await export.CustomersAsync(CustomerQuery.Of(Request.Query).First(), Response.Body, cancellationToken);
        return new EmptyResult();
    }
}

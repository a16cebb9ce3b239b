using HubSpotSync.Data;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Invoices;

/// <summary>All that the list of invoices finds, as a file.</summary>
internal sealed class ExportModel(CrmDbContext db, InvoiceExport export, WorkspaceToday today, AuditLog audit)
    : PageModel
{
    public async Task<IActionResult> OnGetAsync(
        string? q, string? state, Guid? customer, CancellationToken cancellationToken)
    {
        audit.Add(User.UserId(), "invoices.exported");
        await db.SaveChangesAsync(cancellationToken);
        Response.IsCsvFile("invoices.csv");
        await export.WriteAsync(
            InvoiceQuery.Of(q, state, customer, 1),
            await today.ReadAsync(cancellationToken),
            Response.Body,
            cancellationToken);
        return new EmptyResult();
    }
}

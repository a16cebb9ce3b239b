using HubSpotSync.Data;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Invoices;

/// <summary>All that the list of payments finds, as a file.</summary>
internal sealed class ExportPaymentsModel(CrmDbContext db, PaymentExport export, AuditLog audit) : PageModel
{
    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        audit.Add(User.UserId(), "payments.exported");
        await db.SaveChangesAsync(cancellationToken);
        Response.IsCsvFile("payments.csv");
        await export.WriteAsync(PaymentQuery.Of(Request.Query), Response.Body, cancellationToken);
        return new EmptyResult();
    }
}
